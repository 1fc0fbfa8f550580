"""Fields of many records, changed in one act and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.acts.changing import Outcome, apply, changes, survey
from catalogue.acts.editing import Editing, Step
from catalogue.acts.replacing import Replacing
from catalogue.acts.undoing import undo
from catalogue.models import (
    Act,
    AgentRelation,
    Claim,
    Document,
    Part,
    Question,
    Repository,
    Unit,
    Witness,
)
from tests.acts.state import stored
from tests.builders import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("head")


def carry_out(model: Any, instruction: Any, user: User, reason: str = "Agreed") -> Outcome:
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    found = survey(model, keys, instruction)
    return apply(model, found.changed, instruction, Act(kind="edit", reason=reason), user)


def edit(*steps: tuple[str, str, Any]) -> Editing:
    return Editing(tuple(Step(*step) for step in steps))


def test_every_operation_does_what_it_says(user: User) -> None:
    unit = build(Unit, languages=("ru",), note="Old.", title="Дело", rules="X")
    carry_out(
        Unit,
        edit(
            ("languages", "add", "fr ru"),
            ("note", "after", "New."),
            ("title", "before", "№ 1."),
            ("rules", "clear", ""),
            ("date", "set", "1923-10"),
        ),
        user,
    )
    unit.refresh_from_db()
    assert unit.languages == ("ru", "fr")
    assert (unit.note, unit.title, unit.rules) == ("Old.\n\nNew.", "№ 1.\n\nДело", "")
    assert (unit.folded, unit.date_earliest) == ("no 1 дело", 2423694)


def test_what_follows_from_the_fields_is_as_if_each_had_been_saved(user: User) -> None:
    for number in range(3):
        build(Unit, title=f"Дело {number}", segment=str(number))
        build(Claim, value=f"so it is said {number}")
    for model, steps in (
        (Unit, [("title", "set", "Ёлка"), ("segment", "set", "17"), ("date", "set", "1923~")]),
        (Claim, [("note", "set", "e\u0301"), ("date", "set", "../1990"), ("value", "clear", "")]),
    ):
        carry_out(model, edit(*steps), user)
        after = stored()
        for record in model.objects.all():
            record.save()
        assert stored() == after


def test_an_act_is_in_the_history_and_can_be_taken_back(user: User) -> None:
    for _number in range(3):
        build(Unit, note="Old")
    before = stored()
    outcome = carry_out(Unit, edit(("note", "set", "New")), user)
    assert outcome.act is not None
    for unit in Unit.objects.all():
        row = unit.history.first()
        assert (row.history_act, row.history_user, row.history_user_name) == (
            outcome.act,
            user,
            "head",
        )
        assert (row.note, row.history_change_reason) == ("New", "Agreed")
    undo(outcome.act, user)
    assert stored() == before
    assert [row.note for row in Unit.objects.all()[0].history.all()] == ["Old", "New", "Old"]
    outcome.act.refresh_from_db()
    assert outcome.act.undone_by == "head"


def test_acts_are_taken_back_one_after_the_other(user: User) -> None:
    build(Unit, note="A")
    first = carry_out(Unit, edit(("note", "set", "B")), user)
    second = carry_out(Unit, edit(("note", "set", "C")), user)
    assert first.act is not None
    assert second.act is not None
    undo(second.act, user)
    undo(first.act, user)
    assert Unit.objects.get().note == "A"


def test_rows_loaded_without_history_can_be_taken_back_as_well(user: User) -> None:
    repository = build(Repository)
    units = [
        Unit(repository=repository, title=f"Дело {n}", level="file", position=n, note=f"note {n}")
        for n in range(3)
    ]
    for unit in units:
        unit.derive()
    Unit.objects.bulk_create(units)
    before = stored()
    outcome = carry_out(Unit, edit(("note", "set", "same for all")), user)
    assert outcome.act is not None
    undo(outcome.act, user)
    assert stored() == before


def test_what_is_refused_is_named_and_the_others_are_done(user: User) -> None:
    good, bad = build(Claim, mode="affirmed"), build(Claim, mode="denied", value="")
    instruction = edit(("value", "set", "a value"), ("standing", "set", "preferred"))
    found = survey(Claim, [good.pk, bad.pk], instruction)
    assert (list(found.changed), list(found.refused)) == ([good.pk], [bad.pk])
    [refused] = changes(Claim, [bad.pk], instruction)
    assert refused.refused == (
        "A claim that is denied or not found has no value that stands as preferred.",
    )
    wrong = survey(Claim, [good.pk], edit(("date", "set", "soon")))
    assert list(wrong.refused) == [good.pk]
    superseded = survey(Claim, [good.pk], edit(("standing", "set", "superseded")))
    assert list(superseded.refused) == [good.pk]


def test_what_was_changed_since_the_preview_is_left_and_named(user: User) -> None:
    first, second = build(Document, note="A"), build(Document, note="A")
    instruction = edit(("note", "set", "B"))
    found = survey(Document, [first.pk, second.pk], instruction)
    second.note = "by a colleague"
    second.save()
    outcome = apply(Document, found.changed, instruction, Act(kind="edit"), user)
    assert (outcome.changed, outcome.refused) == (
        1,
        ((second.title, "changed by somebody since the preview"),),
    )
    second.refresh_from_db()
    assert second.note == "by a colleague"


def test_nothing_to_do_leaves_no_act(user: User) -> None:
    build(Document, note="B")
    outcome = carry_out(Document, edit(("note", "set", "B")), user)
    assert (outcome.act, outcome.changed) == (None, 0)
    assert not Act.objects.exists()


def test_relations_are_set(user: User) -> None:
    question = build(Question)
    relation = build(AgentRelation)
    carry_out(AgentRelation, edit(("question", "set", question.pk)), user)
    relation.refresh_from_db()
    assert relation.question == question


def test_witnesses_keep_their_parts_when_taken_back(user: User) -> None:
    document = build(Document)
    copy = build(Witness, document=document, parts=[build(Part, document=document)])
    before = stored()
    act = Act.objects.create(kind="edit", user=user)
    with act.recording():
        copy.parts.clear()
    undo(act, user)
    assert stored() == before


def test_many_records_take_few_queries(user: User) -> None:
    repository = build(Repository)
    fonds = build(Unit, repository=repository)
    for _number in range(30):
        build(Unit, repository=repository, parent=fonds)
    with CaptureQueriesContext(connection) as captured:
        carry_out(Unit, edit(("note", "set", "New"), ("title", "after", "New")), user)
    assert len(captured) < 40


@pytest.mark.parametrize(
    ("found", "options", "result"),
    [
        ("ПИСЬМО", {"either_case": True}, "Note к Note, Noteвник не Noteводитель"),
        ("Письмо", {}, "Note к письмо, письмовник не Noteводитель"),
        (
            "письмо",
            {"either_case": True, "whole_words": True},
            "Note к Note, письмовник не Письмоводитель",
        ),
    ],
)
def test_text_is_found_in_either_case_and_as_whole_words(
    found: str, options: dict[str, bool], result: str
) -> None:
    now = "Письмо к письмо, письмовник не Письмоводитель"
    assert Replacing(Document, ("title",), found, "Note", **options).result(now) == result


def test_found_text_is_replaced_literally_and_shown_in_its_place(user: User) -> None:
    document = build(Document, title="A (letter) of 1923", summary="a (letter)")
    build(Document, title="Nothing of the sort")
    instruction = Replacing(Document, ("title", "summary"), "(letter)", r"\1 [note]")
    [hit] = instruction.hits(document.title)
    assert (hit.before, hit.found, hit.after) == ("A ", "(letter)", " of 1923")
    assert carry_out(Document, instruction, user).changed == 1
    document.refresh_from_db()
    assert (document.title, document.summary) == (r"A \1 [note] of 1923", r"a \1 [note]")
    assert document.folded == "a 1 note of 1923"


def test_publishing_in_an_act_is_taken_back_with_all_that_follows(user: User) -> None:
    fonds = build(Unit, state="draft")
    item = build(Unit, parent=fonds)
    grave = build(Unit)
    grave.withdraw()
    before = stored()
    act = Act.objects.create(kind="publish", user=user)
    with act.recording():
        fonds.publish()
        grave.publish()
    item.refresh_from_db()
    assert item.is_public
    undo(act, user)
    assert stored() == before


def test_moving_in_an_act_is_taken_back(user: User) -> None:
    first, second = build(Unit), build(Unit)
    moved = build(Unit, parent=first, repository=first.repository)
    build(Unit, parent=moved, repository=first.repository)
    before = stored()
    act = Act.objects.create(kind="move", user=user)
    with act.recording():
        moved.move(second)
    undo(act, user)
    assert stored() == before


def test_what_an_act_made_goes_unless_something_needs_it(user: User) -> None:
    document = build(Document)
    act = Act.objects.create(kind="images", user=user)
    with act.recording():
        made = build(Witness, document=document)
    later = build(Claim, witness=made)
    with pytest.raises(Exception, match="cannot be removed any more"):
        undo(act, user)
    later.delete()
    undo(act, user)
    assert not Witness.objects.exists()
