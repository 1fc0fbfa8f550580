"""Everything that is stored of the catalogue, to be compared before and after."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model

# What says when, and the tables that only grow.
STAMPS = {"modified", "since"}
GROWING = {"act"}

State = dict[str, dict[Any, dict[str, Any]]]


def tables() -> list[type[Model]]:
    """Every table of the catalogue, those of many to many included; no history."""
    models = apps.get_app_config("catalogue").get_models(include_auto_created=True)
    names = [(model, str(model._meta.model_name)) for model in models]
    return [m for m, name in names if not name.startswith("historical") and name not in GROWING]


def stored() -> State:
    """By table and key, every column. Tombstones by their identifier: their key says nothing."""
    found: State = {}
    for model in tables():
        rows: list[dict[str, Any]] = list(model._base_manager.order_by("pk").values())
        of_table = found[str(model._meta.model_name)] = {}
        for row in rows:
            key = row.get("identifier") if model._meta.model_name == "tombstone" else None
            number = row.pop("id", None) if key or model._meta.auto_created else row.get("id")
            kept = {name: value for name, value in row.items() if name not in STAMPS}
            of_table[
                key or (tuple(kept.values()) if model._meta.auto_created else _key(row, number))
            ] = kept
    return found


def _key(row: dict[str, Any], number: Any) -> Any:
    return number if number is not None else row["statement_ptr_id"]
