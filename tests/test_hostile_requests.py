"""Requests that nobody sends in good faith are answered, and never by a failure of ours.

What broke plain Django applications on one database or the other stands in every list here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlencode, urlsplit

import lxml.html
import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from catalogue import links
from catalogue.formats import FORMATS
from catalogue.models import (
    Agent,
    Document,
    Event,
    FolioImage,
    Publication,
    Repository,
    Unit,
    Witness,
)
from tests.builders import MODELS
from tests.visibility.crawler import public_patterns
from tests.visibility.world import World

pytestmark = pytest.mark.django_db  # the catalogue of the module is there before

# Text as it stands in an address: percent-encoded, or not decodable at all.
TEXTS = (
    "%00",
    "a%00b",
    "%ed%a0%80",  # a lone surrogate
    "%ff%fe",  # no UTF-8
    "%EF%BF%BF",
    "%0d%0aSet-Cookie:%20evil=1",
    "%e2%80%aeevil",  # right to left
    "%f0%9f%98%80" * 3,
    "e%cc%81" * 30,
    "%25%5f%5c",  # wildcards of LIKE
    "'%20OR%201=1--",
    "%22%20OR%20%22a%22%20NEAR%20*",
    "((((((((((",
    "%5b%5e%5d*%2b?%7b1,9999%7d$",
    "%7b%7b7*7%7d%7d%7b%25%20debug%20%25%7d",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "..%2f..%2f..%2fetc%2fpasswd",
    "-1",
    "0",
    "1e999",
    "NaN",
    "9" * 25,
    "9" * 1400,
    "٣",  # a digit, though not of ASCII
    "2024-02-30",
    "0000",
    "-9999",
    "10000000000000000000000000",
    "1923-10-08/1919",
    "../..",
    "Y-170000002",
    "1923-99",
    "[1,2..",
    "a" * 200,
    "a%20" * 300,
)
# These are refused for their length, wherever they stand.
ENDLESS = ("a" * 60_000, "a%20" * 1_200, "%00" * 60_000, "1" * 60_000)
# What a query may hold besides the fields that the forms of a page name.
NAMES = (
    "q",
    "ref",
    "format",
    "cursor",
    "page",
    "sort",
    "style",
    "folio",
    "lang",
    "next",
    "%00",
    "a[]",
    "__proto__",
)
# What a search of the administration has been broken by, and what its lists read besides.
SEARCHES = ("%00", "%ed%a0%80", "%25%5f%5c", "'", "%22a", "9" * 25, "9" * 1400, "a%20" * 300)
LISTED = ("q", "p", "o", "e", "all", "state__exact", "pk__in", "_facets")
METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "BREW", "PROPFIND")
ELSEWHERE = (
    "//evil.example",
    "https://evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "///evil.example",
    "http:///evil.example",
    "\tjavascript:alert(1)",
    "https:evil.example",
    "//evil.example%2f..",
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One public record of every model, and somebody who may do everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        for model in MODELS:
            world.spine(model)
        User.objects.create_superuser("root", password="a long enough password")
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def visitor(world: World) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def administrator(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="root"))
    return client


def _failures(client: Client, addresses: Iterable[str], method: str = "GET") -> list[str]:
    """The addresses that were answered by a failure of ours."""
    found = []
    for address in addresses:
        with transaction.atomic():
            response = client.generic(method, address)
            if response.streaming:
                response.getvalue()
            if response.status_code >= 500:
                transaction.set_rollback(True)
                found.append(f"{response.status_code} {method} {address[:120]}")
    return found


def _pages(world: World) -> list[str]:
    """One address of every URL of the public URLconf."""
    document = world.spine(Document)
    pages = {
        "catalogue:export": links.export(document, FORMATS[0].slug),
        "catalogue:cite": f"{links.address(document)}cite/",
    }
    image = world.spine(FolioImage)
    pages |= {
        "catalogue:unit-images": links.images(world.spine(Unit)),
        "catalogue:witness-images": links.images(world.spine(Witness)),
        "catalogue:image": links.address(image),
        "catalogue:image-file": f"{links.address(image)}thumbnail.jpg",
    }
    for model in (Agent, Document, Event, Publication, Repository, Unit):
        pages[f"catalogue:{model._meta.model_name}"] = links.address(world.spine(model))
    for pattern in public_patterns():
        if not pattern.parameters:
            pages[pattern.name] = reverse(pattern.name)
    missing = {pattern.name for pattern in public_patterns()} - set(pages)
    assert not missing, f"say here what address these have: {missing}"
    return list(pages.values())


def _names(client: Client, page: str) -> set[str]:
    """The fields of the forms in the text of a page, which it alone has; and its cursor."""
    response = client.get(page)
    if not response.get("Content-Type", "").startswith("text/html"):
        return set()
    (main,) = lxml.html.fromstring(response.content).xpath("//main")
    names = {name for form in main.iter("form") for name in form.fields}
    return {*names, "cursor", "sort"} if names else set()


def test_no_query_makes_a_public_page_fail(world: World, visitor: Client) -> None:
    """Each field of the forms, one at a time; fields of one name are alike."""
    pages = {name: page for page in _pages(world) for name in _names(visitor, page)}
    assert {"q", "cursor", "sort", "since", "repository", "folio"} <= set(pages)
    for name, page in pages.items():
        assert _failures(visitor, [f"{page}?{name}={text}" for text in TEXTS]) == []


def test_an_endless_query_is_refused_quickly(world: World, visitor: Client) -> None:
    for page, text in itertools.product(_pages(world), ENDLESS):
        response = visitor.get(f"{page}?q={text}")
        assert response.status_code == 400, page


def test_every_field_of_a_form_at_once(world: World, visitor: Client) -> None:
    """All fields hostile together, and some that no page has."""
    for page in _pages(world):
        names = sorted({*NAMES, *_names(visitor, page)})
        queries = ("&".join(f"{name}={text}" for name in names) for text in TEXTS)
        assert _failures(visitor, [f"{page}?{query}" for query in queries]) == []


def test_a_field_that_is_given_twice(world: World, visitor: Client) -> None:
    for page in _pages(world):
        query = "&".join(f"{name}=1&{name}=%20" for name in sorted(_names(visitor, page)))
        assert _failures(visitor, [f"{page}?{query}"]) == []


def test_no_path_makes_the_site_fail(world: World, visitor: Client) -> None:
    pages = [urlsplit(page).path for page in _pages(world)]
    addresses = []
    for page in pages:
        steps = [step for step in page.split("/") if step]
        for place, text in itertools.product(range(len(steps) + 1), (*TEXTS, *ENDLESS[:1])):
            hostile = [*steps[:place], text, *steps[place + 1 :]]
            addresses.append(f"/{'/'.join(hostile)}/")
    addresses += [f"/fr{address}" for address in addresses[-len(TEXTS) :]]
    assert _failures(visitor, dict.fromkeys(addresses)) == []


@pytest.mark.parametrize("method", METHODS)
def test_no_method_makes_a_page_fail(world: World, visitor: Client, method: str) -> None:
    assert _failures(visitor, _pages(world), method) == []


def test_a_page_is_only_read(world: World, visitor: Client) -> None:
    for page, method in itertools.product(
        _pages(world), ("POST", "PUT", "PATCH", "DELETE", "BREW")
    ):
        assert visitor.generic(method, page).status_code == 405, (method, page)


@pytest.mark.parametrize("host", ["evil.example", "a" * 300, "<script>", "a\x00b", "[::1", ""])
def test_a_strange_host_is_refused(visitor: Client, host: str) -> None:
    response = visitor.get("/", headers={"host": host})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    "header",
    [
        "accept-language",
        "cookie",
        "accept",
        "if-none-match",
        "if-modified-since",
        "range",
        "x-forwarded-host",
        "x-forwarded-for",
        "x-http-method-override",
        "referer",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "a" * 60_000,
        "fr;q=" + "9" * 400,
        "bytes=0-" + "9" * 400,
        "\xff",
        "sessionid=;csrftoken=%00;django_language=../../x",
    ],
)
def test_no_header_makes_a_page_fail(world: World, visitor: Client, header: str, text: str) -> None:
    for page in ("/", links.address(world.spine(Document))):
        response = visitor.get(page, headers={header: text})
        assert response.status_code < 500, page
        assert b"evil" not in response.content


def test_nobody_is_led_off_the_site(world: World, visitor: Client, administrator: Client) -> None:
    asked = [(visitor, page) for page in _pages(world)]
    for client, page in (*asked, (administrator, reverse("admin:login"))):
        for target in ELSEWHERE:
            names = ("next", "url", "return", "continue", "redirect_to")
            response = client.get(f"{page}?{urlencode(dict.fromkeys(names, target))}")
            assert not _leads_away(response.get("Location", "")), (page, target)


def test_signing_in_leads_nowhere_else(visitor: Client) -> None:
    for target in ELSEWHERE:
        response = visitor.post(
            f"{reverse('admin:login')}?{urlencode({'next': target})}",
            {"username": "root", "password": "a long enough password", "next": target},
        )
        assert response.status_code == 302
        assert not _leads_away(response["Location"]), target


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "//evil.example/%2f..",
        "/fr//evil.example",
        "/\\evil.example",
        "/fr/\\evil.example",
        "//evil.example",
        "/en//evil.example/..",
        "/documents//evil.example",
    ],
)
def test_no_path_leads_off_the_site(visitor: Client, path: str) -> None:
    response = visitor.generic("GET", "/", PATH_INFO=path)
    assert response.status_code < 500
    assert not _leads_away(response.get("Location", ""))


def _leads_away(location: str) -> bool:
    """As a browser reads it, for which a backslash is a slash."""
    parts = urlsplit(location.strip().replace("\\", "/"))
    return bool(parts.netloc not in ("", "testserver") or parts.scheme not in ("", "http", "https"))


def test_nobody_signs_in_with_text_that_no_database_holds(visitor: Client) -> None:
    for text in (*TEXTS, *ENDLESS):
        response = visitor.generic(
            "POST",
            reverse("admin:login"),
            f"username={text}&password={text}",
            "application/x-www-form-urlencoded",
        )
        assert response.status_code in (200, 400), text[:20]


def _changelist(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def test_no_search_makes_a_list_of_the_administration_fail(administrator: Client) -> None:
    for model in admin.site._registry:
        searches = [f"{_changelist(model)}?q={text}" for text in (*SEARCHES, *ENDLESS[:2])]
        assert _failures(administrator, searches) == []


def test_no_query_makes_a_list_of_the_administration_fail(administrator: Client) -> None:
    queries = [f"{name}={text}" for name, text in itertools.product(LISTED, SEARCHES)]
    queries += [f"q={text}" for text in TEXTS]
    assert _failures(administrator, [f"{_changelist(Document)}?{query}" for query in queries]) == []


def test_no_query_makes_the_completion_of_a_field_fail(administrator: Client) -> None:
    page = reverse("admin:autocomplete")
    target = {"app_label": "catalogue", "model_name": "witness", "field_name": "document"}
    for text in (*TEXTS, *ENDLESS[:2]):
        wrong = _failures(
            administrator,
            [
                f"{page}?{urlencode(target)}&term={text}",
                f"{page}?field_name={text}&term=a",
                f"{page}?{urlencode(target)}&page={text}",
            ],
        )
        assert wrong == []


def test_no_identifier_makes_a_form_of_the_administration_fail(administrator: Client) -> None:
    addresses = [
        f"/{settings.ADMIN_PATH}catalogue/{model._meta.model_name}/{text}/{action}/"
        for model in (Document, Unit)
        for action in ("change", "delete", "history")
        for text in (*TEXTS, *ENDLESS[:1])
    ]
    assert _failures(administrator, addresses) == []


def test_an_error_page_tells_nothing_of_the_house(visitor: Client) -> None:
    for address in ("/nowhere/", "/documents/%00/", f"/{quote('ничего')}/", "/?q=" + "a" * 60_000):
        body = visitor.get(address).content.decode()
        for word in ("Traceback", "SELECT", "settings", "site-packages", str(settings.BASE_DIR)):
            assert word not in body
