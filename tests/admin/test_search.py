"""Finding records in the administration's lists."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from catalogue.admin.search import search
from catalogue.models import (
    AccessPoint,
    Agent,
    AgentName,
    Claim,
    Document,
    Statement,
    Term,
    TermLabel,
    Title,
    Unit,
    Witness,
)
from tests.admin.holding import Holding
from tests.admin.test_registry import REGISTERED, address
from tests.builders import build


def found(client: Client, model: type, query: str) -> set[str]:
    response = client.get(address(model, "changelist"), {"q": query})
    assert response.status_code == 200
    return {str(row) for row in response.context["cl"].result_list}


def test_case_accents_and_old_letters_make_no_difference(chief: Client) -> None:
    build(Document, title="Протоколъ засѣданія")
    assert found(chief, Document, "ПРОТОКОЛ заседания") == {"Протоколъ засѣданія"}


def test_every_word_has_to_be_found(chief: Client) -> None:
    build(Document, title="Letter on prices")
    assert found(chief, Document, "prices letter") == {"Letter on prices"}
    assert found(chief, Document, "prices telegram") == set()


def test_any_form_of_a_name_finds_the_agent_once(chief: Client) -> None:
    agent = build(Agent, name="Trotsky, Leon")
    for form in ("Троцкий Л. Д.", "Троцкий, Лев"):
        build(AgentName, agent=agent, form=form)
    response = chief.get(address(Agent, "changelist"), {"q": "троцкий"})
    assert [str(row) for row in response.context["cl"].result_list] == ["Trotsky, Leon"]


def test_any_title_finds_the_document(chief: Client) -> None:
    build(Title, document=build(Document, title="Letter"), title="Письмо членам ЦК")
    assert found(chief, Document, "письмо цк") == {"Letter"}


def test_columns_that_are_not_folded_are_found_in_the_usual_cases(chief: Client) -> None:
    build(Witness, label="Известия 1990")
    build(TermLabel, term=build(Term, label="letter"), label="Письмо")
    assert found(chief, Witness, "известия") == {"Известия 1990"}
    assert found(chief, Term, "письмо") == {"letter"}


def test_the_segments_of_a_reference_find_the_unit(chief: Client) -> None:
    fonds = build(Unit, segment="17", title="Fonds")
    series = build(Unit, parent=fonds, level="series", segment="2", title="Series")
    build(Unit, parent=series, level="file", segment="685", title="File")
    build(Unit, parent=series, level="file", segment="6850", title="Another file")
    assert found(chief, Unit, "17 2 685") == {"file 685: File"}


def test_an_identifier_finds_its_record(chief: Client) -> None:
    document = build(Document, title="Letter")
    build(Document, title="Another")
    assert found(chief, Document, document.identifier) == {"Letter"}


def test_signs_alone_find_nothing(chief: Client) -> None:
    build(Document, title="Letter 100% _sure_")
    assert found(chief, Document, "%%% ___ \\") == set()


HOSTILE = {
    "long": "а" * 60_000,
    "many words": "слово " * 1_200,
    "NUL": "\x00",
    "NUL within": "z\x00z",
    "surrogate": "z\ud800z",
    "signs": "%_\\'\"`;-- zz",
    "brackets": "(" * 400,
    "emoji": "😀" * 300,
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_looked_for_in_every_column(query: str, holding: Holding) -> None:
    """Beneath what the middleware refuses already."""
    for model in REGISTERED:
        columns = [str(name) for name in admin.site.get_model_admin(model).search_fields]
        assert list(search(model._base_manager.all(), columns, query)) == [], model


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_hostile_queries_are_answered(query: str, chief: Client) -> None:
    term = query.encode("utf-8", "surrogatepass")
    for model in (Unit, Claim, Statement, AccessPoint):
        assert chief.get(address(model, "changelist"), {"q": term}).status_code in (200, 400)
    relation = "app_label=catalogue&model_name=claim&field_name=document"
    asked = f"{relation}&{urlencode({'term': term})}"
    assert chief.get(f"{reverse('admin:autocomplete')}?{asked}").status_code in (200, 400)
