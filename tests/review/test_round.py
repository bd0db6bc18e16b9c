"""The whole round in a browser: page → file → kg review apply → kg build → page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kg.export.iri import iri
from tests.cli.shell import kg
from tests.fixtures_graph import FUND
from tests.review.made import reviewed_graph
from tests.view.conftest import Opener, ready
from tests.view.test_access import violations
from tests.view.test_views import download, rows

BASE = "https://w3id.org/policykg/"
UNIVERSITY = f"{BASE}id/institution/江州大学"
RENAMED = f"{BASE}id/institution/江州综合大学"
EVENT = f"{BASE}id/event/第三届云川数字博览会"


def sign(page: Page, name: str) -> None:
    """Give the reviewer's name in the menu."""
    page.locator("#menu-button").click()
    page.get_by_label("评审人").fill(name)
    page.get_by_label("评审人").press("Tab")
    page.keyboard.press("Escape")


def choose(page: Page, words: str) -> None:
    """Open a statement by its row in the table."""
    page.get_by_role("button", name=words).first.click()


def rebuilt(texts: Path, out: Path, *files: Path) -> None:
    """Apply files of decisions and build again."""
    applied = kg("review", "apply", out, *files)
    assert applied.code == 0, applied.err
    done = kg("build", texts, "--out", out)
    assert done.code == 0, done.err


def test_from_the_page_into_the_graph_and_back(
    texts: Path, project: Path, open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(path=project / "graph.html", hash_=f"#e={UNIVERSITY}&view=table")
    sign(page, "甲")
    page.locator("#drawer .entity-review summary").click()
    page.get_by_label("更名为").fill("江州综合大学")
    page.get_by_label("更名为").press("Enter")
    choose(page, "第三届云川数字博览会位于江州市")
    page.locator("#drawer").get_by_role("button", name="错误").click()
    page.get_by_label("理由").fill("在临溪县举办")
    page.get_by_label("理由").press("Enter")
    choose(page, "江州实验室由云川省科学院设立")
    page.locator("#drawer").get_by_role("button", name="正确").click()
    first = tmp_path / "甲.json"
    first.write_bytes(download(page, "decisions"))
    assert len(json.loads(first.read_text(encoding="utf-8"))["decisions"]) == 3
    before = len(rows(page))

    rebuilt(texts, project, first)
    graph = (project / "graph.ttl").read_text(encoding="utf-8")
    assert "institution:江州综合大学" in graph
    assert "kgo:locatedIn place:江州市" not in graph

    # another reviewer's browser: the rebuilt page knows what was decided, and by whom
    page = open_page(path=project / "graph.html", hash_=f"#e={EVENT}&view=table")
    sign(page, "乙")
    assert len(rows(page)) == before - 1
    rejected = page.locator("#drawer .rejected")
    rejected.locator("summary").first.click()
    expect(rejected.locator("s")).to_have_text("第三届云川数字博览会位于江州市")
    expect(rejected.locator(".applied")).to_contain_text("甲 错误 · 2")
    expect(rejected.locator(".applied")).to_contain_text("在临溪县举办")
    # 乙 takes the rejected statement up again, and confirms what 甲 confirmed
    rejected.get_by_role("button", name="正确").click()
    choose(page, "江州实验室由云川省科学院设立")
    expect(page.locator("#drawer .applied")).to_contain_text("甲 正确")
    page.locator("#drawer").get_by_role("button", name="正确").click()
    second = tmp_path / "乙.json"
    second.write_bytes(download(page, "decisions"))
    # a name that was given up leads on to the one in use
    page.goto(f"{page.url.partition('#')[0]}#e={UNIVERSITY}")
    page.reload()
    ready(page)
    expect(page.locator("#drawer h2")).to_have_text("江州综合大学")
    page.locator("#drawer .entity-review summary").click()
    expect(page.locator("#drawer .entity-review .applied")).to_contain_text("甲 更名为 江州综合大学")

    rebuilt(texts, project, second)
    status = json.loads(kg("review", "status", project, "--json").out)
    assert status["fresh"]
    assert [c["kind"] for c in status["conflicts"]] == ["verdict"]
    assert status["built"]["confirmed"] == 1
    assert "kgo:locatedIn place:江州市" in (project / "graph.ttl").read_text(encoding="utf-8")

    # the disputed statement is back, and the project's own file can be read on the page
    page = open_page(path=project / "graph.html", hash_="#view=table&review=split")
    assert [row[0] for row in rows(page)] == ["第三届云川数字博览会"]
    page.locator("#menu-button").click()
    page.locator("#menu input[type=file]").set_input_files(project / "decisions.json")
    expect(page.locator("#menu .others li")).to_have_count(2)


def test_reviewers_may_be_anybody(texts: Path, project: Path, open_page: Opener) -> None:
    """Markup in names and reasons is text, on every page that is built with it."""
    page = open_page(path=project / "graph.html", hash_="#view=table")
    choose(page, "第三届云川数字博览会位于江州市")
    page.locator("#drawer").get_by_role("button", name="错误").click()
    file = json.loads(download(page, "decisions"))
    (row,) = file["decisions"]
    hostile = "<img src=x onerror=alert(1)></script><script>alert(1)</script>"
    row |= {"reviewer": hostile[:150], "reason": hostile}
    given = project.parent / "hostile.json"
    given.write_text(json.dumps(file), encoding="utf-8")
    rebuilt(texts, project, given)
    assert "<script>alert" not in (project / "graph.html").read_text(encoding="utf-8")
    page = open_page(path=project / "graph.html", hash_=f"#e={EVENT}")
    page.locator("#drawer .rejected summary").first.click()
    expect(page.locator("#drawer .rejected .applied")).to_contain_text("<img src=x")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("hash_", [f"#e={iri(FUND)}", "#view=table&review=done"], ids=["drawer", "table"])
def test_axe_finds_nothing_where_decisions_are_shown(open_page: Opener, hash_: str, theme: str) -> None:
    page = open_page(reviewed_graph(), hash_, color_scheme=theme)
    for summary in page.locator("#drawer details > summary").all():
        summary.click()
    assert page.locator(".applied, td.verdict").count()
    assert violations(page) == []
