"""Every kind of page, in both schemes and at both widths: accessible, and nothing sticks out."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.kinds import hrefs

pytestmark = pytest.mark.browser

WIDTHS = {390: 844, 1440: 900}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


@pytest.fixture(scope="session")
def axe() -> Axe:
    return Axe()


def test_every_page_is_accessible(page: Page, pages: dict[str, str], axe: Axe) -> None:
    """The dark scheme differs from the light one in its colours alone."""
    faults = []
    for kind, path in pages.items():
        page.emulate_media(color_scheme="light")
        page.goto(path)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            faults += [f"{kind}, {width}: {fault}" for fault in _faults(axe, page, RULES)]
        page.emulate_media(color_scheme="dark")
        faults += [f"{kind}, dark: {fault}" for fault in _faults(axe, page, COLOURS)]
    assert not faults, "\n".join(faults)


def _faults(axe: Axe, page: Page, rules: dict[str, Any]) -> Iterator[str]:
    for rule in axe.run(page, options=rules).response["violations"]:
        nodes = [node["html"] for node in rule["nodes"] if not _is_exempt(rule["id"], node)]
        if nodes:
            yield f"{rule['id']}, {rule['help']}: {nodes[0][:160]} ({len(nodes)} times)"


def _is_exempt(rule: str, node: dict[str, Any]) -> bool:
    """The number of a note stands in a line of text, beside other links (WCAG 2.5.8, "Inline")."""
    found = [near["html"] for check in node["any"] for near in check["relatedNodes"]]
    return rule == "target-size" and any('class="mark' in html for html in (node["html"], *found))


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_page_is_wider_than_the_window(page: Page, pages: dict[str, str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    too_wide = []
    for kind, path in pages.items():
        page.goto(path)
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            too_wide.append(f"{kind}: {needed} > {width}, {_widest(page, width)}")
    assert too_wide == []


def _widest(page: Page, width: int) -> str:
    """The first element that reaches beyond the window and does not scroll by itself."""
    return str(
        page.evaluate(
            """width => {
                for (const element of document.querySelectorAll("main *")) {
                    const box = element.getBoundingClientRect();
                    if (box.right > width + 1 && !element.closest("[tabindex]"))
                        return element.outerHTML.slice(0, 120);
                }
                return "";
            }""",
            width,
        )
    )


def test_no_page_needs_scripts(plain_page: Page, pages: dict[str, str]) -> None:
    """Each has one heading, a title of its own and nothing that only a script would show."""
    titles = {}
    for kind, path in pages.items():
        plain_page.goto(path)
        assert plain_page.locator("h1:visible").count() == 1, kind
        assert plain_page.locator("button:visible:not([type=submit])").count() == 0, kind
        titles[kind] = plain_page.title()
    assert len(set(titles.values())) >= len(titles) - 2, titles


def test_every_page_answers_in_every_language(plain_page: Page, pages: dict[str, str]) -> None:
    for kind, path in pages.items():
        for code in ("fr", "ru"):
            plain_page.goto(f"/{code}{path}")
            assert plain_page.locator("html").get_attribute("lang") == code, kind
            permanent = plain_page.locator("main a:has(code)").evaluate_all(
                "links => links.map(link => link.getAttribute('href'))"
            )
            for href in set(hrefs(plain_page)) - set(permanent):
                assert href.startswith((f"/{code}/", "#", "?", "http")), (kind, href)
