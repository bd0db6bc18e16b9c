"""Who is charged with a task by the bracket behind it, and who is not."""

from __future__ import annotations

from tests.reading import relations

TASK = "实施“云帆”行动，支持企业创新。建设云川数据平台。"


def test_the_bodies_of_a_bracket_carry_out_what_stands_before_it() -> None:
    found = relations(f"{TASK}（责任单位：云川省科技厅、云川省财政厅）\n")
    assert found == {
        "“云帆”行动 implementedBy 云川省科技厅",
        "“云帆”行动 implementedBy 云川省财政厅",
    }


def test_a_bracket_speaks_back_to_the_one_before_and_of_its_paragraph() -> None:
    text = "实施“云帆”行动（云川省科技厅负责）。实施“星火”行动（云川省财政厅负责）。\n实施“江风”行动。\n"
    assert relations(text) == {
        "“云帆”行动 implementedBy 云川省科技厅",
        "“星火”行动 implementedBy 云川省财政厅",
    }


def test_a_bracket_without_a_charge_and_a_task_of_others_tell_nothing() -> None:
    assert relations("实施“云帆”行动。（云川省科技厅、云川省财政厅）\n") == set()
    assert relations("支持企业实施“云帆”行动。（云川省科技厅负责）\n") == set()


def test_bodies_of_each_place_are_none() -> None:
    assert relations("实施“云帆”行动。（各市政府负责）\n") == set()
