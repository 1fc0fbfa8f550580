"""The form comes back once with its doubts, keeps what was typed, and saves when asked again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from catalogue.models import Agent, Unit, Witness
from catalogue.models.visibility import State
from tests.admin.forms import errors, page, read_form
from tests.admin.test_registry import address
from tests.builders import build

pytestmark = pytest.mark.django_db


def said(response: Any) -> list[str]:
    return [item.get_text(" ", strip=True) for item in page(response).select(".doubts li > bdi")]


def add(client: Client, model: Any, **values: Any) -> Any:
    form = address(model, "add")
    return client.post(form, {**read_form(client.get(form)), **values})


def again(client: Client, response: Any, where: str, **values: Any) -> Any:
    return client.post(where, {**read_form(response), **values})


def test_a_near_name_is_asked_about_once_and_then_saved(chief: Client) -> None:
    known = build(Agent, name="Троцкий Л. Д.")
    response = add(chief, Agent, kind="person", name="Trotsky, L.", places="Odessa", _continue="1")
    assert response.status_code == 200
    assert Agent.objects.count() == 1
    alert = page(response).select_one(".doubts[role=alert]")
    assert alert is not None
    assert alert.find("a", href=address(Agent, "change", known.pk)) is not None
    assert alert.find("a", href="#id_name") is not None
    assert alert.find("input", attrs={"name": "_continue"}) is not None
    assert errors(response) == []
    assert "Odessa" in response.content.decode()
    assert again(chief, response, address(Agent, "add")).status_code == 302
    assert Agent.objects.get(name="Trotsky, L.").places == "Odessa"


def test_another_doubt_asks_again_and_the_same_does_not(chief: Client) -> None:
    build(Agent, name="Троцкий Л. Д.")
    build(Agent, name="Рыков А. И.")
    response = add(chief, Agent, kind="person", name="Trotsky, L.")
    response = again(chief, response, address(Agent, "add"), name="Rykov, A.")
    assert len(said(response)) == 1
    assert "Рыков" in said(response)[0]
    response = again(chief, response, address(Agent, "add"), name="Trotsky, L.", places="Odessa")
    assert response.status_code == 302


def test_what_has_been_accepted_is_not_asked_when_the_record_is_changed(chief: Client) -> None:
    build(Agent, name="Иванов И.")
    agent = build(Agent, name="Ivanov, I.")
    form = address(Agent, "change", agent.pk)
    assert chief.post(form, {**read_form(chief.get(form)), "places": "Omsk"}).status_code == 302
    build(Agent, name="Петров П.")
    response = chief.post(form, {**read_form(chief.get(form)), "name": "Petrov, P."})
    assert len(said(response)) == 1


def test_publishing_goes_on_as_publishing(chief: Client) -> None:
    fonds = build(Unit, segment="17")
    build(Unit, parent=fonds, segment="2", level="series")
    unit = build(Unit, parent=fonds, segment="3", level="series", state=State.DRAFT)
    form = address(Unit, "change", unit.pk)
    response = chief.post(
        form, {**read_form(chief.get(form)), "segment": "2", "_publish": "Save and publish"}
    )
    button = page(response).select_one(".doubts input[type=submit]")
    assert button is not None
    assert Unit.objects.get(pk=unit.pk).state == State.DRAFT
    again(chief, response, form, **{str(button["name"]): str(button["value"])})
    assert Unit.objects.get(pk=unit.pk).state == State.PUBLISHED


def test_folios_in_rows_and_errors_before_doubts(chief: Client) -> None:
    unit = build(Unit, segment="685")
    taken = build(Witness, unit=unit, label="first copy")
    taken.folio_ranges.create(first="53", last="68")
    other = build(Witness, unit=unit, label="second copy")
    form = address(Witness, "change", other.pk)
    wrong = {**read_form(chief.get(form)), "folios_written": "60", "label": ""}
    response = chief.post(form, wrong)
    assert errors(response)
    assert said(response) == []
    response = again(chief, response, form, label="second copy")
    assert len(said(response)) == 1
    assert "first copy" in said(response)[0]
    assert again(chief, response, form).status_code == 302
    assert other.folio_ranges.count() == 1


def test_a_popup_asks_as_well(chief: Client) -> None:
    build(Agent, name="Троцкий Л. Д.")
    form = f"{address(Agent, 'add')}?_popup=1"
    given = {**read_form(chief.get(form)), "kind": "person", "name": "Trotsky, L."}
    response = chief.post(form, given)
    assert len(said(response)) == 1
    assert again(chief, response, form).status_code == 200
    assert Agent.objects.count() == 2
