"""What the database refuses comes back in words, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from catalogue.admin import refusals
from catalogue.models import (
    Agent,
    AgentName,
    Claim,
    Contribution,
    Derivation,
    Document,
    Evidence,
    Publication,
    Question,
    Repository,
    Term,
    Tombstone,
    Unit,
    UnitReference,
    Witness,
)
from tests.admin.forms import errors, messages, page, read_form
from tests.admin.test_registry import address
from tests.builders import build


def change(client: Client, record: Any, **values: Any) -> Any:
    form = address(type(record), "change", record.pk)
    return client.post(form, {**read_form(client.get(form)), **values})


def test_a_unit_cannot_stand_under_itself(chief: Client) -> None:
    above = build(Unit, title="Above")
    below = build(Unit, parent=above, level="series")
    response = change(chief, above, parent=below.pk, title="Typed meanwhile")
    assert errors(response) == ["A unit cannot stand under itself."]
    assert "Typed meanwhile" in response.content.decode()


def test_a_circle_that_only_the_database_sees_is_an_error_of_the_form(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As when somebody else has closed the circle since the form was checked.
    monkeypatch.setattr(Term, "clean", lambda term: None)
    broad = build(Term, label="Broad")
    narrow = build(Term, label="Narrow", broader=broad)
    response = change(chief, broad, broader=narrow.pk, scope="Typed meanwhile")
    assert errors(response) == ["A record cannot stand under itself."]
    assert "Typed meanwhile" in response.content.decode()


def test_preferred_derivations_form_no_circle(chief: Client) -> None:
    first, second = build(Witness), build(Witness)
    given = {"derivation_kind": "copied", "standing": "preferred"}
    build(Derivation, derived=second, base=first, **given)
    other = build(Derivation, derived=first, base=second, derivation_kind="copied")
    response = change(chief, other, standing="preferred")
    assert errors(response) == ["This would close a circle among the preferred derivations."]


def test_a_denied_claim_has_no_preferred_value(chief: Client) -> None:
    claim = build(Claim, mode="denied", value="in full")
    assert errors(change(chief, claim, standing="preferred")) == [
        "A claim that is denied or not found has no value that stands as preferred."
    ]


def test_a_witness_is_not_in_a_unit_and_in_a_publication(chief: Client) -> None:
    witness = build(Witness, unit=build(Unit))
    assert errors(change(chief, witness, publication=build(Publication).pk)) == [
        "A witness is in a unit or in a publication, not in both."
    ]


def test_what_a_statement_is_about_is_named_once(chief: Client) -> None:
    claim = build(Claim)
    assert errors(change(chief, claim, agent=build(Agent).pk)) == [
        "Name exactly one record that this is about."
    ]
    assert errors(change(chief, claim, document="")) == [
        "Name exactly one record that this is about."
    ]


def test_two_sources_are_two_pieces_of_evidence(chief: Client) -> None:
    evidence = build(Evidence, publication=build(Publication))
    row = {"evidence-0-document": build(Document).pk}
    claim = Claim.objects.get(pk=evidence.statement_id)
    assert errors(change(chief, claim, **row)) == [
        "Name one source only; for another one add more evidence."
    ]


def test_every_constraint_has_words() -> None:
    for constraint in refusals.constraints():
        assert str(constraint.name) not in refusals.words_of(constraint)


def test_codes_of_repositories_that_differ_in_case_are_one_code(chief: Client) -> None:
    build(Repository, code="rgaspi")
    assert errors(change(chief, build(Repository), code="RGASPI")) == [
        "Repository with this Code already exists."
    ]


def test_somebody_who_was_quicker_is_an_error_of_the_form(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form is valid; the row that contradicts it is there a moment later."""

    def refuse(*arguments: Any, **kwargs: Any) -> None:
        raise IntegrityError("UNIQUE constraint failed: catalogue_document.identifier")

    document = build(Document, title="Letter")
    monkeypatch.setattr(Document, "save", refuse)
    response = change(chief, document, title="Typed meanwhile")
    assert response.status_code == 200
    assert errors(response) == [refusals.in_words(IntegrityError("UNIQUE constraint failed"))]
    assert "Typed meanwhile" in response.content.decode()


def test_a_prefilled_link_cannot_break_the_form(chief: Client) -> None:
    for value in ("abc", "-1", "9" * 30, "1,2"):
        assert chief.get(address(Claim, "add"), {"document": value}).status_code == 200


def test_a_deletion_is_refused_with_links_to_what_refers(chief: Client) -> None:
    agent = build(Agent, name="Author")
    contribution = build(Contribution, contributor=agent)
    response = chief.post(address(Agent, "delete", agent.pk), {"post": "yes"})
    assert Agent.objects.filter(pk=agent.pk).exists()
    links = [link["href"] for link in page(response).select("#obstacles a")]
    assert links == [address(Contribution, "change", contribution.pk)]


def test_a_deletion_from_the_list_is_refused_alike(chief: Client) -> None:
    question = build(Question)
    claim = build(Claim, question=question)
    chosen = {"action": "delete_selected", "_selected_action": [question.pk], "post": "yes"}
    response = chief.post(address(Question, "changelist"), chosen)
    assert Question.objects.filter(pk=question.pk).exists()
    links = [link["href"] for link in page(response).select("#obstacles a")]
    assert links == [address(Claim, "change", claim.pk)]


def test_a_row_of_a_form_that_is_referred_to_is_not_deleted(chief: Client) -> None:
    name = build(AgentName, agent=build(Agent, kind="corporate"))
    build(UnitReference, repository_name=name)
    response = change(chief, name.agent, **{"names-0-DELETE": "on"})
    assert response.status_code == 200
    assert AgentName.objects.filter(pk=name.pk).exists()
    assert any("would require deleting" in error for error in errors(response))


def test_deleting_what_was_public_leaves_a_tombstone_and_the_reason(chief: Client) -> None:
    for record in (build(Document), build(Claim)):
        place = address(type(record), "delete", record.pk)
        sent = {**read_form(chief.get(place)), "change_reason": "Entered twice"}
        assert chief.post(place, sent).status_code == 302
        assert Tombstone.objects.filter(identifier=record.identifier).exists()
        latest = type(record).history.filter(identifier=record.identifier).latest()
        assert (latest.history_type, latest.history_change_reason) == ("-", "Entered twice")


def test_deleting_many_leaves_as_many_tombstones(chief: Client) -> None:
    records = [build(Claim), build(Claim), build(Claim, state="draft")]
    chosen = {
        "action": "delete_selected",
        "_selected_action": [record.pk for record in records],
        "post": "yes",
        "change_reason": "A test import",
    }
    response = chief.post(address(Claim, "changelist"), chosen, follow=True)
    assert messages(response) == ["Successfully deleted 3 claims."]
    assert Tombstone.objects.count() == 2
    assert Claim.history.filter(history_change_reason="A test import").count() == 3


def test_very_many_obstacles_are_counted(chief: Client) -> None:
    above = build(Unit)
    for _ in range(103):
        build(Unit, parent=above, level="file", repository=above.repository)
    response = chief.get(address(Unit, "delete", above.pk))
    assert len(page(response).select("#obstacles > li")) == 101
    assert "… and 3 more" in response.content.decode()
