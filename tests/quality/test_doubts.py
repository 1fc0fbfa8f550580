"""Doubts: each is raised by what is doubtful, and by nothing else."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import (
    Agent,
    AgentName,
    Contribution,
    Derivation,
    Document,
    Event,
    Evidence,
    FolioRange,
    Publication,
    Term,
    Title,
    Unit,
    Witness,
)
from catalogue.quality.doubts import doubts, new_doubts
from catalogue.quality.duplicates import tell_apart
from tests.builders import build

pytestmark = pytest.mark.django_db


def codes(record: Any, *rows: Any) -> list[str]:
    return [doubt.code for doubt in doubts(record, rows)]


def test_a_name_in_another_script_is_nearly_the_same() -> None:
    known = build(Agent, name="Trotsky, Leon", date="1879/1940")
    build(AgentName, agent=known, form="Троцкий Л. Д.", language="ru")
    for name in ("Троцкий, Л.", "Leon Trotsky", "L. D. Trotzki", "Trockij, Lev D.", "Троцький"):
        found = doubts(Agent(kind="person", name=name))
        assert [doubt.about for doubt in found] == [(known,)], name


def test_other_initials_another_life_or_another_kind_are_no_doubt() -> None:
    build(Agent, name="Kamenev, L. B.", date="1883/1936")
    assert codes(Agent(kind="person", name="Каменев С. С.")) == []
    assert codes(Agent(kind="person", name="Kamenev, L.", date="1950/2001")) == []
    assert codes(Agent(kind="corporate", name="Kamenev, L. B.")) == []


def test_a_row_of_names_is_compared_as_well() -> None:
    build(Agent, name="Бухарин Н. И.")
    agent = Agent(kind="person", name="Bucharin's pen name")
    assert codes(agent, AgentName(form="Boukharine, N.", language="fr")) == ["name"]


def test_what_was_told_apart_is_no_doubt() -> None:
    one, other = build(Agent, name="Иванов И."), build(Agent, name="Ivanov, I.")
    assert codes(one) == ["name"]
    tell_apart(one, other, "chief")
    assert codes(one) == []


def test_a_document_of_the_same_title_and_date() -> None:
    known = build(Document, title="Письмо о жилье", date="1923-10")
    build(Title, document=known, title="Letter on housing", language="en")
    assert codes(Document(title="Письмо о жилье", date="1923-10-08")) == ["title"]
    assert codes(Document(title="Letter on Housing", date="1923")) == ["title"]
    assert codes(Document(title="Letter on housing", date="1924")) == []


def test_an_issue_with_the_same_number() -> None:
    serial = build(Publication, kind="serial", title="Известия")
    given = {"kind": "issue", "parent": serial, "title": "Известия"}
    build(Publication, number="5", date="1990-05", **given)
    assert codes(Publication(number="5", date="1990", **given)) == ["title"]
    assert codes(Publication(number="6", date="1990", **given)) == []


def test_a_term_with_the_same_label_in_another_script() -> None:
    build(Term, kind="place", label="Kharkov")
    assert codes(Term(kind="place", label="Харьков")) == ["label"]
    assert codes(Term(kind="subject", label="Харьков")) == []


def test_a_reference_twice_at_the_same_place() -> None:
    fonds = build(Unit, segment="17")
    known = build(Unit, parent=fonds, level="series", segment="2")
    given = {"repository": fonds.repository, "title": "Опись", "level": "series"}
    assert doubts(Unit(parent=fonds, segment="2", **given))[0].about == (known,)
    assert codes(Unit(parent=fonds, segment="3", **given)) == []
    assert codes(Unit(segment="2", **given)) == []


def test_leaves_that_another_witness_takes_up() -> None:
    unit = build(Unit)
    taken = build(FolioRange, witness=build(Witness, unit=unit), first="53", last="68")
    other = Witness(document=build(Document), unit=unit, label="copy")
    assert codes(other, FolioRange(witness=other, first="68v")) == ["leaves"]
    assert codes(other, FolioRange(witness=other, first="69", last="70")) == []
    assert codes(taken) == []


def test_an_author_outside_his_life_in_both_directions() -> None:
    author = build(Agent, date="1879/1940")
    letter = build(Document, date="1941")
    given = {"contributor": author, "role": "author"}
    assert codes(Contribution(document=letter, **given)) == ["life"]
    build(Contribution, document=letter, **given)
    assert codes(author) == ["life"]
    assert codes(letter) == ["life"]
    letter.date = "1923"
    assert codes(letter) == []


def test_what_is_printed_after_death_is_no_doubt() -> None:
    author = build(Agent, date="1879/1940")
    book = build(Publication, date="1990")
    assert codes(Contribution(contributor=author, role="author", publication=book)) == []
    book.date = "1870"
    assert codes(Contribution(contributor=author, role="author", publication=book)) == []
    book.save()
    assert codes(Contribution(contributor=author, role="author", publication=book)) == ["life"]


def test_nobody_speaks_after_death() -> None:
    speaker = build(Agent, date="1879/1940")
    claim = build(Evidence).statement.concrete()
    assert codes(claim, Evidence(speaker=speaker, date="1990")) == ["speaker"]
    assert codes(claim, Evidence(speaker=speaker, date="1929")) == []


def test_a_copy_older_than_its_base_and_a_translation_into_the_same_language() -> None:
    book = build(Publication, date="1990")
    base = build(Witness, publication=book, witness_kind="printed", language="ru")
    copy = build(Witness, date="1924", language="ru")
    given = {"derived": copy, "base": base, "derivation_kind": "translated"}
    assert codes(Derivation(**given)) == ["base", "translation"]
    build(Derivation, **given)
    assert codes(copy) == ["base", "translation"]
    assert codes(book) == ["base", "translation"]
    copy.date, copy.language = "1991", "fr"
    assert codes(copy) == []


def test_a_witness_older_than_its_document_or_closed_too_long() -> None:
    letter = build(Document, date="1923-10-08")
    witness = build(Witness, document=letter, date="1923-09")
    assert codes(witness) == ["witness"]
    assert codes(letter) == ["witness"]
    witness.date = "1923-10"
    assert codes(witness) == []
    witness.access, witness.closed_until = "closed", datetime.date(1999, 1, 1)
    assert codes(witness) == ["closed"]
    witness.closed_until = datetime.date(2999, 1, 1)
    assert codes(witness) == []


def test_an_event_that_is_not_within_the_one_it_is_part_of() -> None:
    congress = build(Event, date="1923-04-17/1923-04-25")
    session = build(Event, parent=congress, date="1923-04-26")
    assert codes(session) == ["event"]
    assert codes(congress) == ["event"]
    session.date = "1923-04-25"
    assert codes(session) == []


def test_a_doubt_that_the_stored_record_raises_is_not_new() -> None:
    build(Agent, name="Иванов И.")
    known = build(Agent, name="Ivanov, I.")
    known.description = "Changed"
    assert new_doubts(known) == []
    build(Agent, name="Петров П.")
    known.name = "Petrov, P."
    assert [doubt.code for doubt in new_doubts(known)] == ["name"]


def test_doubts_cost_no_more_for_more_rows() -> None:
    author = build(Agent, name="Серов А.", date="1879/1940")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            doubts(author)
        return len(captured)

    build(Contribution, contributor=author, document=build(Document, date="1950"))
    before = queries()
    for _more in range(5):
        build(Agent, name="Serov, Anton")
        build(Contribution, contributor=author, document=build(Document, date="1951"))
    assert queries() <= before + 1
