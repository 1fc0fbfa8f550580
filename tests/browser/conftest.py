"""Headless Chromium and the demonstration site, once for all tests that drive them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests import chromium
from tests.browser import kinds
from tests.browser.demonstration import Site, demonstration
from tests.conftest import skip_here_but_fail_in_ci

PATIENCE = 30_000  # milliseconds: the machine may be busy with the other runs


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium.find()
    if program is None:
        skip_here_but_fail_in_ci("Chromium is not here")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(browser: Browser) -> Iterator[Site]:
    with demonstration() as site:
        yield site


@pytest.fixture(scope="session")
def pages(browser: Browser, site: Site) -> dict[str, str]:
    """Kind of page → the path of one."""
    context = browser.new_context(java_script_enabled=False)
    found = kinds.find(context.new_page(), site)
    context.close()
    return found


@dataclass
class Watch:
    """What a browser complains of: errors, violations of the policy, requests off the site."""

    complaints: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        expected = "status of 404" in message.text and message.location.get("url", "").endswith(
            kinds.NOWHERE
        )
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.complaints.append(f"off the site: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download ends the navigation to it
            self.complaints.append(f"failed: {request.url} {request.failure}")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(browser: Browser, site: Site, watch: Watch) -> Iterator[Page]:
    """A page of a reader with JavaScript; it must complain of nothing."""
    context = browser.new_context(
        base_url=site.address, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    watch.over(page)
    yield page
    context.close()
    assert watch.complaints == []


@pytest.fixture
def plain_page(browser: Browser, site: Site, watch: Watch) -> Iterator[Page]:
    """A page of a reader without JavaScript; it must complain of nothing."""
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    watch.over(page)
    yield page
    context.close()
    assert watch.complaints == []
