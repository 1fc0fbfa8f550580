"""The tree of units in a browser: with the keys alone, by dragging, and for those who hear it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.demonstration import Site

pytestmark = pytest.mark.browser


def add(page: Page, parent: str, segment: str, title: str, level: str) -> None:
    page.goto(f"/admin/catalogue/unit/add/?{parent}")
    page.fill("#id_segment", segment)
    page.fill("#id_title", title)
    page.select_option("#id_level", level)
    page.click("input[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(re.compile(words))


def focused(page: Page, words: str) -> None:
    expect(page.locator('[role="treeitem"]:focus > .tree-row .name')).to_contain_text(words)


def test_units_are_opened_stepped_and_moved_by_keys_and_by_dragging(page: Page, site: Site) -> None:
    page.goto("/admin/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", site.password)
    page.click("input[type=submit]")
    page.goto("/admin/catalogue/unit/tree/")
    page.locator(".tree-repositories a").first.click()
    tree = page.get_by_role("tree")
    where = page.url
    repository = page.locator("input[name=repository]").first.input_value()
    first = tree.get_by_role("treeitem").first
    top = first.get_attribute("data-unit")
    for segment in ("901", "902"):
        add(page, f"parent={top}", segment, f"Приложение {segment}", "file")

    # From the top into the branch, and back.
    page.goto(where)
    tree.get_by_role("treeitem").first.focus()
    page.keyboard.press("ArrowRight")
    expect(first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("9")
    focused(page, "901")
    page.keyboard.press("Alt+ArrowDown")
    said(page, "moved down, after “.*902")
    focused(page, "901")
    page.keyboard.press("ArrowUp")
    focused(page, "902")
    assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []

    # Taken in hand, put at another place, seen, and done.
    page.keyboard.press("Control+x")
    said(page, "In hand: .*902")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+v")
    expect(page.locator("h1")).to_have_text("Move: what will change")
    expect(page.locator(".tree-preview .place")).to_contain_text("901")
    assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []
    page.fill("#tree-reason", "It belongs to it")
    page.click("input[type=submit]")
    expect(page.locator(".messagelist .success")).to_contain_text("moved under")
    focused(page, "902")
    expect(page.locator('[role="treeitem"]:focus')).to_have_attribute("aria-level", "3")

    # And back again with the pointer.
    moved = page.locator('[role="treeitem"]:focus > .tree-row')
    goal = tree.get_by_role("treeitem").first.locator("xpath=./div")
    moved.drag_to(goal, source_position={"x": 300, "y": 14}, target_position={"x": 300, "y": 14})
    expect(page.locator("h1")).to_have_text("Move: what will change")
    expect(page.locator("input[name=repository]")).to_have_value(repository)
    page.click("input[type=submit]")
    expect(page.locator(".messagelist .success")).to_contain_text("moved under")
    focused(page, "902")
    expect(page.locator('[role="treeitem"]:focus')).to_have_attribute("aria-level", "2")
