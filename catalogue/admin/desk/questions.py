"""The questions that what lies on a desk is about, each with its sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from catalogue.admin import panels
from catalogue.admin.desk.lines import Line
from catalogue.models import Question, Statement, Witness
from catalogue.models.statement import Standing

SIDES = 100  # of questions, that do not lie on the desk


@dataclass(frozen=True)
class Side:
    """One answer to a question: ``anchor`` if it lies on the desk."""

    link: panels.Link
    standing: str
    is_preferred: bool

    @classmethod
    def of(cls, statement: Any, link: panels.Link) -> Side:
        usual = statement.standing == Standing.NORMAL
        words = "" if usual else str(statement.get_standing_display())
        return cls(link, words, statement.standing == Standing.PREFERRED)


@dataclass(frozen=True)
class Dispute:
    question: Question
    address: str
    sides: tuple[Side, ...]

    @property
    def is_resolved(self) -> bool:
        return any(side.is_preferred for side in self.sides)


def disputes_about(
    record: Any, lines: Iterable[Line], witnesses: dict[int, Witness], site: Any, request: Any
) -> tuple[Dispute, ...]:
    """The questions about the record or its own, and those that its statements answer."""
    if not site.get_model_admin(Question).has_view_permission(request):
        return ()
    here = {row.statement.pk: row for row in lines}
    answered = {row.statement.question_id for row in lines} - {None}
    about = Q(**{str(type(record)._meta.model_name): record.pk}) | Q(witness__in=list(witnesses))
    questions = list(Question._base_manager.filter(about | Q(pk__in=answered)).order_by("pk"))
    sides: dict[int, list[Side]] = defaultdict(list)
    for row in here.values():
        if row.statement.question_id:
            link = panels.Link(f"{row.term}: {row.text}", f"#statement-{row.statement.pk}")
            sides[row.statement.question_id].append(Side.of(row.statement, link))
    administered = site.get_model_admin(Statement)
    others = Statement._base_manager.filter(question__in=questions).exclude(pk__in=list(here))
    for other in administered.prepare(list(others.order_by("pk")[:SIDES])):
        own = other.concrete()
        link = panels.Link(administered.label(other), panels.page(type(own), "change", own.pk))
        sides[other.question_id].append(Side.of(own, link))
    return tuple(
        Dispute(
            question,
            panels.page(Question, "change", question.pk),
            tuple(sides[question.pk]),
        )
        for question in questions
    )
