"""The tree of units: parent, sparse position among siblings, and a path of ids.

The parent is the truth; ``path`` ('/1/57/1203/') and ``depth`` are derived from it and serve
subtree and ancestor queries by range scan. Archival order is sibling order, not id order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from catalogue.models.fields import Key
from catalogue.models.history import change_together
from catalogue.models.visibility import PublicQuerySet

if TYPE_CHECKING:
    from catalogue.models.unit import Unit

Place = tuple[int, int]  # among siblings: position and primary key

GAP = 1024  # between neighbours, so that a row finds room without moving the others


def within(path: str) -> Q:
    """All rows of the subtree at ``path``, the top included, as a range that an index serves.

    '0' is the character after '/': '/1/57/' <= path < '/1/570' holds for exactly the paths that
    begin with '/1/57/'.
    """
    return Q(path__gte=path, path__lt=f"{path[:-1]}0")


def ids(path: str) -> list[int]:
    """The primary keys along a path, the top first, the row itself last."""
    return [int(step) for step in path.split("/") if step]


class TreeQuerySet(PublicQuerySet):
    def in_order(self) -> Self:
        """Sibling order."""
        return self.order_by("position", "pk")

    def roots(self) -> Self:
        return self.filter(parent__isnull=True)

    def below(self, top: Tree) -> Self:
        """All descendants of a row, without it."""
        return self.filter(within(top.path), depth__gt=top.depth)

    def after(self, place: Place) -> Self:
        """What stands after a place in sibling order. Filter by the parent, and an index serves."""
        position, key = place
        return self.filter(Q(position__gt=position) | Q(position=position, pk__gt=key))

    def before(self, place: Place) -> Self:
        position, key = place
        return self.filter(Q(position__lt=position) | Q(position=position, pk__lt=key))


class Tree(models.Model):
    """A row with a parent and an order among its siblings."""

    scope: ClassVar[tuple[str, ...]] = ()  # columns that roots share with their siblings

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
        db_index=False,
    )
    if TYPE_CHECKING:
        parent_id: int | None
    position: models.BigIntegerField[int | None, Any] = models.BigIntegerField(
        _("position"), blank=True, default=None, help_text=_("Order among siblings; empty: last.")
    )
    path = Key(editable=False, blank=True, max_length=400)
    depth = models.PositiveSmallIntegerField(editable=False, default=0)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.position is None:
            last = self.siblings().exclude(pk=self.pk).aggregate(last=Max("position"))["last"]
            self.position = (last or 0) + GAP
        with transaction.atomic():
            if self.parent_id is not None:
                # Two moves that would tie a knot together wait for each other here.
                list(self._lock_ancestors())
            super().save(*args, **kwargs)
            self._place()

    def _rows(self) -> Any:
        return type(self)._base_manager

    @property
    def place(self) -> Place:
        return self.position or 0, self.pk

    def ancestor_ids(self) -> list[int]:
        """Top first, without the row itself."""
        return ids(self.path)[:-1]

    def siblings(self) -> Any:
        """All rows under the same parent, this one included."""
        rows = self._rows().filter(parent=self.parent_id)
        if self.parent_id is None:
            rows = rows.filter(**{name: getattr(self, name) for name in self.scope})
        return rows

    def clean(self) -> None:
        super().clean()
        if self.parent_id and self.pk and self.parent and self.pk in ids(self.parent.path):
            raise ValidationError({"parent": _("A unit cannot stand under itself.")})

    def _lock_ancestors(self) -> Any:
        parent = self._rows().values_list("path", flat=True).get(pk=self.parent_id)
        keys = [*ids(parent), self.pk] if self.pk else ids(parent)
        locked = self._rows().select_for_update().filter(pk__in=keys)
        return locked.order_by("pk").values_list("pk", flat=True)

    def _place(self) -> None:
        """Write path and depth, and carry the whole subtree along when the row has moved."""
        rows = self._rows()
        above = "/"
        if self.parent_id is not None:
            above = rows.values_list("path", flat=True).get(pk=self.parent_id)
            if self.pk in ids(above):
                raise ValidationError({"parent": _("A unit cannot stand under itself.")})
        path = f"{above}{self.pk}/"
        stored = rows.values_list("path", flat=True).get(pk=self.pk)
        if path == stored:
            return
        depth = path.count("/") - 2
        if stored:
            tail = Substr("path", len(stored) + 1)
            rows.filter(within(stored)).update(
                path=Concat(Value(path), tail), depth=F("depth") + (depth - (stored.count("/") - 2))
            )
        else:
            rows.filter(pk=self.pk).update(path=path, depth=depth)
        self.path, self.depth = path, depth

    def move(self, parent: Unit | None, *, before: Unit | None = None) -> None:
        """Stand under ``parent``, last or before one of its children. Raises ValidationError for
        a place inside its own subtree."""
        with transaction.atomic():
            self.parent = parent
            self.clean()
            self.position = None if before is None else self._room_before(before)
            self.save()

    def _room_before(self, sibling: Unit) -> int:
        rows = sibling.siblings().exclude(pk=self.pk)
        sibling.refresh_from_db(fields=["position"])
        previous = rows.filter(
            Q(position__lt=sibling.position) | Q(position=sibling.position, pk__lt=sibling.pk)
        ).aggregate(last=Max("position"))["last"]
        low = sibling.position - 2 * GAP if previous is None else previous
        if sibling.position - low > 1:
            return int(low + sibling.position) // 2
        renumber(rows)
        return self._room_before(sibling)


def renumber(rows: models.QuerySet[Any]) -> None:
    """Give siblings back their gaps, keeping their order."""
    keys = rows.order_by("position", "pk").values_list("pk", flat=True)
    changed = [rows.model(pk=key, position=place * GAP) for place, key in enumerate(keys, start=1)]
    rows.model._base_manager.bulk_update(changed, ["position"], batch_size=500)


def arrange(rows: Sequence[Any], reason: str = "") -> list[Any]:
    """Put siblings, given whole and in their new order, into it; returns those that moved.

    They share out the positions that they had, so that whoever keeps his place is not written.
    """
    places = sorted(row.position for row in rows)
    if len(set(places)) < len(places):
        places = [number * GAP for number in range(1, len(rows) + 1)]
    moved = [row for row, place in zip(rows, places, strict=True) if row.position != place]
    for row, place in zip(rows, places, strict=True):
        row.position = place
    change_together(moved, ["position"], reason)
    return moved
