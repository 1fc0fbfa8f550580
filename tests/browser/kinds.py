"""One page of every kind that the demonstration site has."""

import re

from playwright.sync_api import Page

from tests.browser.demonstration import Site

LISTS = ("documents", "units", "agents", "publications", "events", "repositories")
NOWHERE = "/documents/0000000000000/"


def find(page: Page, site: Site) -> dict[str, str]:
    """Kind of page → its path. Records are found as a reader finds them, by links."""
    kinds = {
        "home": "/",
        "search": "/search/?q=letter",
        "search-nothing": "/search/?q=zzzz",
        "resolve": "/resolve/?format=html&ref=RGASPI+17/2/685/60",
        "resolve-candidate": "/resolve/?ref=RTsKhIDNI,+f.+17,+op.+2,+d.+685;+ibid.+l.+60",
        "document": site.letter,
        "cite": f"{site.letter}cite/",
        "not-found": NOWHERE,
        **{name: f"/{name}/" for name in LISTS},
    }
    for name, section in (("repository", "repositories"), ("unit", "units"), ("person", "agents")):
        kinds[name] = _first_link(page, site, site.letter, section)
    kinds["body"] = _first_link(page, site, kinds["repository"], "agents")
    for name in ("publication", "event"):
        kinds[name] = _first_link(page, site, f"/{name}s/", f"{name}s")
    kinds["document-without-witness"] = _last_link(page, site, "/documents/", "documents")
    kinds["list-narrowed"] = "/documents/?q=letter&since=1923&until=1922"
    return kinds


def links(page: Page, site: Site, path: str, section: str) -> list[str]:
    """The pages of records of a section that a page leads to, each once."""
    page.goto(site.address + path)
    wanted = re.compile(rf"/{section}/[^/?#]+/$")
    return [href for href in hrefs(page) if wanted.match(href)]


def hrefs(page: Page) -> list[str]:
    """What the text of the page links to, each once, as it is written."""
    found = page.locator("main a[href]").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return list(dict.fromkeys(found))


def _first_link(page: Page, site: Site, path: str, section: str) -> str:
    return links(page, site, path, section)[0]


def _last_link(page: Page, site: Site, path: str, section: str) -> str:
    return links(page, site, path, section)[-1]
