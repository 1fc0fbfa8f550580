"""Two records become one: nothing is lost, and it can be taken back to the last column."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from catalogue.acts.carrying import Reference, references
from catalogue.acts.merging import MERGEABLE, merge, refusals, rehearse
from catalogue.acts.undoing import EditedSince, undo
from catalogue.models import (
    AccessPoint,
    Act,
    Agent,
    AgentName,
    AgentRelation,
    Contribution,
    Document,
    Evidence,
    Part,
    Publication,
    Relation,
    Repository,
    Term,
    TermLabel,
    Title,
    Tombstone,
    Unit,
    Witness,
)
from tests.acts.state import stored
from tests.builders import build

pytestmark = pytest.mark.django_db

PAIRS: dict[Any, dict[str, Any]] = {
    Agent: {"kind": "corporate"},
    Publication: {},
    Term: {"kind": "genre"},
    Document: {},
}
REFERENCES = [
    pytest.param(model, reference, id=f"{reference.model.__name__}.{reference.field.name}")
    for model in MERGEABLE
    for reference in references(model)
]


@pytest.fixture
def user() -> User:
    return User.objects.create_user("merger")


def referring(reference: Reference, record: Any) -> Any:
    """A row that refers to a record by one column."""
    if reference.field.many_to_many:
        row = build(reference.model)
        getattr(row, reference.field.name).add(record)
        return row
    return build(reference.model, **{reference.field.name: record})


@pytest.mark.parametrize(("model", "reference"), REFERENCES)
def test_every_relation_of_every_kind_is_carried_over_and_taken_back(
    model: Any, reference: Reference, user: User
) -> None:
    keep, other = build(model, **PAIRS[model]), build(model, **PAIRS[model])
    row = referring(reference, other)
    before = stored()
    act = merge(keep, other, {}, user)
    assert reference.rows(keep).filter(pk=row.pk).exists()
    assert not model.objects.filter(pk=other.pk).exists()
    undo(act, user)
    assert stored() == before


def test_relations_hidden_from_the_record_are_found_as_well() -> None:
    found = {(reference.model, reference.field.name) for reference in references(Term)}
    assert (Repository, "place") in found  # its related_name is "+"
    names = {(reference.model, reference.field.name) for reference in references(AgentName)}
    assert {(Evidence, "statement"), (AgentRelation, "superseded_by")} <= names
    parts = {(reference.model, reference.field.name) for reference in references(Part)}
    assert (Witness, "parts") in parts


def test_rows_that_agree_are_united_with_their_evidence(user: User) -> None:
    keep, other = build(Agent, name="Троцкий"), build(Agent, name="Trotsky")
    name = build(AgentName, agent=keep, form="Trotsky, Leon", language="en")
    twin = build(AgentName, agent=other, form="Trotsky, Leon", language="en")
    evidence = build(Evidence, statement=twin)
    term = build(Term)
    for agent in (keep, other):
        build(AccessPoint, term=term, agent=agent)
    before = stored()
    act = merge(keep, other, {}, user)
    assert list(name.evidence.all()) == [evidence]
    assert keep.access_points.count() == 1
    assert {row.form for row in keep.names.all()} == {"Trotsky, Leon", "Trotsky"}
    assert Tombstone.objects.get(identifier=twin.identifier).replaced_by == name.identifier
    undo(act, user)
    made = Tombstone.objects.get(kind="agentname")  # the form made of the merged heading
    after = stored()
    del after["tombstone"][made.identifier]
    assert after == before


def test_headings_survive_as_further_names_titles_and_labels(user: User) -> None:
    agents = build(Agent, name="Троцкий"), build(Agent, name="Trotsky")
    documents = build(Document, title="Письмо"), build(Document, title="Letter")
    terms = build(Term, label="letter"), build(Term, label="epistle")
    merge(*agents, {"name": "other"}, user)
    merge(*documents, {}, user)
    merge(*terms, {}, user)
    kept = Agent.objects.get(pk=agents[0].pk)
    assert (kept.name, [name.form for name in kept.names.all()]) == ("Trotsky", ["Троцкий"])
    assert Title.objects.get(document=documents[0]).title == "Letter"
    assert TermLabel.objects.get(term=terms[0]).label == "epistle"


def test_fields_are_filled_from_the_other_unless_somebody_chooses(user: User) -> None:
    keep = build(Agent, places="Москва", functions="Writer", date="1879/1940")
    other = build(Agent, places="Paris", functions="Orator", mandates="Narkom")
    merge(keep, other, {"places": "both", "functions": "other"}, user)
    keep.refresh_from_db()
    assert keep.places == "Москва\n\nParis"
    assert (keep.functions, keep.mandates, keep.date) == ("Orator", "Narkom", "1879/1940")


def test_that_they_were_perhaps_the_same_is_dropped_and_any_other_relation_refuses(
    user: User,
) -> None:
    keep, other = build(Agent), build(Agent)
    build(AgentRelation, source=keep, target=other, relation_kind="same_as")
    build(Relation, source_agent=other, target_agent=keep, relation_kind="same_as")
    before = stored()
    act = merge(keep, other, {}, user)
    assert not AgentRelation.objects.exists()
    assert not Relation.objects.exists()
    undo(act, user)
    assert stored() == before
    build(AgentRelation, source=keep, target=other, relation_kind="successor_of")
    before = stored()
    with pytest.raises(ValidationError, match="is successor of"):
        rehearse(keep, other, {}, user)
    with pytest.raises(ValidationError, match="is successor of"):
        merge(keep, other, {}, user)
    assert stored() == before
    assert Act.objects.count() == 1


def test_what_cannot_be_merged_is_refused_by_name() -> None:
    serial = build(Publication, kind="serial")
    issue = build(Publication, parent=serial, kind="issue")
    houses = [build(Agent, kind="corporate"), build(Agent, kind="corporate")]
    for house in houses:
        build(Repository, agent=house)
    assert "One of them stands under the other." in refusals(serial, issue)
    assert "One of them stands under the other." in refusals(issue, serial)
    assert "Both are repositories, and an agent can be only one." in refusals(*houses)
    assert refusals(build(Term, kind="genre"), build(Term, kind="place"))
    assert refusals(serial, serial)
    assert refusals(build(Unit), build(Unit))


def test_parts_of_the_same_number_are_united_if_they_agree(user: User) -> None:
    keep, other = build(Document), build(Document)
    mine = build(Part, document=keep, number=1, heading="О ценах")
    theirs = build(Part, document=other, number=1, heading="О ценах", summary="Prices")
    copy = build(Witness, document=other, parts=[theirs])
    before = stored()
    act = merge(keep, other, {}, user)
    mine.refresh_from_db()
    assert mine.summary == "Prices"
    assert list(copy.parts.all()) == [mine]
    undo(act, user)
    assert stored() == before
    build(Part, document=keep, number=2, heading="О хлебе")
    build(Part, document=other, number=2, heading="О мире")
    with pytest.raises(ValidationError, match="section 2"):
        merge(keep, other, {}, user)


def test_addresses_lead_along_a_chain_of_mergers(user: User, client: Client) -> None:
    first, second, third = (build(Agent, name=name) for name in "ABC")
    merge(second, first, {}, user)
    act = merge(third, second, {}, user)
    for gone in (first, second):
        answer = client.get(f"/en/agents/{gone.identifier}/")
        assert answer.status_code == 301, answer
        assert third.identifier in answer["Location"]
    undo(act, user)
    assert second.identifier in client.get(f"/en/agents/{first.identifier}/")["Location"]
    assert client.get(f"/en/agents/{second.identifier}/").status_code == 200


def test_a_draft_leaves_no_trace_for_the_public(user: User) -> None:
    keep, other = build(Agent), build(Agent, state="draft")
    merge(keep, other, {}, user)
    assert not Tombstone.objects.filter(identifier=other.identifier).exists()


def test_what_was_edited_after_the_act_stands_in_the_way(user: User) -> None:
    keep, other = build(Agent), build(Agent)
    row = build(Contribution, contributor=other)
    act = merge(keep, other, {}, user)
    row.refresh_from_db()
    row.position = 7
    row._history_user = User.objects.create_user("colleague")  # type: ignore[attr-defined]  # how simple-history is told
    row.save()
    before = stored()
    with pytest.raises(EditedSince) as refused:
        undo(act, user)
    assert [(found.model, found.who) for found in refused.value.records] == [
        (Contribution, "colleague")
    ]
    assert stored() == before
