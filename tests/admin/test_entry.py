"""Entry as people write: what is typed is read, shown, put in, and never lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from catalogue.admin.entry import folios
from catalogue.admin.entry.names import Parts, read_name
from catalogue.models import Agent, Document, Repository, Unit, Witness
from tests.admin.forms import errors, messages, page, read_form
from tests.builders import build

ANSWERS = ("read_date", "read_folios", "compose_reference", "read_name")
CLAUSES = {Unit: "ISAD(G) ", Agent: "ISAAR(CPF) ", Repository: "ISDIAH "}
# Fields that are of no standard's description: publication, staff, what the form itself asks.
OWN = {"state", "embargo_until", "change_reason", "processing_note", "appraisal_note"}
OWN |= {"personal_data_note"}


# --- Answers while typing ---


def test_a_date_is_answered_in_words_and_edtf(archivist_client: Client) -> None:
    answer = archivist_client.get(reverse("admin:read_date"), {"text": "8 окт. 1923 г."}).json()
    assert answer["said"] == "Read as 8 October 1923 (1923-10-08)."
    assert answer["fill"] == {"date": "1923-10-08", "calendar": ""}


def test_a_date_that_may_be_two_is_offered_as_both(archivist_client: Client) -> None:
    answer = archivist_client.get(reverse("admin:read_date"), {"text": "03/04/1923"}).json()
    assert answer["fill"]["date"] == ""
    assert [choice["fill"]["date"] for choice in answer["choices"]] == ["1923-04-03", "1923-03-04"]


def test_edtf_is_answered_in_words(archivist_client: Client) -> None:
    answer = archivist_client.get(reverse("admin:read_date"), {"edtf": "1922-23"}).json()
    assert answer["said"] == "That is: autumn 1922."


def test_folios_are_shown_back_as_read(archivist_client: Client) -> None:
    ask = reverse("admin:read_folios")
    said = archivist_client.get(ask, {"text": "53–68; 70 об."}).json()["said"]
    assert said == "Read as: 53–68, 70v."
    wrong = archivist_client.get(ask, {"text": "53–68; x"}).json()
    assert wrong["wrong"]
    assert "character 8" in wrong["said"]


def test_a_reference_is_composed_before_it_is_saved(archivist_client: Client) -> None:
    repository = build(Repository, code="rgaspi")
    fond = build(Unit, repository=repository, level="fonds", segment="17")
    opis = build(Unit, parent=fond, level="series", segment="2")
    asked = {"parent": str(opis.pk), "level": "file", "segment": "685"}
    ask = reverse("admin:compose_reference")
    said = archivist_client.get(ask, asked).json()["said"]
    assert said == "It will stand as: rgaspi: f. 17, op. 2, d. 685"
    given = archivist_client.get(ask, {**asked, "reference_given": "Ф. 17"}).json()["said"]
    assert given == "It will stand as: rgaspi: Ф. 17"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Trotsky, Leon", Parts("Trotsky", "Leon", "", "Latn", "")),
        ("Троцкий Л. Д.", Parts("Троцкий", "Л. Д.", "", "Cyrl", "")),
        ("Л.Д. Троцкий", Parts("Троцкий", "Л. Д.", "", "Cyrl", "")),
        ("Лев Давидович Троцкий", Parts("Троцкий", "Лев Давидович", "Давидович", "Cyrl", "")),
        ("Рыков, Алексей", Parts("Рыков", "Алексей", "", "Cyrl", "ru")),
        ("Грушевський М. С.", Parts("Грушевський", "М. С.", "", "Cyrl", "")),
        ("Leon Trotsky", Parts(script="Latn")),
        ("Троцкий (Trotsky)", Parts()),
        ("", Parts()),
    ],
)
def test_names_are_parted_only_where_their_form_says_so(text: str, parts: Parts) -> None:
    assert read_name(text) == parts


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_for_staff_and_only_read(
    name: str, client: Client, archivist_client: Client
) -> None:
    assert client.get(reverse(f"admin:{name}")).status_code == 302
    assert archivist_client.post(reverse(f"admin:{name}")).status_code == 405


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_bear_anything(name: str, archivist_client: Client) -> None:
    address = reverse(f"admin:{name}")
    for hostile in ("\0", "\ud800", "1" * 60_000, "[" * 1500, "-" * 1500, "9" * 1400, "е" * 1500):
        sent = {"text": hostile, "edtf": hostile, "parent": hostile, "segment": hostile}
        for fields in (sent, {"text": hostile}):
            query = {key: value.encode("utf-8", "surrogatepass") for key, value in fields.items()}
            assert archivist_client.get(address, query).status_code in (200, 400)


# --- Saving, with and without scripts ---


def _add(client: Client, model: str, **fields: object) -> tuple[object, dict[str, list[str]]]:
    address = reverse(f"admin:catalogue_{model}_add")
    form = read_form(client.get(address))
    form.update({name: [str(value)] for name, value in fields.items()})
    return client.post(address, form, follow=True), form


def test_a_certain_date_is_put_in_by_the_form_and_said(archivist_client: Client) -> None:
    response, _ = _add(
        archivist_client, "document", title="A", date_written="8 октября 1917 г. ст. ст."
    )
    saved = Document.objects.get()
    assert (saved.date, saved.calendar) == ("1917-10-21", "julian")
    assert any("read for you" in message for message in messages(response))


def test_an_uncertain_date_is_left_and_said(archivist_client: Client) -> None:
    response, _ = _add(archivist_client, "document", title="A", date_written="03/04/1923")
    assert Document.objects.get().date == ""
    assert any("3 April 1923" in message for message in messages(response))


@pytest.mark.parametrize("own", [{"date": "1924"}, {"date_left_empty": "1"}])
def test_what_the_archivist_decided_about_the_date_stands(
    own: dict[str, str], archivist_client: Client
) -> None:
    _add(archivist_client, "document", title="A", date_written="1923", **own)
    assert Document.objects.get().date == own.get("date", "")


def test_one_line_of_folios_makes_and_changes_the_rows(archivist_client: Client) -> None:
    document = build(Document)
    fields = {"document": document.pk, "label": "copy", "witness_kind": "typed_copy"}
    _add(archivist_client, "witness", folios_written="53–68; 70 об.", **fields)
    witness = Witness.objects.get()
    kept = witness.folio_ranges.get(first="53")
    address = reverse("admin:catalogue_witness_change", args=[witness.pk])
    form = read_form(archivist_client.get(address))
    assert form["folios_written"] == ["53–68, 70v"]
    form["folios_written"] = ["53-68, 71"]
    archivist_client.post(address, form)
    assert [str(row) for row in witness.folio_ranges.all()] == ["53–68", "71"]
    assert witness.folio_ranges.filter(pk=kept.pk).exists()
    assert kept.history.count() == 1


def test_wrong_folios_come_back_with_the_place_and_all_else(archivist_client: Client) -> None:
    response, _ = _add(archivist_client, "witness", label="copy", folios_written="53–68; x")
    assert any("character 8" in error for error in errors(response))
    assert read_form(response)["folios_written"] == ["53–68; x"]
    assert read_form(response)["label"] == ["copy"]


def test_a_line_of_folios_has_a_limit() -> None:
    with pytest.raises(Exception, match="stretches"):
        folios.read_line(",".join(map(str, range(1, folios.MOST_RANGES + 2))))


# --- Nothing typed is lost ---


def test_a_form_sent_after_the_session_has_ended_is_shown_to_be_copied(
    archivist_client: Client,
) -> None:
    form = read_form(archivist_client.get(reverse("admin:catalogue_claim_add")))
    form["value"] = ["Nur <b>hier</b>\nund da"]
    form["evidence-0-locator"] = ["p. 165"]
    archivist_client.logout()
    response = archivist_client.post(reverse("admin:catalogue_claim_add"), form)
    assert response.status_code == 403
    shown = page(response).select(".kept-page p:has(textarea)")
    texts = {field.select("label")[0].text: field.select("textarea")[0].text for field in shown}
    assert texts["Value"].strip() == "Nur <b>hier</b>\nund da"
    assert texts["Evidence 1: locator"].strip() == "p. 165"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_form_with_a_stale_token_is_shown_to_be_copied(archivist: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(archivist)
    address = reverse("admin:catalogue_document_add")
    sent = {"title": "Long typed", "csrfmiddlewaretoken": "x" * 64}
    response = client.post(address, sent)
    assert response.status_code == 403
    assert "Long typed" in page(response).text
    foreign = client.post(address, sent, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert "Long typed" not in page(foreign).text


def test_a_page_says_for_whom_it_keeps_what_is_typed(archivist_client: Client) -> None:
    shown = page(archivist_client.get(reverse("admin:catalogue_document_add")))
    assert len(shown.select('meta[name="kept-for"][content]')) == 1
    assert shown.select_one("template#kept-texts")
    assert not shown.select("#content-main form template")


# --- Help ---


def _forms(request: HttpRequest) -> list[tuple[Any, Any]]:
    """The fields of every form of the administration of the catalogue, rows included."""
    found: list[tuple[Any, Any]] = []
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label != "catalogue" or not model_admin.has_add_permission(request):
            continue  # what nobody types: acts, tombstones, the list of all statements
        found.append((model, model_admin.get_form(request).base_fields))
        for inline in model_admin.get_inline_instances(request):
            found.append((inline.model, inline.get_formset(request).form.base_fields))
    return found


def test_no_field_is_without_help(superuser: User) -> None:
    request = RequestFactory().get("/")
    request.user = superuser
    forms = _forms(request)
    missing = {
        f"{model.__name__}.{name}"
        for model, fields in forms
        for name, field in fields.items()
        if not field.help_text and not field.widget.is_hidden
    }
    assert len(forms) > 40
    assert not missing


def test_descriptive_fields_name_the_rule(superuser: User) -> None:
    request = RequestFactory().get("/")
    request.user = superuser
    for model, fields in _forms(request):
        if model in CLAUSES:
            for name, field in fields.items():
                text = str(field.help_text)
                assert name in OWN or re.search(rf"{re.escape(CLAUSES[model])}\d", text), name


def test_help_is_one_line(archivist_client: Client) -> None:
    shown = BeautifulSoup(
        archivist_client.get(reverse("admin:catalogue_unit_add")).content, "html.parser"
    )
    lines = [help.text.strip() for help in shown.select(".help")]
    assert len(lines) > 30
    assert [line for line in lines if len(line) > 100] == [
        line for line in lines if "history of the record" in line
    ]
