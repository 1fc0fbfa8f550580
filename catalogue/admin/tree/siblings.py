"""The rows under one parent, taken together: to be sorted or renumbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from catalogue.admin.forms import is_key
from catalogue.admin.tree.state import CHOSEN, State, keys
from catalogue.models import Repository, Unit
from catalogue.models.tree import within

SHOWN = 200  # rows of a preview; the others are counted
NAMED = 10  # rows that an account may not change

# What sorting and naming read; whole rows are fetched only to be written.
COLUMNS = (
    "pk", "parent_id", "repository_id", "position", "segment", "segment_key", "title", "sort_key",
    "level", "level_label", "date_earliest", "date_latest", "state", "public_from",
)  # fmt: skip


@dataclass(frozen=True)
class Siblings:
    """All children of ``parent``, or what stands at the top of ``repository``; or the chosen."""

    repository: Repository
    parent: Unit | None
    chosen: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return str(self.parent or self.repository)

    @property
    def scope(self) -> Q:
        return within(self.parent.path) if self.parent else Q(repository=self.repository)

    @property
    def state(self) -> State:
        state = State(self.repository)
        if self.parent is None:
            return state
        return state.revealing(self.parent).opening(self.parent)

    @property
    def address(self) -> str:
        """The tree, where they are."""
        return self.state.address(focus=self.parent.pk if self.parent else None)

    def _all(self) -> Any:
        rows = Unit._base_manager.filter(parent=self.parent, repository=self.repository)
        return rows.order_by("position", "pk")

    def rows(self) -> list[Unit]:
        return list(self._all().only(*COLUMNS))

    def lock(self) -> list[Unit]:
        """Whole, and nobody else moves them meanwhile."""
        return list(self._all().select_for_update())


def read(asked: QueryDict) -> Siblings:
    """Raises Http404 for what no page offers."""
    chosen = keys(asked, "units", CHOSEN) or keys(asked, "moving", CHOSEN)
    if chosen:
        first = get_object_or_404(
            Unit.objects.select_related("parent", "repository__agent"), pk=chosen[0]
        )
        return Siblings(first.repository, first.parent, chosen)
    if asked.get("parent"):
        if not is_key(asked["parent"]):
            raise Http404
        rows = Unit.objects.select_related("repository__agent")
        parent = get_object_or_404(rows, pk=asked["parent"])
        return Siblings(parent.repository, parent)
    code = asked.get("repository", "")[:40]
    repositories = Repository.objects.select_related("agent")
    return Siblings(get_object_or_404(repositories, code=code), None)


def forbidden(administered: Any, request: HttpRequest, units: Sequence[Unit]) -> list[str]:
    """Those that the account may not change, in words."""
    barred = [unit for unit in units if not administered.has_change_permission(request, unit)]
    words = gettext("Your account may not change “%(unit)s”.")
    return [words % {"unit": unit} for unit in barred[:NAMED]]
