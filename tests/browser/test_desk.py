"""The desk of a record in a real browser: entering statements one after the other."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_administration import desk

pytestmark = pytest.mark.browser

__all__ = ["desk"]  # a fixture, shared with the other tests of the administration


def faults(page: Page) -> list[str]:
    """What axe finds in the page itself: the frame around it and its autocomplete are Django's."""
    found = Axe().run(page, context="#content-main").response["violations"]
    return [f"{fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]]


def test_statements_are_entered_from_one_source_changed_together_and_taken_back(desk: Page) -> None:
    desk.goto("/admin/catalogue/document/add/")
    desk.fill("#id_title", "Записка о письме")
    desk.click("input[name=_continue]")
    desk.locator(".object-tools a", has_text="Statements").click()
    desk.locator(".add-menu summary").click()
    desk.locator(".add-menu a", has_text="Claim").click()
    desk.select_option("#id_claim_property", "sending")
    desk.fill("#id_value", "never sent")
    desk.locator(".cell-publication .select2").click()
    desk.locator(".select2-search__field").last.fill("Izvestia")
    desk.locator(".select2-results__option", has_text=re.compile("Izvestia")).first.click()
    desk.fill("#id_evidence-locator", "p. 165")
    desk.click("input[name=_same]")
    # The next one begins with the same source; this one has none of its own.
    expect(desk.locator("#id_evidence-locator")).to_have_value("p. 165")
    desk.locator(".desk-add .choices a", has_text="Dating").click()
    desk.fill("#id_date", "1923")
    expect(desk.locator("#id_evidence-locator")).to_have_value("")
    desk.get_by_role("button", name="Copy the source of the last one").click()
    expect(desk.locator("#id_evidence-locator")).to_have_value("p. 165")
    expect(desk.locator(".cell-publication .select2-selection__rendered")).to_contain_text(
        "Izvestia"
    )
    desk.click("input[name=_save]")
    expect(desk.locator(".statement:target")).to_contain_text("p. 165")
    assert faults(desk) == []
    # Narrowed while typing.
    desk.get_by_label("Find on this page").fill("never sent")
    expect(desk.locator(".statement:visible")).to_have_count(1)
    # Several at once.
    desk.get_by_role("link", name="Edit standing, certainty, state").click()
    for select in desk.get_by_label(re.compile("^Certainty")).all():
        select.select_option("doubtful")
    desk.fill("#change_reason", "Only hearsay")
    desk.get_by_role("button", name="Save the changes").click()
    expect(desk.locator(".messagelist")).to_contain_text("2 statements were changed.")
    # The form of a kind has the last source at hand as well.
    desk.goto("/admin/catalogue/claim/add/")
    desk.get_by_role("button", name="Copy the source of the last one").click()
    expect(desk.locator("#id_evidence-0-locator")).to_have_value("p. 165")
    # And one of them is taken back, field by field, from the timeline of the document.
    desk.goto("/admin/catalogue/document/")
    desk.get_by_role("link", name="Записка о письме").first.click()
    desk.get_by_role("link", name="History").click()
    assert faults(desk) == []
    desk.get_by_role("link", name="Put back: Certainty").first.click()
    expect(desk.locator("ins")).to_have_text("certain")
    assert faults(desk) == []
    desk.get_by_role("button", name="Restore").click()
    expect(desk.locator("#change-history")).to_contain_text("doubtful → certain")
