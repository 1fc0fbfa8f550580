"""The administration in a real browser. Its pages, too, must complain of nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demonstration import Site

pytestmark = pytest.mark.browser

FORMS = ("agent", "claim", "document", "folioimage", "relation", "repository", "unit", "witness")


@pytest.fixture
def desk(page: Page, site: Site) -> Page:
    """The first page of the administration, signed in."""
    page.goto("/admin/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", site.password)
    page.click("input[type=submit]")
    expect(page.locator("#user-tools")).to_be_visible()
    return page


def choose(page: Page, field: str, term: str) -> None:
    """Type into an autocomplete field and take the first suggestion."""
    page.locator(f".form-row:has(#id_{field}) .select2").first.click()
    page.locator(".select2-search__field").last.fill(term)
    page.locator(".select2-results__option", has_text=re.compile(term, re.IGNORECASE)).first.click()


def test_lists_forms_histories_and_deletions_are_shown(desk: Page) -> None:
    desk.goto("/admin/catalogue/tombstone/")  # a list without actions
    for model in FORMS:
        for page in (f"{model}/add/", f"{model}/"):
            desk.goto(f"/admin/catalogue/{page}")
            expect(desk.locator("#content h1")).to_be_visible()
    for page in ("change", "history", "delete"):
        desk.goto(f"/admin/catalogue/document/1/{page}/")
        expect(desk.locator("#content h1")).to_be_visible()


def test_a_claim_with_its_source_is_entered_by_hand(desk: Page) -> None:
    desk.goto("/admin/catalogue/document/add/")
    desk.fill("#id_title", "Записка о ценах")
    desk.fill("#id_date", "1922-23")
    desk.click("input[name=_continue]")
    desk.locator(".panel a.addlink", has_text="Add claim").click()
    desk.select_option("#id_claim_property", "published_in_full")
    desk.select_option("#id_mode", "denied")
    choose(desk, "evidence-0-publication", "Izvestia")
    desk.fill("#id_evidence-0-locator", "p. 165")
    desk.fill("#id_change_reason", "Read in the original")
    desk.click("input[name=_publish]")
    claim = desk.locator(".panel a", has_text="printed in full: denied")
    # The document is a draft still.
    expect(claim.locator("xpath=..")).to_contain_text("evidence: 1 · hidden: what it stands")
    claim.click()
    expect(desk.locator(".about a")).to_have_text(re.compile("Document: Записка о ценах"))
    desk.get_by_role("link", name="History").click()
    expect(desk.locator("#change-history")).to_contain_text("Read in the original")
