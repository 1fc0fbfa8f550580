"""Entry as people write, in a real browser: readings beside the fields, and text that is kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demonstration import Site

pytestmark = pytest.mark.browser


def test_what_is_typed_is_read_at_once_and_is_there_after_a_closed_tab(
    page: Page, site: Site
) -> None:
    page.goto("/admin/catalogue/document/add/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", site.password)
    page.click("input[type=submit]")

    # Dates: a certain one is put in, one that may be two is offered.
    page.fill("#id_title", "Записка о ценах")
    page.fill("#id_date_written", "8 окт. 1923 г.")
    expect(page.locator("#id_date_written_reading")).to_have_text(re.compile("8 October 1923"))
    expect(page.locator("#id_date")).to_have_value("1923-10-08")
    page.fill("#id_date_written", "03/04/1923")
    offered = page.locator("#id_date_written_reading button")
    expect(offered).to_have_count(2)
    expect(page.locator("#id_date")).to_have_value("")
    offered.first.click()
    expect(page.locator("#id_date")).to_have_value("1923-04-03")
    page.fill("#id_date", "1923-04-04")
    page.fill("#id_date_written", "8 октября 1923")
    expect(page.locator("#id_date_written_reading button")).to_have_count(1)
    expect(page.locator("#id_date")).to_have_value("1923-04-04")  # what was typed stands

    # A closed tab: the text comes back, rows included.
    page.locator("#titles-group .add-row a").click()
    page.fill("#id_titles-0-title", "Note on prices")
    expect(page.locator("#kept-line")).to_have_text(re.compile("kept in this browser"))
    context = page.context
    page.close()
    again = context.new_page()
    again.goto("/admin/catalogue/document/add/")
    again.locator(".kept .take-back").click()
    expect(again.locator("#id_title")).to_have_value("Записка о ценах")
    expect(again.locator("#id_titles-0-title")).to_have_value("Note on prices")

    # An ended session: the text is shown, and is there again after signing in.
    cookies = [each for each in context.cookies() if "session" not in each["name"]]
    context.clear_cookies()
    context.add_cookies(cookies)  # type: ignore[arg-type]  # a cookie as the browser gave it
    again.fill("#id_titles-0-language", "en")
    again.click("input[name=_continue]")
    expect(again.locator(".kept-page textarea").first).to_have_value("Записка о ценах")
    again.locator(".kept-page a.button").click()
    again.fill("#id_username", "admin")
    again.fill("#id_password", site.password)
    again.click("input[type=submit]")
    again.locator(".kept .take-back").click()
    again.click("input[name=_continue]")
    expect(again.locator(".messagelist .success")).to_be_visible()
    expect(again.locator("#kept-line")).to_be_attached()  # the script has seen that it was saved
    again.goto("/admin/catalogue/document/add/")
    expect(again.locator("#kept-line")).to_be_attached()
    expect(again.locator(".kept")).to_have_count(0)  # saved: nothing is kept any more

    # Folios, references, names.
    again.goto("/admin/catalogue/witness/add/")
    again.fill("#id_folios_written", "53–68; 70 об.")
    expect(again.locator("#id_folios_written_reading")).to_have_text("Read as: 53–68, 70v.")
    again.goto("/admin/catalogue/unit/add/")
    again.fill("#id_reference_given", "Ф. 17. Оп. 2")
    expect(again.locator("#id_segment_reading")).to_have_text(re.compile("Ф. 17. Оп. 2"))
    again.goto("/admin/catalogue/agentname/add/")
    again.fill("#id_given", "Л. Д.")
    again.fill("#id_form", "Троцкий, Лев Давидович")
    again.locator("#id_form_reading button").click()
    expect(again.locator("#id_family")).to_have_value("Троцкий")
    expect(again.locator("#id_script")).to_have_value("Cyrl")
    expect(again.locator("#id_given")).to_have_value("Л. Д.")
    again.close()
