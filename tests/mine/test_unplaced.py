"""What a reading leaves over: found where a name or a relation could be, and nothing where the rules had their say."""

from __future__ import annotations

import pytest

from kg.unplaced import Leftovers
from tests.reading import reading, resources

#: Text → kind, word, name and how it stands. The words end no name and carry no relation in our lists.
FOUND = {
    "江州茶肆（以下简称“茶肆”）位于江州市。": ("heads", "茶肆", "江州茶肆", "defined"),
    "江州茶肆主任陈云山说。": ("heads", "茶肆", "江州茶肆", "office"),
    "云川大学、临溪茶肆。": ("heads", "茶肆", "临溪茶肆", "list Institution"),
    "江州市建设砚川茶肆。": ("heads", "茶肆", "砚川茶肆", "建设…"),
    "云川大学羡慕江州实验室。": ("verbs", "羡慕", "羡慕", "Institution→Institution"),
    "羡慕《云川省数据条例》。": ("verbs", "羡慕", "羡慕", "→Policy"),
    "云川大学研制江州实验室。": ("frames", "研制", "研制", "Institution→Institution"),
    "云川省印发《江州画册》。": ("quoted", "江州画册", "江州画册", "印发…"),
    "云川大学开展“江州风”的活动。": ("quoted", "江州风", "江州风", "开展…"),
    "“青鸟”上线运行。": ("quoted", "青鸟", "青鸟", "…上线运行"),
    "砚智设立云江产业基金。": ("short", "砚智", "砚智", "…设立"),
}
NOTHING = [
    "江州市的茶肆很多。",  # a description
    "江州市建设茶肆。",  # no name
    "云川大学和砚川茶肆文脉相承。",  # the run goes on
    "江州市设立云江产业基金。",  # all of it is placed
    "云川大学推动江州实验室建设。",  # a verb that the grammar knows
    "云川大学管理江州实验室。",  # a verb that carries a relation
    "江州市羡慕临溪县。",  # two places
    "云川大学羡慕江州实验室，与江州实验室合作。",  # something joins the two
    "江州市弘扬“江州风”。",  # nothing presents it as a name
    "江州市实施“六大任务”。",  # counted
    "江州市推行“一件事的办理”。",  # a phrase
]


@pytest.fixture(scope="module")
def leftovers() -> Leftovers:
    return Leftovers(resources().lexicon)


@pytest.mark.parametrize("text", FOUND)
def test_what_has_no_place(text: str, leftovers: Leftovers) -> None:
    read = reading(text)
    found = list(leftovers.find(read))
    assert [(u.sort.value, u.key, u.name, u.how) for u in found] == [FOUND[text]]
    assert read.document.text[found[0].span.start : found[0].span.end] == found[0].name


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_left_alone(text: str, leftovers: Leftovers) -> None:
    assert list(leftovers.find(reading(text))) == []


def test_offsets_count_in_the_document(leftovers: Leftovers) -> None:
    read = reading("云川省快讯。\n「江州风」見報。江州市今年建设砚川茶肆。")
    (found,) = leftovers.find(read)
    assert read.document.text[found.span.start : found.span.end] == "砚川茶肆"
    assert read.sentences[found.sentence].text == "江州市今年建设砚川茶肆。"
