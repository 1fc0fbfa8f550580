"""From files on an archivist's disk to leaves on a public page, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.demonstration import Site
from tests.imaging.drawn import content, leaf

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """The administration, signed in; axe, which brings styles of its own, is let in."""
    context = browser.new_context(base_url=site.address, bypass_csp=True)
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", site.password)
    page.click("input[type=submit]")
    yield page
    context.close()


def complaints(page: Page) -> list[str]:
    """What axe says of the text of a page; Django's own frame is looked at elsewhere."""
    found = Axe().run(page, context="#content, main").response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def test_images_are_sent_put_right_published_and_read(
    desk: Page, site: Site, tmp_path: Path
) -> None:
    names = ("053.jpg", "053об.jpg", "IMG_0012.jpg")
    for name in names:
        (tmp_path / name).write_bytes(content("JPEG", leaf(label=name[:3])))
    (tmp_path / "54.jpg").write_text("<svg/>")
    desk.goto("/admin/catalogue/witness/?q=Typed+copy")
    desk.locator("#result_list th a", has_text="Typed copy").first.click()
    desk.locator(".links a", has_text="Send many images").click()

    # Four files are sent, one of which is no image.
    desk.set_input_files("#id_images", [tmp_path / name for name in (*names, "54.jpg")])
    desk.fill("#id_credit", "Drawn for a test")
    desk.get_by_role("button", name="Send", exact=True).click()
    status = desk.locator(".progress-of-files [role=status]")
    expect(status).to_contain_text("Stored: 3", timeout=60_000)  # each in a process of its own
    expect(desk.locator(".progress-of-files .stored")).to_have_count(3)
    expect(desk.locator(".progress-of-files .not-stored")).to_contain_text("is not a JPEG")
    assert complaints(desk) == []
    desk.get_by_role("link", name="Show them in the table").click()

    # The one whose name tells nothing is put right, and moved to the top by keyboard.
    expect(desk.locator(".images-table tr.row")).to_have_count(3)
    last = desk.locator(".images-table tr.row").last
    expect(last).to_contain_text("The name tells no folio.")
    last.locator("input[name$=first]").fill("52v")
    handle = last.get_by_role("button")
    handle.press("ArrowUp")
    desk.keyboard.press("ArrowUp")
    assert complaints(desk) == []
    desk.get_by_role("button", name="Save the table").click()
    rows = desk.locator(".images-table tr.row")
    expect(rows.first.locator("input[name$=first]")).to_have_value("52v")

    # Drafts: the public sees nothing yet.
    public = desk.locator(".viewsitelink").get_attribute("href") or ""
    desk.goto(public)
    expect(desk.locator("main")).to_contain_text("No images can be shown here.")
    desk.go_back()
    desk.get_by_role("link", name="As a list").click()
    desk.locator("#action-toggle").check()
    desk.select_option("select[name=action]", "publish_selected")
    desk.locator("button[name=index]").click()

    # Published: from the letter to its leaves, one after the other.
    desk.goto(site.letter)
    desk.locator("#transmission .leaves a").first.click()
    expect(desk.locator("h1")).to_have_text("f. 52v")
    desk.get_by_role("link", name="Next").click()
    expect(desk.locator("h1")).to_have_text("f. 53")
    natural = desk.locator(".plate img").evaluate("image => image.naturalWidth")
    assert natural == 120
    expect(desk.locator("main")).to_contain_text("Drawn for a test")
    assert complaints(desk) == []
