"""What people write comes out as text, on public pages and in the administration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from catalogue.models.fields import Codes, Edtf
from tests.builders import MODELS
from tests.visibility.crawler import Answer, Crawler, addresses, ask
from tests.visibility.markers import Ledger, Place
from tests.visibility.survey import values_for
from tests.visibility.world import World

pytestmark = pytest.mark.django_db  # the catalogue of the module is there before

TAG = "<xss-probe>"
LINE = f"\"'></title></script>-->]]>{TAG}<img src=x onerror=alert(1)>{{{{7*7}}}}{{% debug %}}\u202e"
PROSE = (
    f"{LINE}</textarea>\r\nX-Injected: yes\r\n\r\n"
    "<svg onload=alert(1)><a href=javascript:alert(1)>x</a>"
)
SCHEMES = ("javascript:", "data:", "vbscript:")
STRANGE = ("iframe", "object", "embed", "base", "xss-probe")
LEADING = ("href", "src", "action", "formaction")


class Markup(Ledger):
    """Writes markup where the ledger writes markers."""

    def _value(self, field: models.Field[Any, Any], place: Place) -> Any:
        if isinstance(field, Edtf | models.SlugField) or field.name in ("first", "last"):
            return super()._value(field, place).replace("Cnry", "c")
        if isinstance(field, models.URLField):
            return "javascript:alert(document.domain)//"
        if isinstance(field, Codes):
            return (TAG,)
        longest = field.max_length or len(PROSE)
        return next((text for text in (PROSE, LINE, TAG) if len(text) <= longest), TAG[:longest])


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Answer]]:
    """Every public page, and every list and form of the administration."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        world.ledger = Markup()
        for model in MODELS:
            world.spine(model)
        crawler = Crawler()
        crawler.walk(addresses(values_for))
        yield [*crawler.answers.values(), *_administration(world)]
        transaction.set_rollback(True)


def _administration(world: World) -> Iterator[Answer]:
    client = Client()
    client.force_login(User.objects.create_superuser("archivist"))
    for model in MODELS:
        if not admin.site.is_registered(model):
            continue
        name = f"admin:catalogue_{model._meta.model_name}"
        yield ask(client, reverse(f"{name}_changelist"))
        for action in ("change", "delete"):
            address = reverse(f"{name}_{action}", args=[world.spine(model).pk])
            yield ask(client, address)


def test_no_markup_of_a_record_becomes_markup_of_the_page(answers: list[Answer]) -> None:
    pages = [answer for answer in answers if answer.kind.startswith("text/html") and answer.body]
    assert len(pages) > 80
    wrong = [f"{page.address}: {fault}" for page in pages for fault in _faults(page.body)]
    assert not wrong, "\n".join(wrong[:30])


def _faults(body: str) -> Iterator[str]:
    for element in BeautifulSoup(body, "lxml").find_all(True):
        if element.name in STRANGE or _is_inline_script(element):
            yield str(element)[:100]
        for name, value in element.attrs.items():
            target = str(value).strip().lower()
            if name.startswith("on") or (name in LEADING and target.startswith(SCHEMES)):
                yield f'{name}="{target[:40]}" on <{element.name}>'


def _is_inline_script(element: Tag) -> bool:
    is_data = element.get("type") in ("application/json", "application/ld+json")
    return element.name == "script" and not element.get("src") and not is_data


def test_markup_is_shown_as_it_was_written(answers: list[Answer]) -> None:
    """And the test above would not pass if the pages showed nothing at all."""
    pages = [answer for answer in answers if answer.kind.startswith("text/html")]
    for section in ("documents", "units", "agents", "publications", "events"):
        texts = [
            BeautifulSoup(page.body, "lxml").get_text()
            for page in pages
            if page.address.startswith(f"/{section}/") and page.status == 200
        ]
        assert any(TAG in text and "{{7*7}}" in text for text in texts), section


def test_a_line_break_in_a_title_makes_no_header(answers: list[Answer]) -> None:
    assert not [answer.address for answer in answers if "\nX-Injected" in answer.headers]
