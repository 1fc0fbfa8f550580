"""A reader's way through the demonstration record, with scripts and without."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demonstration import Site
from tests.browser.kinds import hrefs, links

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("reader", ["page", "plain_page"])
def test_a_reader_goes_all_the_way(request: pytest.FixtureRequest, site: Site, reader: str) -> None:
    page: Page = request.getfixturevalue(reader)
    page.goto("/")
    page.get_by_role("searchbox").first.fill("Central Control Commission")
    page.get_by_role("searchbox").first.press("Enter")
    page.locator(f"main a[href='{site.letter}']").first.click()
    expect(page).to_have_url(site.address + site.letter)

    mark = page.locator("a.mark").first
    number = (mark.get_attribute("href") or "").removeprefix("#note-")
    mark.click()
    expect(page).to_have_url(re.compile(f"#note-{number}$"))
    expect(page.locator(f"#note-{number}")).to_be_in_viewport()

    page.locator(f"a[href='{site.letter}cite/']").click()
    expect(page.locator("main")).to_contain_text(re.compile("GOST|ГОСТ"))
    page.go_back()
    with page.expect_download() as download:
        page.locator(f"a[href='{site.letter}export/csl-json/']").click()
    (item, *_others) = json.loads(download.value.path().read_text("utf-8"))
    assert "685" in json.dumps(item, ensure_ascii=False)

    names = []
    for section in ("units", "repositories", "agents"):
        page.locator(f"main a[href^='/{section}/']:not([href='/{section}/'])").first.click()
        names.append(page.locator("h1").inner_text())
    page.go_back()
    expect(page.locator("h1")).to_have_text(names[1])


def test_a_note_is_shown_beside_its_mark(page: Page, site: Site) -> None:
    page.goto(site.letter)
    mark = page.locator("a.mark").first
    slip = page.get_by_role("tooltip")
    mark.hover()
    expect(slip).to_be_visible()
    note = page.locator(f"li{(mark.get_attribute('href') or '')} p").inner_text()
    expect(slip).to_contain_text(note)
    page.keyboard.press("Escape")
    expect(slip).to_be_hidden()


def test_a_citation_is_copied_as_it_stands(page: Page, site: Site) -> None:
    page.goto(site.letter)
    button = page.locator("#citation button.copy").first
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    shown = page.locator(f"#{button.get_attribute('data-copy')}").inner_text()
    assert copied == " ".join(shown.split())
    assert "685" in copied


def test_the_keyboard_skips_to_the_text(page: Page, site: Site) -> None:
    page.goto(site.letter)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_every_stop_of_the_keyboard_is_seen(page: Page, site: Site) -> None:
    """Whatever has the focus is within the window and has an outline of its own."""
    page.goto(site.letter)
    for _stop in range(60):
        page.keyboard.press("Tab")
        focus = page.locator(":focus")
        if focus.count() == 0:
            break
        expect(focus).to_be_in_viewport()
        style = focus.evaluate(
            "element => { const s = getComputedStyle(element);"
            " return [s.outlineStyle, s.boxShadow]; }"
        )
        assert style != ["none", "none"], focus.evaluate("element => element.outerHTML")


ANSWERS = {
    "where it is kept": ("РГАСПИ", "17", "685"),
    "under which names": ("ЦПА ИМЛ", "РЦХИДНИ"),
    "printed in full": ("1990", "never", "66"),
    "base of the French": ("Rabkrin", "Izvestia"),
    "against note 22": ("note 22", "contradict"),
    "folio 60": ("60",),
}


@pytest.mark.parametrize("question", ANSWERS)
def test_the_document_page_alone_answers(plain_page: Page, site: Site, question: str) -> None:
    plain_page.goto(site.letter)
    text = plain_page.locator("main").inner_text().casefold()
    for word in ANSWERS[question]:
        assert word.casefold() in text, word


def test_a_stranger_finds_how_to_cite_folio_60(plain_page: Page, site: Site) -> None:
    """In GOST and in Chicago, two steps from the document."""
    plain_page.goto(site.letter)
    plain_page.locator(f"a[href='{site.letter}cite/']").click()
    plain_page.get_by_label(re.compile("folio", re.IGNORECASE)).fill("60")
    plain_page.locator("main form [type=submit]").first.click()
    text = plain_page.locator("main").inner_text()
    assert re.search(r"Л\. 60|fol\. 60|list 60|l\. 60", text), text


def test_the_printed_page_has_its_sources_as_notes(page: Page, site: Site) -> None:
    page.goto(site.letter)
    page.emulate_media(media="print")
    expect(page.locator("#notes")).to_be_visible()
    expect(page.locator(".masthead nav").first).to_be_hidden()
    expect(page.locator("button:visible")).to_have_count(0)


def test_links_of_the_document_page_lead_somewhere(page: Page, site: Site) -> None:
    for section in ("documents", "units", "agents", "publications", "events", "repositories"):
        for path in links(page, site, site.letter, section)[:5]:
            assert page.request.get(path).status == 200, path


def test_every_anchor_of_the_document_page_is_there(plain_page: Page, site: Site) -> None:
    plain_page.goto(site.letter)
    anchors = {href[1:] for href in hrefs(plain_page) if href.startswith("#")}
    places = {name: plain_page.locator(f"[id='{name}']").count() for name in anchors}
    assert {name: count for name, count in places.items() if count != 1} == {}
