"""Groups of fields, named after the areas of the standards."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


def staff_only(*names: str) -> tuple[Any, Any]:
    """The last fieldset: what no public page, index or export ever holds."""
    return (_("Staff only"), {"fields": names, "classes": ("staff-only",)})


def area(name: Any, *names: Any, folded: bool = False) -> tuple[Any, Any]:
    """A fieldset named after an area of a standard. ``folded``: while it is empty."""
    return (name, {"fields": names, "classes": ("collapse",) if folded else ()})
