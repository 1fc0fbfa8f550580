"""Each check of the quality report finds what is amiss, and leaves what is in order."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from catalogue.models import (
    Agent,
    AgentName,
    AgentRelation,
    Claim,
    Contribution,
    Derivation,
    Document,
    Event,
    Evidence,
    FolioImage,
    FolioRange,
    Publication,
    Question,
    Term,
    TermLabel,
    Title,
    Unit,
    Witness,
)
from catalogue.quality import check as counting
from catalogue.quality.report import CHECKS
from catalogue.quality.statements import DATED
from tests.builders import build

pytestmark = pytest.mark.django_db

Pair = tuple[Any, Any]  # what the check finds, and what it does not


def _succession(first: str, second: str) -> AgentRelation:
    earlier, later = build(Agent, date=first), build(Agent, date=second)
    return build(AgentRelation, source=later, target=earlier, relation_kind="successor_of")


def _circle() -> Pair:
    found, _back = _succession("1920/1930", "1930/1940"), _succession("1920/1930", "1930/1940")
    build(AgentRelation, source=found.target, target=found.source, relation_kind="successor_of")
    return found, _back


def _twins() -> Pair:
    fonds = build(Unit, segment="1")
    one, other = (build(Unit, parent=fonds, segment=segment) for segment in ("2", "3"))
    build(Unit, parent=fonds, segment="2")
    build(Unit, segment="3")
    return one, other


def _titled(model: Any, end: str) -> Pair:
    lacking, whole = build(model, title="Letter"), build(model, title="Letter")
    for record, languages in ((lacking, ("fr",)), (whole, ("fr", "ru"))):
        for language in languages:
            build(Title, **{end: record}, language=language)
    return lacking, whole


def _labelled() -> Pair:
    lacking, whole = build(Term), build(Term)
    for language in ("fr", "ru"):
        build(TermLabel, term=whole, language=language)
    build(TermLabel, term=lacking, language="ru")
    return lacking, whole


def _with_and_without(model: Any, row: Any, end: str, **values: Any) -> Pair:
    bare, whole = build(model, **values), build(model, **values)
    build(row, **{end: whole})
    return bare, whole


def _derivations() -> Pair:
    french, russian = build(Witness, language="fr"), build(Witness, language="ru")
    again = build(Witness, language="ru")
    given = {"derivation_kind": "translated"}
    return (
        build(Derivation, derived=again, base=russian, **given),
        build(Derivation, derived=french, base=russian, **given),
    )


def _hidden(model: Any, end: str, gate: Any) -> Pair:
    return (
        build(model, **{end: build(gate, state="draft")}),
        build(model, **{end: build(gate)}),
    )


def _questions() -> Pair:
    open_, settled = build(Question), build(Question)
    build(Claim, question=open_)
    build(Claim, question=settled, standing="preferred")
    return open_, settled


def _said() -> Pair:
    bare, shown = build(Claim), build(Claim)
    build(Evidence, statement=shown)
    return bare, shown  # whose key is that of the statement


def _both(model: Any, wrong: dict[str, Any], right: dict[str, Any]) -> Pair:
    return build(model, **wrong), build(model, **right)


PAST, FUTURE = datetime.date(1999, 1, 1), datetime.date(2999, 1, 1)

AMISS: dict[str, Callable[[], Pair]] = {
    "unit-undated": lambda: _both(Unit, {}, {"date": "1923"}),
    "unit-reference": lambda: _both(Unit, {}, {"segment": "17"}),
    "unit-repeated": _twins,
    "succession-dates": lambda: (
        _succession("1920/1930", "1940/1950"),
        _succession("1920/1930", "1930/1950"),
    ),
    "succession-undated": lambda: (
        _succession("1920", ""),
        _succession("1920/1930", "1930/1950"),
    ),
    "succession-circle": _circle,
    "agent-nameless": lambda: _with_and_without(Agent, AgentName, "agent"),
    "agent-undated": lambda: _both(Agent, {}, {"date": "1879/1940"}),
    "document-title": lambda: _titled(Document, "document"),
    "event-title": lambda: _titled(Event, "event"),
    "term-label": _labelled,
    "event-undated": lambda: _both(Event, {}, {"date_written": "осенью"}),
    "publication-undated": lambda: _both(Publication, {}, {"kind": "serial"}),
    "document-undated": lambda: _both(Document, {}, {"date": "1923"}),
    "document-witness": lambda: _with_and_without(Document, Witness, "document"),
    "witness-base": lambda: _with_and_without(Witness, Derivation, "derived"),
    "witness-placeless": lambda: _both(Witness, {}, {"survival": "lost"}),
    "witness-folios": lambda: (
        build(FolioRange).witness,
        build(FolioRange, witness=build(Witness, unit=build(Unit))).witness,
    ),
    "witness-undated": lambda: _both(Witness, {}, {"publication": build(Publication)}),
    "witness-completeness": lambda: _both(
        Witness,
        {"publication": build(Publication)},
        {"publication": build(Publication), "completeness": "full"},
    ),
    "witness-closed": lambda: _both(
        Witness,
        {"access": "closed", "closed_until": PAST},
        {"access": "closed", "closed_until": FUTURE},
    ),
    "image-rights": lambda: _both(
        FolioImage, {"unit": build(Unit)}, {"unit": build(Unit), "rights": "public domain"}
    ),
    "witness-hidden": lambda: _hidden(Witness, "document", Document),
    "image-hidden": lambda: _hidden(FolioImage, "unit", Unit),
    "translation-language": _derivations,
    "question-unresolved": _questions,
    "statement-evidence": _said,
    "evidence-locator": lambda: _both(
        Evidence,
        {"publication": build(Publication)},
        {"publication": build(Publication), "locator": "p. 5"},
    ),
    "unit-hidden": lambda: _hidden(Unit, "parent", Unit),
    **{
        f"{model._meta.model_name}-date-unread": lambda model=model: _both(  # type: ignore[misc]
            model, {"date_written": "осенью"}, {"date_written": "1923 г.", "date": "1923"}
        )
        for model in (Unit, Contribution)
    },
}


@pytest.mark.parametrize("code", AMISS)
def test_a_check_finds_what_is_amiss_and_nothing_else(code: str) -> None:
    amiss, in_order = AMISS[code]()
    found = set(CHECKS[code].rows().values_list("pk", flat=True))
    assert amiss.pk in found
    assert in_order.pk not in found


def test_every_check_is_tried() -> None:
    alike = {f"{model._meta.model_name}-date-unread" for model in DATED}
    assert set(CHECKS) == set(AMISS) | alike


def test_every_check_can_be_read_and_counted() -> None:
    for check in CHECKS.values():
        assert check.count() == len(check.page(0, 10)) == 0
        assert str(check.title)
        assert str(check.why)


def test_counting_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    for _number in range(5):
        build(Unit)
    assert CHECKS["unit-undated"].count() == 3


def test_the_command_lists_counts_and_records() -> None:
    unit = build(Unit, title="=Papers\nof the staff")
    out = io.StringIO()
    call_command("quality_report", stdout=out)
    assert "unit-undated  1  " in out.getvalue()
    out = io.StringIO()
    call_command("quality_report", check="unit-undated", format="csv", stdout=out)
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert rows == [
        ["code", "kind", "key", "record"],
        ["unit-undated", "unit", str(unit.pk), "'=Papers of the staff"],
    ]
