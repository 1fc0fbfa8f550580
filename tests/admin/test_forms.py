"""What single forms do beyond the rest."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalogue.models import (
    Agent,
    AgentName,
    Claim,
    Document,
    Evidence,
    FolioImage,
    Publication,
    Question,
    Relation,
    Statement,
    Unit,
    Witness,
)
from tests.admin.forms import errors, page, read_form
from tests.admin.test_registry import address
from tests.builders import build, png


def add(client: Client, model: type[Any], query: str = "", **values: Any) -> Any:
    form = address(model, "add") + query
    sent = read_form(client.get(form))
    return client.post(form, {**sent, **values})


def linked(response: Any, selector: str) -> set[str]:
    return {str(link["href"]) for link in page(response).select(selector)}


def test_a_record_lists_its_statements_and_offers_to_add_one(chief: Client) -> None:
    document = build(Document)
    claim = build(Claim, document=document)
    relation = build(Relation, target_document=document)
    links = linked(chief.get(address(Document, "change", document.pk)), ".panel a")
    assert address(Claim, "change", claim.pk) in links
    assert address(Relation, "change", relation.pk) in links
    assert address(Claim, "add") + f"?document={document.pk}" in links
    assert address(Relation, "add") + f"?target_document={document.pk}" in links


def test_a_statement_added_from_a_record_leads_back_to_it(chief: Client) -> None:
    document, source = build(Document), build(Publication)
    evidence = {"evidence-0-publication": source.pk, "evidence-0-locator": "p. 165"}
    response = add(
        chief,
        Claim,
        f"?document={document.pk}",
        claim_property="published_in_full",
        mode="denied",
        **evidence,
    )
    assert response.status_code == 302, errors(response)
    assert response["Location"] == address(Document, "change", document.pk)
    claim = Claim.objects.get()
    assert (claim.document, claim.evidence.get().locator) == (document, "p. 165")


def test_a_statement_names_the_records_that_it_speaks_of(chief: Client) -> None:
    document = build(Document)
    claim = build(Claim, document=document)
    links = linked(chief.get(address(Claim, "change", claim.pk)), ".about a")
    assert links == {address(Document, "change", document.pk)}


def test_a_question_shows_its_sides(chief: Client) -> None:
    question = build(Question)
    sides = [build(Claim, question=question), build(Relation, question=question)]
    links = linked(chief.get(address(Question, "change", question.pk)), ".panel a")
    assert {address(type(side), "change", side.pk) for side in sides} < links


def test_the_list_of_all_statements_leads_to_each_kind(chief: Client) -> None:
    claim = build(Claim)
    for name in ("change", "history", "delete"):
        response = chief.get(address(Statement, name, claim.pk))
        assert response["Location"] == address(Claim, name, claim.pk)
    former = chief.get(address(Statement, "simple_history", claim.pk, 1))
    assert former["Location"] == address(Claim, "history", claim.pk)
    assert chief.get(address(Statement, "change", "abc")).status_code == 404


def test_statements_without_evidence_are_found(chief: Client) -> None:
    build(Evidence, statement=build(Claim))
    bare = build(Claim)
    response = chief.get(address(Statement, "changelist"), {"evidence": "none"})
    assert [row.pk for row in response.context["cl"].result_list] == [bare.pk]


def test_a_statement_is_superseded_by_one_of_its_own_kind(chief: Client) -> None:
    claim = build(Claim)
    build(Relation)
    asked = {"app_label": "catalogue", "model_name": "claim", "field_name": "superseded_by"}
    results = chief.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [found["id"] for found in results] == [str(claim.pk)]


def test_units_are_suggested_under_their_composed_reference(chief: Client) -> None:
    fonds = build(Unit, segment="17")
    series = build(Unit, parent=fonds, repository=fonds.repository, level="series", segment="2")
    build(
        Unit, parent=series, repository=fonds.repository, level="file", segment="685", title="File"
    )
    asked = {"app_label": "catalogue", "model_name": "witness", "field_name": "unit"}
    found = chief.get(reverse("admin:autocomplete"), {**asked, "term": "685"}).json()["results"]
    assert found[0]["text"] == f"{fonds.repository.code}: f. 17, op. 2, d. 685 – File"


def test_a_unit_takes_the_repository_of_its_parent(chief: Client) -> None:
    above = build(Unit)
    response = add(chief, Unit, parent=above.pk, repository="", title="Below", level="file")
    assert response.status_code == 302, errors(response)
    assert Unit.objects.get(title="Below").repository == above.repository


def test_a_unit_at_the_top_has_to_name_its_repository(chief: Client) -> None:
    response = add(chief, Unit, title="Top", level="fonds")
    assert errors(response) == ["Name the repository, or the parent."]


def test_an_image_is_stored_with_its_name_its_digest_and_its_place(chief: Client) -> None:
    unit = build(Unit)
    build(FolioImage, unit=unit, position=4)
    upload = SimpleUploadedFile("Лист 53.png", png())
    response = add(chief, FolioImage, unit=unit.pk, first="53", image=upload)
    assert response.status_code == 302, errors(response)
    image = FolioImage.objects.latest("pk")
    assert (image.original_name, image.position) == ("Лист 53.png", 5)
    assert image.digest == hashlib.sha256(png()).hexdigest()
    served = chief.get(address(FolioImage, "file", image.pk))
    assert b"".join(served) == png()
    assert "sandbox" in served["Content-Security-Policy"]


def test_what_is_no_image_is_an_error_of_the_form(chief: Client) -> None:
    for name, content in (("scan.png", b"<svg/>"), ("scan.gif", png()), ("scan.jpg", png())):
        upload = SimpleUploadedFile(name, content)
        response = add(chief, FolioImage, unit=build(Unit).pk, first="1", image=upload)
        assert response.status_code == 200
        assert errors(response), name
    assert not FolioImage.objects.exists()


def test_an_image_whose_file_is_gone_can_still_be_described(chief: Client) -> None:
    image = build(FolioImage)
    image.image.storage.delete(str(image.image.name))
    form = address(FolioImage, "change", image.pk)
    response = chief.post(form, {**read_form(chief.get(form)), "credit": "Archive"})
    assert response.status_code == 302, errors(response)
    assert chief.get(address(FolioImage, "file", image.pk)).status_code == 404


def test_a_name_that_is_superseded_has_to_say_by_what(chief: Client) -> None:
    name = build(AgentName)
    form = address(Agent, "change", name.agent.pk)
    response = chief.post(form, {**read_form(chief.get(form)), "names-0-standing": "superseded"})
    assert response.status_code == 200
    assert errors(response) == [
        "What is superseded names the statement that supersedes it, and nothing else names one."
    ]


def test_pages_speak_the_reader_s_language(chief: Client) -> None:
    response = chief.get(address(Document, "changelist"), headers={"Accept-Language": "ru"})
    assert 'lang="ru"' in response.content.decode()
    assert "Выберите" in response.content.decode()


def test_who_may_only_look_is_asked_for_no_reason(archivist: Any, archivist_client: Client) -> None:
    archivist.user_permissions.set(archivist.user_permissions.filter(codename__startswith="view_"))
    witness = build(Witness)
    response = archivist_client.get(address(Witness, "change", witness.pk))
    assert response.status_code == 200
    assert page(response).find("input", attrs={"name": "change_reason"}) is None
