"""One gate: the stored day agrees with a fresh computation, whatever happens."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalogue.models import (
    Agent,
    AgentName,
    Document,
    Evidence,
    Part,
    Publication,
    Relation,
    Repository,
    Tombstone,
    Unit,
    Witness,
)
from catalogue.models.visibility import STAFF_ONLY, Publishable, State, today

PUBLISHED = State.PUBLISHED


def fresh(record: Publishable) -> datetime.date | None:
    """What the stored day should be, by walking up the gates."""
    days = [record.own_public_from()]
    days += [fresh(gate) for name in record.gates if (gate := getattr(record, name)) is not None]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def make_house() -> list[Publishable]:
    """One record of each kind that stands under another, all of them published."""
    agent = Agent.objects.create(kind="corporate", name="РГАСПИ", state=PUBLISHED)
    repository = Repository.objects.create(agent=agent, code="rgaspi", state=PUBLISHED)
    unit: dict[str, Any] = {"repository": repository, "title": "Дело", "state": PUBLISHED}
    fond = Unit.objects.create(level="fonds", **unit)
    opis = Unit.objects.create(level="series", parent=fond, **unit)
    delo = Unit.objects.create(level="file", parent=opis, **unit)
    other = Unit.objects.create(level="fonds", **unit)
    document = Document.objects.create(title="Письмо", state=PUBLISHED)
    witness = Witness.objects.create(
        document=document, label="copy", unit=delo, witness_kind="typed_copy", state=PUBLISHED
    )
    section = Part.objects.create(document=document, number=1, state=PUBLISHED)
    note = Part.objects.create(
        document=document, witness=witness, part_kind="note", number=1, state=PUBLISHED
    )
    serial = Publication.objects.create(title="Известия", kind="serial", state=PUBLISHED)
    issue = Publication.objects.create(
        title="Известия", kind="issue", parent=serial, number="5", state=PUBLISHED
    )
    article = Publication.objects.create(
        title="Письмо", kind="article", parent=issue, state=PUBLISHED
    )
    return [
        agent,
        repository,
        fond,
        opis,
        delo,
        other,
        document,
        witness,
        section,
        note,
        serial,
        issue,
        article,
    ]


class TheStoredDay(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 12),
                st.sampled_from(State.values),
                st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1)),
            ),
            max_size=12,
        )
    )
    def test_the_stored_day_is_what_walking_up_the_gates_gives(
        self, changes: list[tuple[int, str, datetime.date | None]]
    ) -> None:
        house = make_house()
        for place, state, embargo in changes:
            record = type(house[place])._base_manager.get(pk=house[place].pk)
            record.state, record.embargo_until = state, embargo
            record.save()
            for row in house:
                row.refresh_from_db()
                now = type(row)._base_manager.get(pk=row.pk)
                assert now.public_from == fresh(now), f"{row!r} after {record!r} {state}"


@pytest.fixture
def house(db: None) -> list[Publishable]:
    return make_house()


@pytest.mark.django_db
def test_an_embargo_ends_on_its_day() -> None:
    document = Document.objects.create(title="A", state=PUBLISHED, embargo_until=today())
    later = Document.objects.create(
        title="B", state=PUBLISHED, embargo_until=today() + datetime.timedelta(days=1)
    )
    assert list(Document.objects.public()) == [document]
    assert not later.is_public


def test_a_draft_ancestor_hides_its_children(house: list[Publishable]) -> None:
    agent = Agent.objects.get()
    agent.state = State.DRAFT
    agent.save()
    assert not Unit.objects.public().exists()
    assert Document.objects.public().exists()


def test_a_statement_is_public_only_if_both_its_ends_are(house: list[Publishable]) -> None:
    letter = Document.objects.get()
    reply = Document.objects.create(title="Ответ", state=PUBLISHED)
    relation = Relation.objects.create(
        source_document=reply,
        target_document=letter,
        relation_kind="replies_to",
        state=PUBLISHED,
    )
    assert list(Relation.objects.public()) == [relation]
    for end in (letter, reply):
        end.withdraw()
        assert not Relation.objects.public().exists()
        assert not Relation.objects.get().is_public
        end.publish()
        assert Relation.objects.public().exists()


def test_a_proposed_statement_is_not_public(house: list[Publishable]) -> None:
    name = AgentName.objects.create(
        agent=Agent.objects.get(), form="ЦПА", language="ru", state=PUBLISHED, standing="proposed"
    )
    assert not AgentName.objects.public().exists()
    assert not name.is_public


def test_evidence_from_a_source_that_is_not_public_shows_nothing(
    house: list[Publishable],
) -> None:
    name = AgentName.objects.create(
        agent=Agent.objects.get(), form="ЦПА", language="ru", state=PUBLISHED
    )
    issue = Publication.objects.get(kind="issue")
    Evidence.objects.create(statement=name, publication=issue)
    assert Evidence.objects.public().count() == 1
    Publication.objects.get(kind="serial").withdraw()
    assert Evidence.objects.public().count() == 0


def test_a_withdrawn_record_leaves_a_tombstone_and_takes_it_back(
    house: list[Publishable],
) -> None:
    document = Document.objects.get()
    document.withdraw()
    assert Tombstone.objects.get().identifier == document.identifier
    document.publish()
    assert not Tombstone.objects.exists()


def test_a_draft_that_nobody_saw_leaves_no_tombstone(db: None) -> None:
    document = Document.objects.create(title="A")
    document.withdraw()
    document.delete()
    assert not Tombstone.objects.exists()


@pytest.mark.parametrize("at_once", [True, False])
def test_a_deleted_public_record_leaves_a_tombstone(db: None, at_once: bool) -> None:
    document = Document.objects.create(title="A", state=PUBLISHED)
    if at_once:
        Document.objects.all().delete()
    else:
        document.delete()
    assert Tombstone.objects.get().identifier == document.identifier


def test_every_staff_only_field_exists() -> None:
    from django.apps import apps

    for model, names in STAFF_ONLY.items():
        for name in names:
            apps.get_model("catalogue", model)._meta.get_field(name)


def test_every_field_for_staff_is_listed_as_such() -> None:
    from django.apps import apps

    for model in apps.get_app_config("catalogue").get_models():
        listed = {
            name
            for base in [model, *model._meta.get_parent_list()]
            for name in STAFF_ONLY.get(base._meta.model_name or "", ())
        }
        for field in model._meta.get_fields():
            if field.name.startswith("processing_") or "Staff only" in str(
                getattr(field, "help_text", "")
            ):
                assert field.name in listed or "historical" in model.__name__.lower()
