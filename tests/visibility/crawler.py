"""A visitor without an account who asks every address and follows every link."""

from __future__ import annotations

import itertools
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

import lxml.html
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import (
    Resolver404,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
    reverse,
)

LANGUAGES = [code for code, _name in settings.LANGUAGES]
LANGUAGE = re.compile(f"^/(?:{'|'.join(LANGUAGES)})(?=/)")
# Links that differ only in the values of a query are alike; so many of each are enough.
ALIKE = 2
# Options of one list that are tried; the others are like them.
OPTIONS = 4
# What differs between two answers to the same question, for a reason of no interest here.
FLEETING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|csrftoken=\w+')


@dataclass(frozen=True)
class Answer:
    address: str
    status: int
    kind: str
    headers: str
    body: str

    @property
    def text(self) -> str:
        """All that came, without the echo of the address that was asked."""
        text = FLEETING.sub("", f"{self.headers}\n{self.body}")
        path, _mark, query = self.address.partition("?")
        for said in (path, quote(path), query, query.replace("&", "&amp;")):
            bare = LANGUAGE.sub("", said)
            if len(bare) > 1:
                text = text.replace(bare, "")
        return text


@dataclass(frozen=True)
class Pattern:
    """One URL of the public URLconf."""

    name: str
    parameters: tuple[str, ...]


def public_patterns() -> list[Pattern]:
    """Every named URL except those of the administration; an unnamed one is refused."""
    return list(_patterns(get_resolver(), ""))


def _patterns(resolver: URLResolver, namespace: str) -> Iterator[Pattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if not str(entry.pattern).startswith(settings.ADMIN_PATH):
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                yield from _patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            if not entry.name:
                raise ImproperlyConfigured(f"The URL {entry.pattern} has no name to visit it by.")
            yield Pattern(f"{namespace}{entry.name}", tuple(entry.pattern.converters))


def addresses(values: Callable[[Pattern, str], list[str]]) -> Iterator[str]:
    """Every address of the public URLconf with every value that ``values`` has for a parameter."""
    for pattern in public_patterns():
        choices = (values(pattern, name) for name in pattern.parameters)
        for chosen in itertools.product(*choices):
            arguments = dict(zip(pattern.parameters, chosen, strict=True))
            yield reverse(pattern.name, kwargs=arguments)


class Crawler:
    """Asks each address once and keeps the answers."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self._client = Client(raise_request_exception=False)
        self._seen: Counter[tuple[str, frozenset[str]]] = Counter()
        self._options: set[tuple[str, str, str]] = set()

    def ask(self, address: str) -> Answer:
        if address not in self.answers:
            self.answers[address] = ask(self._client, address)
        return self.answers[address]

    def ask_again(self, name: str) -> None:
        """Ask once more for the pages of one URL name, and keep only the new answers."""
        for address in list(self.answers):
            if url_name(urlsplit(address).path) == name:
                self.answers[address] = ask(self._client, address)

    def walk(self, starts: Iterable[str]) -> None:
        """Ask the addresses, and what they link to, until nothing is new."""
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            if address not in self.answers:
                answer = self.ask(address)
                waiting.extend(link for link in self._links(answer) if self._is_new(link))
                waiting.extend(self._forms(answer))

    def translate(self) -> None:
        """Ask some addresses of every URL again in each language: found ones and others."""
        asked: Counter[tuple[str, int]] = Counter()
        for answer in list(self.answers.values()):
            kind = (url_name(answer.address), answer.status)
            asked[kind] += 1
            if asked[kind] <= ALIKE and "?" not in answer.address:
                for code in LANGUAGES:
                    self.ask(f"/{code}{answer.address}")

    def _is_new(self, link: str) -> bool:
        parts = urlsplit(link)
        if link in self.answers or LANGUAGE.match(parts.path) or not is_public(parts.path):
            return False
        if not parts.query:
            return True
        alike = (parts.path, frozenset(name for name, _value in parse_qsl(parts.query)))
        self._seen[alike] += 1
        return self._seen[alike] <= ALIKE or "cursor" in parts.query

    def _links(self, answer: Answer) -> Iterator[str]:
        if 300 <= answer.status < 400:
            yield from _on_this_site(
                answer.address, re.findall(r"(?m)^Location: (.*)$", answer.headers)
            )
        if not answer.kind.startswith("text/html") or not answer.body:
            return
        page = lxml.html.fromstring(answer.body)
        found = [link for _element, _attribute, link, _at in page.iterlinks()]
        yield from _on_this_site(answer.address, found)

    def _forms(self, answer: Answer) -> Iterator[str]:
        if answer.kind.startswith("text/html") and "<form" in answer.body:
            for form in lxml.html.fromstring(answer.body).forms:
                yield from self._filled_in(answer.address, form)

    def _filled_in(self, address: str, form: lxml.html.FormElement) -> Iterator[str]:
        """The form with each choice that no form like it has made; the others as they stand."""
        if form.method != "GET":
            return
        action = urljoin(address, form.action or "").partition("?")[0]
        standing = dict(form.form_values())
        for field in form.iter("select", "input"):
            name = field.get("name", "")
            for value in _choices(field):
                option = (url_name(action), name, value)
                if option not in self._options:
                    self._options.add(option)
                    yield f"{action}?{urlencode(standing | {name: value})}"


def _choices(field: lxml.html.HtmlElement) -> list[str]:
    if field.tag == "select":
        return [value for value in field.value_options if value][:OPTIONS]
    return [field.get("value", "")] if field.get("type") in ("radio", "checkbox") else []


def _on_this_site(base: str, links: Iterable[str]) -> Iterator[str]:
    for link in links:
        parts = urlsplit(urljoin(f"http://testserver{base}", link))
        if parts.netloc == "testserver":
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_public(path: str) -> bool:
    return not path.startswith((settings.STATIC_URL, f"/{settings.ADMIN_PATH}"))


def ask(client: Client, address: str) -> Answer:
    response = client.get(address)
    content = response.getvalue() if response.streaming else response.content
    return Answer(
        address,
        response.status_code,
        response.get("Content-Type", ""),
        "".join(f"{name}: {value}\n" for name, value in response.items())
        + response.cookies.output(),
        content.decode("utf-8", "replace"),
    )


@cache
def url_name(path: str) -> str:
    """The name of the URL that answers a path; "" for one that the URLconf does not have."""
    try:
        return resolve(LANGUAGE.sub("", path)).view_name
    except Resolver404:
        return ""
