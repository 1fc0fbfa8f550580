"""``make screenshots``: a picture of every kind of page, and the one that the README shows.

Writes var/screenshots/<kind>-<width>-<scheme>.png and docs/images/document.webp.
"""

import io
import itertools
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests import chromium  # noqa: E402 # the root has to be on the path first
from tests.browser import kinds  # noqa: E402
from tests.browser.demonstration import Site, demonstration  # noqa: E402

PICTURES = ROOT / "var" / "screenshots"
CHOSEN = ROOT / "docs" / "images" / "document.webp"
LARGEST = 250_000  # bytes of the chosen one
WIDTHS = (390, 1440)
SCHEMES = ("light", "dark")


def main() -> int:
    program = chromium.find()
    if program is None:
        sys.stderr.write("Pictures need Chromium (CHROMIUM may say where it is).\n")
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demonstration() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.OPTIONS)
        pages = kinds.find(browser.new_page(), site)
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            context = browser.new_context(
                base_url=site.address,
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            take(context.new_page(), pages, f"{width}-{scheme}")
            context.close()
        take_printed(browser.new_page(base_url=site.address), site)
        take_chosen(browser.new_page(base_url=site.address), site)
        browser.close()
    sys.stdout.write(f"The pictures are in {PICTURES} and {CHOSEN}.\n")
    return 0


def take(page: Page, pages: dict[str, str], suffix: str) -> None:
    for kind, path in pages.items():
        page.goto(path)
        page.screenshot(path=PICTURES / f"{kind}-{suffix}.png", full_page=True)


def take_printed(page: Page, site: Site) -> None:
    """The document on paper, as a picture of the whole and as the printer would have it."""
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots per inch
    page.goto(site.letter)
    page.emulate_media(media="print")
    page.screenshot(path=PICTURES / "document-print.png", full_page=True)
    page.pdf(path=PICTURES / "document-print.pdf", format="A4", print_background=True)


def take_chosen(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1440, "height": 1080})
    page.goto(site.letter)
    picture = Image.open(io.BytesIO(page.screenshot()))
    CHOSEN.parent.mkdir(parents=True, exist_ok=True)
    for quality in range(90, 20, -10):
        picture.save(CHOSEN, quality=quality, method=6)
        if CHOSEN.stat().st_size < LARGEST:
            return


if __name__ == "__main__":
    sys.exit(main())
