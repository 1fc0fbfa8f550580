"""A catalogue in which every text is marked, and drafts hang on every edge between records."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from catalogue.models import (
    STATEMENTS,
    Agent,
    AgentName,
    Claim,
    Evidence,
    Question,
    Statement,
    TermLabel,
    Title,
)
from catalogue.models.dated import Dated
from catalogue.models.statement import Assertion, Standing
from catalogue.models.subject import SUBJECTS
from catalogue.models.visibility import Publishable, State, today
from tests.builders import MODELS, build, needs
from tests.visibility.markers import HIDDEN, PUBLIC, Audience, Ledger

Record = models.Model
Model = type[models.Model]

# Two ends of one record that must not be the same record.
PAIRS = {"AgentRelation": ("source", "target"), "Derivation": ("derived", "base")}


def edges(model: Model) -> Iterator[tuple[str, Model]]:
    """The foreign keys and many-to-many fields of a model to records that may be hidden."""
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        target = field.related_model
        if field.primary_key or not isinstance(target, type):
            continue
        if issubclass(target, Publishable):
            yield field.name, target
        elif target is Statement:
            yield from ((field.name, kind) for kind in _statements(field.name))


def _statements(name: str) -> tuple[type[Assertion], ...]:
    return (Claim,) if name == "superseded_by" else STATEMENTS


def hides(model: Model, name: str) -> bool:
    """Whether a record of the model is itself hidden by a hidden record at its edge ``name``.

    This is said here anew, and not asked of the code under test.
    """
    if issubclass(model, Assertion):
        return name in model.ends
    if issubclass(model, Question):
        return name in SUBJECTS
    if issubclass(model, Publishable):
        return name in model.gates
    if model is Evidence:
        return True
    return model._meta.get_field(name).remote_field.on_delete is models.CASCADE  # type: ignore[union-attr]  # rows of a record


def publishable() -> list[type[Publishable]]:
    return [model for model in MODELS if issubclass(model, Publishable)]


class World:
    """The records, each marked; built in steps, so that a test can look in between."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self._added = 0
        self._bodies: list[Agent] = []  # public ones that are no repository yet
        self._spine: dict[tuple[Model, int], Record] = {}
        self._hidden: dict[tuple[type[Publishable], str], Record] = {}

    # --- building one record ---

    def add(self, model: Model, audience: Audience, record: str, **given: Any) -> Any:
        """A marked record whose required neighbours are public. What is given is not marked."""
        values: dict[str, Any] = {}
        for name, wanted in needs(model, given).items():
            if isinstance(wanted, type):
                values[name] = self.spine(wanted)
            elif callable(wanted):  # the agent of a repository is nobody else's
                values[name] = self._bodies.pop() if self._bodies else self._body()
            else:
                values[name] = wanted
        values |= self.ledger.values(model, audience, record) | given
        self._keep_apart(model, values)
        if "last" in values:
            values["last"] = values["first"]
        self._vary(model, values)
        return build(model, **values)

    def _vary(self, model: Model, values: dict[str, Any]) -> None:
        """Some records in a language that readers have; some with a date that nobody could read."""
        self._added += 1
        if model in (AgentName, TermLabel, Title) and self._added % 2:
            values["language"] = "fr"
        if issubclass(model, Dated) and self._added % 3 == 0:
            values["date"] = ""

    def _body(self) -> Agent:
        body: Agent = self.add(Agent, PUBLIC, "published", kind="corporate")
        return body

    def _keep_apart(self, model: Model, values: dict[str, Any]) -> None:
        one, other = PAIRS.get(model.__name__, ("", ""))
        if one and values[one] == values.get(other):
            given_by_default = one if values[one] == self.spine(type(values[one])) else other
            values[given_by_default] = self.spine(type(values[one]), 1)

    def spine(self, model: Model, number: int = 0) -> Any:
        """The public record of a model that the others hang on."""
        if (model, number) not in self._spine:
            self._spine[model, number] = self.add(model, PUBLIC, "published")
        return self._spine[model, number]

    def link(
        self, model: Model, name: str, target: Record, audience: Audience, **values: Any
    ) -> Any:
        """A record of ``model`` whose edge ``name`` leads to ``target``."""
        is_many = model._meta.get_field(name).many_to_many
        kind = values.pop("named", type(target).__name__)
        if model is Evidence and name == "part":
            values["document"] = target.document  # type: ignore[attr-defined]  # target is a part
        return self.add(
            model,
            audience,
            f"{name} → {kind}",
            **{name: [target] if is_many else target},
            **values,
        )

    # --- what a record can be hidden by ---

    def hiders(self, model: type[Publishable]) -> dict[str, Callable[[], dict[str, Any]]]:
        """The ways in which a record of the model can be kept from the public."""
        ways: dict[str, Callable[[], dict[str, Any]]] = {
            "draft": lambda: {"state": State.DRAFT},
            "withdrawn": lambda: {"state": State.WITHDRAWN},
            "embargoed": lambda: {"embargo_until": today() + datetime.timedelta(days=400)},
        }
        if issubclass(model, Assertion):
            ways["proposed"] = lambda: {"standing": Standing.PROPOSED}
        above = next((name for name, _target in edges(model) if hides(model, name)), None)
        if above is not None:
            ways["under a draft"] = lambda: self._under_a_draft(model, above)
        return ways

    def _under_a_draft(self, model: Model, name: str) -> dict[str, Any]:
        target = dict(edges(model))[name]
        assert issubclass(target, Publishable)
        return {name: self.hidden(target, "draft")}

    def hidden(self, model: type[Publishable], way: str) -> Any:
        if (model, way) not in self._hidden:
            values = self.hiders(model)[way]()
            self._hidden[model, way] = self.add(model, HIDDEN, way, **values)
        return self._hidden[model, way]

    def hidden_records(self) -> list[tuple[type[Publishable], str]]:
        """The records that ``hidden`` has made."""
        return list(self._hidden)

    # --- the steps ---

    def add_public_records(self) -> None:
        """A public record of every model, and one for every edge to a public record."""
        self._bodies = [self._body() for _body in range(8)]
        for model in MODELS:
            self.spine(model)
            for name, target in edges(model):
                if not model._meta.get_field(name).one_to_one:
                    self.link(model, name, self.spine(target), PUBLIC)

    def add_hidden_records(self) -> None:
        """Records hidden in every way, attached to public records by every edge that they have."""
        for model in publishable():
            for way in self.hiders(model):
                self.hidden(model, way)
            for name, target in edges(model):
                values: dict[str, Any] = {"state": State.DRAFT}
                if not model._meta.get_field(name).one_to_one:
                    self.link(model, name, self.spine(target), HIDDEN, **values)

    def add_public_records_that_point_to_hidden_ones(self) -> None:
        for model in MODELS:
            for name, target in edges(model):
                assert issubclass(target, Publishable)
                for way in self.hiders(target):
                    self._point(model, name, target, way)

    def _point(self, model: Model, name: str, target: type[Publishable], way: str) -> None:
        audience = HIDDEN if hides(model, name) else PUBLIC
        record = self.hidden(target, way)
        if not self._is_taken(model, name, record):
            self.link(model, name, record, audience, named=f"{way} {target.__name__}")

    @staticmethod
    def _is_taken(model: Model, name: str, target: Record) -> bool:
        """Whether the one record that may have ``target`` at this edge is there already."""
        is_one = model._meta.get_field(name).one_to_one
        return bool(is_one and model._base_manager.filter(**{name: target}).exists())

    def publish_everything(self) -> None:
        for model in publishable():
            rows: models.QuerySet[Any] = model._base_manager.all()
            rows.update(state=State.PUBLISHED, embargo_until=None)
            if issubclass(model, Assertion):
                rows.filter(standing=Standing.PROPOSED).update(standing=Standing.NORMAL)
        for model in publishable():
            model.refresh(model._base_manager.all())
