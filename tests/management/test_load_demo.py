"""The demonstration record is loaded once, and belongs to its readers from then on."""

from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from catalogue import links, models
from catalogue.management.demonstration import FixtureError, Loading, identifier_of, read
from catalogue.models import Agent, AgentName, Claim, Document, Evidence, Statement, Tombstone
from catalogue.models.identifier import is_well_formed
from tests.builders import build
from tests.letter.record import ENTRIES

LETTER = "doc-letter-1923-10-08"
SMALL = """
voices:
  somebody: {speaker: p-one, basis: background}
Agent:
  p-one:
    kind: person
    name: One
    names:
      en: {form: One, language: en, evidence: [{voice: somebody}]}
  p-two: {kind: person, name: Two}
AgentRelation:
  one-two: {source: p-one, relation_kind: associate, target: p-two}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    return tmp_path


def load(folder: Path) -> Loading:
    loading = Loading(read(folder), reason="Test")
    loading.run()
    return loading


def rows_of_history() -> Counter[str]:
    kinds: set[Any] = {entry.model for entry in ENTRIES.values()} | {Evidence}
    return Counter({kind.__name__: kind.history.count() for kind in kinds})


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_writes_no_history() -> None:
    first, second, third = StringIO(), StringIO(), StringIO()
    call_command("load_demo", "--if-empty", stdout=first)
    before = rows_of_history()
    assert before["Evidence"] == Evidence.objects.count() > len(ENTRIES) / 2
    call_command("load_demo", stdout=second)
    call_command("load_demo", "--if-empty", stdout=third)
    assert rows_of_history() == before
    assert f"{len(ENTRIES)} records added, 0 left" in first.getvalue()
    assert f"0 records added, {len(ENTRIES)} left" in second.getvalue()
    assert third.getvalue() == ""
    letter = Document.objects.public().get(identifier=identifier_of(LETTER))
    assert links.address(letter) in first.getvalue()
    assert links.address(letter) in second.getvalue()
    changes = Claim.history.values_list("history_change_reason", flat=True)
    assert set(changes) == {"Demonstration record"}


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["Agent", "Document", "Unit"])
def test_a_catalogue_that_holds_something_is_left_alone(model: str) -> None:
    build(getattr(models, model))
    said = StringIO()
    call_command("load_demo", "--if-empty", stdout=said)
    assert not Document.objects.filter(identifier=identifier_of(LETTER)).exists()
    assert said.getvalue() == ""


@pytest.mark.django_db
def test_what_a_person_edited_stays_edited(folder: Path) -> None:
    load(folder)
    agent = Agent.objects.get(identifier=identifier_of("p-one"))
    agent.name = "One, the First"
    agent.save()
    Evidence.objects.all().delete()
    assert load(folder).added == []
    agent.refresh_from_db()
    assert agent.name == "One, the First"
    assert not Evidence.objects.exists()


@pytest.mark.django_db
def test_what_a_person_removed_stays_removed_with_what_refers_to_it(folder: Path) -> None:
    load(folder)
    Statement.objects.get(identifier=identifier_of("one-two")).concrete().delete()
    Agent.objects.get(identifier=identifier_of("p-two")).delete()
    Tombstone.objects.filter(identifier=identifier_of("one-two")).delete()
    assert load(folder).added == []
    assert list(Agent.objects.values_list("name", flat=True)) == ["One"]


@pytest.mark.django_db
def test_what_is_missing_is_added_with_its_evidence(folder: Path) -> None:
    load(folder)
    AgentName.objects.get().delete()
    Tombstone.objects.all().delete()
    assert [entry.key for entry in load(folder).added] == ["p-one/en"]
    evidence = Evidence.objects.get(statement__identifier=identifier_of("p-one/en"))
    assert evidence.speaker == Agent.objects.get(name="One")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        "Agent: {p-one: {kind: person, name: Again}}",
        "Agent: {p-three: {kind: robot, name: Three}}",
        "AgentRelation: {three: {source: p-one, relation_kind: associate, target: p-nobody}}",
        "AgentRelation: {same: {source: p-one, relation_kind: associate, target: p-one}}",
        "Agent: {p-three: {kind: person, name: Three, date: yesterday}}",
    ],
)
def test_files_that_contradict_themselves_load_nothing(folder: Path, wrong: str) -> None:
    (folder / "wrong.yaml").write_text(wrong, "utf-8")
    with pytest.raises(FixtureError):
        load(folder)
    assert not Agent.objects.exists()


def test_identifiers_are_well_formed_distinct_and_for_ever() -> None:
    identifiers = {identifier_of(key) for key in ENTRIES}
    assert len(identifiers) == len(ENTRIES)
    assert all(map(is_well_formed, identifiers))
    assert identifier_of(LETTER) == "2776h5mjm0jww"
