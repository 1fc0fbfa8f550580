"""What the address of a page of the tree says: where it begins, what is open, what is moving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from catalogue.admin.forms import is_key
from catalogue.models import Repository, Unit
from catalogue.models.tree import within

OPEN = 40  # branches at once
CHOSEN = 200  # units to be moved at once


@dataclass(frozen=True)
class Anchor:
    """Where in its branch a window is laid: around a unit ("57"), after ("57..") or before it
    ("..57")."""

    unit: int
    side: str = ""

    def __str__(self) -> str:
        return {"": f"{self.unit}", "after": f"{self.unit}..", "before": f"..{self.unit}"}[
            self.side
        ]

    @classmethod
    def read(cls, text: str) -> Anchor | None:
        number = text.strip(".")
        if not is_key(number):
            return None
        side = "after" if text.endswith("..") else "before" if text.startswith("..") else ""
        return cls(int(number), side)


@dataclass(frozen=True)
class State:
    """The top is a unit, or a whole repository."""

    repository: Repository
    top: Unit | None = None
    opened: tuple[int, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    moving: tuple[int, ...] = ()

    @property
    def base(self) -> int:
        """The depth of the rows at the first level."""
        return self.top.depth if self.top else 0

    @property
    def scope(self) -> Q:
        return within(self.top.path) if self.top else Q(repository=self.repository)

    def query(self, **changes: Any) -> str:
        state = replace(self, **changes)
        names: dict[str, str] = {"repository": state.repository.code}
        if state.top:
            names = {"unit": str(state.top.pk)}
        for name, values in (
            ("open", state.opened),
            ("at", state.anchors),
            ("moving", state.moving),
        ):
            if values:
                names[name] = ",".join(map(str, values))
        return urlencode(names, safe=",")

    def address(self, focus: int | None = None, **changes: Any) -> str:
        mark = f"#unit-{focus}" if focus else ""
        return f"{reverse('admin:catalogue_unit_tree')}?{self.query(**changes)}{mark}"

    @property
    def unhanded(self) -> str:
        """This page with nothing to be moved."""
        return self.address(moving=())

    def opening(self, unit: Unit) -> State:
        return replace(self, opened=(*self.opened[1 - OPEN :], unit.pk))

    def closing(self, unit: Unit) -> State:
        return replace(self, opened=tuple(key for key in self.opened if key != unit.pk))

    def revealing(self, unit: Unit) -> State:
        """Its ancestors open, and the windows laid where the way to it goes through."""
        above = unit.ancestor_ids()
        opened = dict.fromkeys((*self.opened, *above))
        anchors = tuple(Anchor(key) for key in (*above, unit.pk))
        return replace(self, opened=tuple(opened)[-OPEN:], anchors=anchors)

    def turning(self, anchor: Anchor) -> State:
        return replace(self, anchors=(*self.anchors[1 - OPEN :], anchor))


def keys(parameters: QueryDict, name: str, most: int) -> tuple[int, ...]:
    """Primary keys, given once with commas between them or each by itself."""
    given = ",".join(parameters.getlist(name)).split(",")
    found = dict.fromkeys(int(key) for key in given if is_key(key))
    return tuple(found)[:most]


def read(parameters: QueryDict) -> State:
    """Raises Http404 where there is no such unit or repository."""
    unit = parameters.get("unit", "")
    if unit:
        if not is_key(unit):
            raise Http404
        top = get_object_or_404(Unit.objects.select_related("repository__agent"), pk=unit)
        repository = top.repository
    else:
        top = None
        repositories = Repository.objects.select_related("agent")
        repository = get_object_or_404(repositories, code=parameters.get("repository", "")[:40])
    anchors = (Anchor.read(text) for text in parameters.get("at", "").split(","))
    return State(
        repository,
        top,
        opened=keys(parameters, "open", OPEN),
        anchors=tuple(_known(anchors))[:OPEN],
        moving=keys(parameters, "moving", CHOSEN),
    )


def _known(anchors: Iterable[Anchor | None]) -> Iterable[Anchor]:
    return (anchor for anchor in anchors if anchor is not None)
