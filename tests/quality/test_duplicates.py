"""Likely duplicates, found by walking along an index."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Agent, AgentName, Document, Publication, Term, TermLabel, Unit
from catalogue.quality import duplicates
from tests.builders import build

pytestmark = pytest.mark.django_db


def found(kind: str) -> list[tuple[Any, Any]]:
    return [(pair.keep, pair.merge) for pair in duplicates.look(kind).pairs]


def test_agents_over_scripts() -> None:
    one = build(Agent, name="Trotsky, Leon", date="1879/1940")
    build(AgentName, agent=one, form="Троцкий Л. Д.", language="ru")
    other = build(Agent, name="L. Trotzki")
    build(Agent, name="Троцкая Н. И.")
    build(Agent, name="Trotsky, L.", kind="corporate")
    assert found("agent") == [(one, other)]


def test_namesakes_are_kept_apart_by_their_initials_and_lives() -> None:
    build(Agent, name="Kamenev, L. B.", date="1883/1936")
    build(Agent, name="Каменев С. С.")
    build(Agent, name="Kamenev, L.", date="1950/")
    assert found("agent") == []


def test_the_surer_pair_comes_first() -> None:
    agents = [build(Agent, name=name) for name in ("Рыков А. И.", "Rykov, Aleksei", "Rykow, A. I.")]
    pairs = duplicates.look("agent").pairs
    assert {pairs[0].keep, pairs[0].merge} == {agents[0], agents[2]}
    assert pairs[0].score > pairs[1].score


def test_documents_publications_terms_and_units() -> None:
    given = {"title": "Письмо о жилье", "date": "1923"}
    documents = build(Document, **given), build(Document, **given)
    build(Document, title="Письмо о жилье", date="1924")
    books = build(Publication, title="Pis'ma"), build(Publication, title="Письма")
    build(Publication, title="Письма", number="2")
    terms = build(Term, label="Kharkov", kind="place"), build(Term, label="town", kind="place")
    build(TermLabel, term=terms[1], label="Харьков", language="ru")
    fonds = build(Unit, segment="17")
    units = tuple(build(Unit, parent=fonds, segment="2", level="series") for _number in (1, 2))
    build(Unit, segment="17")
    assert found("document") == [documents]
    assert found("publication") == [books]
    assert found("term") == [terms]
    assert found("unit") == [units]


def test_what_was_told_apart_is_not_named_again() -> None:
    pair = build(Agent, name="Иванов И."), build(Agent, name="Ivanov, I.")
    assert found("agent") == [pair]
    duplicates.tell_apart(pair[1], pair[0], "chief")
    duplicates.tell_apart(pair[0], pair[1], "chief")
    assert found("agent") == []


def test_looks_follow_each_other_and_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = set()
    for letter in "БВГДЖЗКЛМН":
        name = f"{letter}уров А."
        pairs.add((build(Agent, name=name), build(Agent, name=name)))
    monkeypatch.setattr(duplicates, "LOOKED_AT", 6)
    seen: set[Any] = set()
    after, looks = "", 0
    while looks == 0 or after:
        look = duplicates.look("agent", after, most=2)
        seen |= {(pair.keep, pair.merge) for pair in look.pairs}
        assert look.after != after
        after, looks = look.after, looks + 1
        assert looks < 20
    assert seen == pairs


def test_many_namesakes_are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "MOST_OF_ONE_KEY", 3)
    for _number in range(8):
        build(Agent, name="Иванов И.")
    assert 7 <= len(duplicates.look("agent").pairs) <= 7 * 2


def test_a_walk_goes_along_an_index() -> None:
    """However many rows there are, what is read is a stretch of an index."""
    with CaptureQueriesContext(connection) as captured:
        for name in (*duplicates.KINDS, "unit"):
            duplicates.look(name, "и" if name != "unit" else "1:2")
    walked = [query["sql"] for query in captured if "ORDER BY" in query["sql"]]
    assert len(walked) == 9
    if connection.vendor != "sqlite":
        return  # of an empty table PostgreSQL reads the whole
    with connection.cursor() as cursor:
        for query in walked:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
            plan = " ".join(str(row) for row in cursor.fetchall())
            assert "USING" in plan
            assert "TEMP B-TREE" not in plan, plan
