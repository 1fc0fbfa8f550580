"""The place that units are moved to: pointed at in the tree, or typed as a reference."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from catalogue.admin.forms import is_key
from catalogue.admin.tree import places
from catalogue.models import Repository, Unit

SIDES = ("before", "after", "under", "top")


@dataclass(frozen=True)
class Place:
    """Under ``parent``, or at the top of ``repository``; last, or before one of the children."""

    repository: Repository
    parent: Unit | None
    before: Unit | None = None
    side: str = "top"
    beside: Unit | None = None

    def __str__(self) -> str:
        words = {
            "before": gettext("before “%(unit)s”"),
            "after": gettext("after “%(unit)s”"),
            "under": gettext("under “%(unit)s”, as the last"),
            "top": gettext("at the top of %(repository)s, as the last"),
        }[self.side]
        return words % {"unit": self.beside, "repository": self.repository}


class NoPlace(Exception):
    """What was chosen or typed is no place. The message is for the person who did."""


def read_place(asked: QueryDict, moving: tuple[int, ...]) -> Place:
    """Raises NoPlace, and Http404 for what no page offers."""
    side = asked.get("place", "under")
    if side not in SIDES:
        raise Http404
    if side == "top":
        code = asked.get("repository", "")[:40]
        repository = get_object_or_404(Repository.objects.select_related("agent"), code=code)
        return Place(repository, None)
    beside = _typed(asked) if asked.get("reference", "").strip() else _at(asked)
    if side == "under":
        return Place(beside.repository, beside, side=side, beside=beside)
    if beside.pk in moving:
        raise NoPlace(gettext("Choose a place beside a unit that is not itself moved."))
    before: Unit | None = beside
    if side == "after":
        rows = Unit.objects.filter(parent=beside.parent_id, repository=beside.repository)
        rows = rows.after(beside.place).exclude(pk__in=moving)
        before = rows.order_by("position", "pk").first()
    return Place(beside.repository, _fetch(beside.parent_id), before, side, beside)


def _at(asked: QueryDict) -> Unit:
    if not is_key(asked.get("at", "")):
        raise NoPlace(gettext("Choose a place, or type the reference of one."))
    unit: Unit = get_object_or_404(Unit.objects.select_related("repository__agent"), pk=asked["at"])
    return unit


def _typed(asked: QueryDict) -> Unit:
    typed, code = asked.get("reference", "").strip(), asked.get("repository", "")[:40]
    repository = get_object_or_404(Repository.objects.select_related("agent"), code=code)
    found = places.find(typed, repository)
    words = {"reference": typed[:100], "repository": repository}
    if not found:
        raise NoPlace(gettext("%(repository)s has no unit “%(reference)s”.") % words)
    if len(found) > 1:
        words["units"] = "; ".join(path_of(unit) for unit in found[:5])
        raise NoPlace(
            gettext("“%(reference)s” may be several units: %(units)s. Write it from the top.")
            % words
        )
    found[0].repository = repository
    return found[0]


def _fetch(key: int | None) -> Unit | None:
    return Unit.objects.select_related("repository__agent").get(pk=key) if key else None


def path_of(unit: Unit) -> str:
    steps = [*unit.ancestors(), unit]
    return " › ".join(step.segment or step.title[:40] for step in steps)
