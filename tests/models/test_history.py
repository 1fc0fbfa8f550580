"""History from the first day: who, when and why; and nothing takes it away."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from catalogue.models import Act, Agent, AgentName, Claim, Document, Part, Witness

pytestmark = pytest.mark.django_db

NOT_EDITED = {"account", "act", "distinction", "statement", "tombstone"}


def editable_models() -> list[Any]:
    return [
        model
        for model in apps.get_app_config("catalogue").get_models()
        if "historical" not in (name := model._meta.model_name or "")
        and name not in NOT_EDITED
        and not model._meta.auto_created
    ]


@pytest.mark.parametrize("model", editable_models(), ids=lambda model: model.__name__)
def test_every_editable_record_keeps_its_history(model: Any) -> None:
    assert model.history.model._meta.get_field("history_user_name")


def test_a_change_is_kept_with_who_when_and_why() -> None:
    user = User.objects.create_user("cataloguer")
    document = Document(title="Letter")
    document._history_user = user  # type: ignore[attr-defined]  # how simple-history is told
    document.save()
    document.title = "Letter of 8 October"
    document._change_reason = "the date is printed under the heading"  # type: ignore[attr-defined]  # as above
    document.save()
    last, first = document.history.all()
    assert (first.title, last.title) == ("Letter", "Letter of 8 October")
    assert last.history_user_name == "cataloguer"
    assert last.history_change_reason == "the date is printed under the heading"
    assert first.history_date < last.history_date


def test_deleting_a_user_keeps_the_history_and_the_name() -> None:
    user = User.objects.create_user("cataloguer")
    document = Document(title="Letter")
    document._history_user = user  # type: ignore[attr-defined]  # how simple-history is told
    document.save()
    user.delete()
    row = document.history.get()
    assert row.history_user is None
    assert row.history_user_name == "cataloguer"


def test_changes_within_an_act_name_it() -> None:
    act = Act.objects.create(kind="edit", user=User.objects.create_user("cataloguer"))
    document = Document.objects.create(title="Letter")
    with act.recording():
        document.title = "Letter of 8 October"
        document.save()
    document.save()
    assert [row.history_act for row in document.history.all()] == [None, act, None]
    assert act.user_name == "cataloguer"


def test_deleting_a_record_keeps_its_history() -> None:
    document = Document.objects.create(title="Letter")
    key = document.pk
    document.delete()
    assert [row.history_type for row in Document.history.filter(id=key)] == ["-", "+"]


def test_a_statement_keeps_the_note_of_its_root_in_its_history() -> None:
    document = Document.objects.create(title="Letter")
    claim = Claim.objects.create(document=document, claim_property="pages", note="first")
    claim.note = "second"
    claim.save()
    assert [row.note for row in claim.history.all()] == ["second", "first"]


def test_the_parts_that_a_witness_covers_are_in_its_history() -> None:
    document = Document.objects.create(title="Letter")
    part = Part.objects.create(document=document, number=11)
    witness = Witness.objects.create(document=document, label="Eastman", witness_kind="printed")
    witness.parts.add(part)
    assert [row.part for row in witness.history.first().parts.all()] == [part]


def test_a_name_can_be_read_as_it_was() -> None:
    agent = Agent.objects.create(kind="person", name="Piatakov")
    name = AgentName.objects.create(agent=agent, form="I.L. Piatakov", language="fr")
    before = name.history.latest().history_date
    name.form = "G.L. Piatakov"
    name.save()
    assert name.history.as_of(before).form == "I.L. Piatakov"
