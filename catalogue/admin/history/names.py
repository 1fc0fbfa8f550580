"""What rows are called, living and deleted ones: each kind of record in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import ForeignKey, Model, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext

from catalogue.models import STATEMENTS, Statement


class Names:
    """Labels of rows by (model, key). All that will be asked for is fetched beforehand."""

    def __init__(self, site: Any, request: HttpRequest) -> None:
        self._site = site
        self._request = request
        self._labels: dict[tuple[type[Model], Any], str] = {}
        self._deleted: set[tuple[type[Model], Any]] = set()

    def fetch(self, wanted: Iterable[tuple[type[Model], Any]]) -> None:
        by_model: dict[type[Model], set[Any]] = defaultdict(set)
        for model, key in wanted:
            if key is not None and (model, key) not in self._labels:
                by_model[model].add(key)
        for model, keys in by_model.items():
            for key, label in self._living(model, keys).items():
                self._labels[model, key] = label
            missing = {key for key in keys if (model, key) not in self._labels}
            for key, label in _deleted(model, missing).items():
                words = gettext("%(record)s (deleted)") % {"record": label}
                self._labels[model, key] = words
                self._deleted.add((model, key))

    def label(self, model: type[Model], key: Any) -> str:
        """Only of what was fetched; of anything else the kind and the number."""
        return self._labels.get((model, key)) or _unknown(model, key)

    def is_deleted(self, model: type[Model], key: Any) -> bool:
        return (model, key) in self._deleted

    def _living(self, model: type[Model], keys: set[Any]) -> dict[Any, str]:
        known = self._site.is_registered(model)
        administered: Any = self._site.get_model_admin(model) if known else None
        if not hasattr(administered, "prepare"):
            return {key: str(row) for key, row in model._base_manager.in_bulk(list(keys)).items()}
        rows = administered.get_queryset(self._request).filter(pk__in=keys)
        return {row.pk: administered.label(row) for row in administered.prepare(list(rows))}


def _deleted(model: type[Model], keys: set[Any]) -> dict[Any, str]:
    """What deleted rows were called last; of a statement, as what it was of its kind."""
    kinds = STATEMENTS if model is Statement else (model,)
    found: dict[Any, str] = {}
    for kind in kinds:
        history: Any = getattr(kind, "history", None)
        if history is None or not keys:
            continue
        name = str(kind._meta.pk.attname)
        versions = history.filter(**{f"{name}__in": keys}).latest_of_each()
        rows = [version.instance for version in versions]
        ends = [field.name for field in kind._meta.concrete_fields if isinstance(field, ForeignKey)]
        prefetch_related_objects(rows, *(end for end in ends if not end.endswith("_ptr")))
        found |= {row.pk: _text(row) for row in rows}
    return found


def _text(row: Model) -> str:
    """A deleted row may be called after others that are deleted as well."""
    try:
        return str(row)
    except (ObjectDoesNotExist, AttributeError):
        return _unknown(type(row), row.pk)


def _unknown(model: type[Model], key: Any) -> str:
    return f"{model._meta.verbose_name} {key}"
