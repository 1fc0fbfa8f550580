"""Two people in two browsers: both change one record, one proposes it, the other publishes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demonstration import Site

pytestmark = pytest.mark.browser

PASSWORD = "letters and more letters"


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("input[type=submit]")
    expect(page.locator("#user-tools")).to_be_visible()


@pytest.fixture
def cataloguer(page: Page, browser: Browser, site: Site) -> Iterator[Page]:
    """A colleague whom the administrator has given the role; his browser runs no JavaScript."""
    sign_in(page, "admin", site.password)
    page.goto("/admin/auth/user/add/")
    page.fill("#id_username", "cataloguer")
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.click("input[name=_save]")
    page.check("#id_is_staff")
    page.select_option("#id_groups_from", label="cataloguer")
    page.locator(".field-groups .selector-add").click()
    expect(page.locator("#id_groups_to option")).to_have_text("cataloguer")
    page.click("input[name=_save]")
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    other = context.new_page()
    sign_in(other, "cataloguer", PASSWORD)
    yield other
    context.close()


def test_two_people_at_one_record(page: Page, cataloguer: Page) -> None:
    cataloguer.goto("/admin/catalogue/document/add/")
    cataloguer.fill("#id_title", "A note on paper")
    cataloguer.click("input[name=_continue]")
    page.goto(cataloguer.url)
    page.fill("#id_title", "A note on good paper")
    page.fill("#id_summary", "Where to buy it")
    page.fill("#id_change_reason", "Read anew")
    page.click("input[name=_save]")

    cataloguer.fill("#id_title", "A note on paper and ink")
    cataloguer.fill("#id_change_reason", "Please look at the title")
    cataloguer.click("input[name=_propose]")
    expect(cataloguer.locator(".who")).to_contain_text("admin")
    expect(cataloguer.locator(".differences .asked th")).to_have_text("Title")
    cataloguer.check("input[value=yours]")
    cataloguer.click("input[name=_resolve]")
    expect(cataloguer.locator(".together-note")).to_contain_text("Please look at the title")
    expect(cataloguer.locator("#id_title")).to_have_value("A note on paper and ink")
    expect(cataloguer.locator("#id_summary")).to_have_value("Where to buy it")

    page.goto("/admin/")
    page.get_by_role("link", name="Proposed for publication (1)").click()
    page.check("input[name=chosen]")
    page.fill("#reason", "Well done")
    page.click("input[name=_publish]")
    expect(page.locator(".messagelist")).to_contain_text("1 record was published.")
    cataloguer.goto("/admin/proposals/")
    expect(cataloguer.locator(".worked")).to_contain_text("Well done")
    page.goto("/admin/today/")
    expect(page.locator(".worked").first).to_contain_text("A note on paper and ink")
