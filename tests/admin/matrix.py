"""Every named view of the site, and from which role on it may be read and posted to.

The first pattern that matches the whole name holds. Whoever adds a view adds it here; what is not
listed fails ``test_matrix.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from catalogue.models import Document, Unit

# From the least permitted role to the most; each may do what the ones before it may.
ORDER = ("anonymous", "viewer", "cataloguer", "reviewer", "administrator", "superuser")
NOBODY = "nobody"


class Rule(NamedTuple):
    """``get`` and ``post``: the first role that is not turned away."""

    pattern: str
    get: str
    post: str


KEPT = "(tombstone|act)"
ROWS = "(title|termlabel|accesspoint|outsideidentifier|foliorange|agentname|evidence)"

RULES = (
    # The public pages are for reading.
    Rule("catalogue:.*", "anonymous", NOBODY),
    # Signing in and out, and one's own account.
    Rule("admin:login", "anonymous", "anonymous"),
    Rule("admin:(logout)", NOBODY, "viewer"),
    Rule("admin:(password_change|index|app_list)", "viewer", "viewer"),
    Rule("admin:(password_change_done|jsi18n)", "viewer", NOBODY),
    Rule("admin:view_on_site", "viewer", "viewer"),
    Rule("admin:second_factor(_set_up)?", "viewer", "viewer"),
    Rule("password_reset_(done|complete)", "anonymous", NOBODY),
    Rule("(admin_password_reset|password_reset_confirm)", "anonymous", "anonymous"),
    # Working together.
    Rule("admin:review", "viewer", "reviewer"),
    Rule("admin:(proposals|today)", "viewer", "viewer"),
    # Quality. Whether two records are told apart is asked of each kind: see test_quality.py.
    Rule("admin:(quality|quality_check|duplicates|duplicates_of)", "viewer", "viewer"),
    # What is read while somebody types.
    Rule("admin:autocomplete", "viewer", NOBODY),
    Rule("admin:(read_date|read_folios|read_name|compose_reference)", "viewer", NOBODY),
    # Statements of all kinds together have no columns to change: each is changed as what it is.
    Rule("admin:catalogue_statement_export_sheet", "superuser", NOBODY),
    Rule("admin:catalogue_statement_(.*_many|sheet)", "superuser", "superuser"),
    # Many at once.
    Rule("admin:catalogue_[a-z]+_(edit|replace|preview)_many", "reviewer", "reviewer"),
    Rule("admin:catalogue_[a-z]+_(sheet|merge)", "reviewer", "reviewer"),
    Rule("admin:catalogue_[a-z]+_export_sheet", "reviewer", NOBODY),
    Rule("admin:catalogue_act_undo", "reviewer", "reviewer"),
    # The desk of a document, the tree, images.
    Rule("admin:catalogue_[a-z]+_(used_as_source|last_source)", "viewer", "viewer"),
    # Of what is posted, each statement that it would change is asked about.
    Rule("admin:catalogue_[a-z]+_statements", "viewer", "viewer"),
    Rule("admin:catalogue_[a-z]+_add_statement", "cataloguer", "cataloguer"),
    Rule("admin:catalogue_unit_(tree|branch)", "viewer", NOBODY),
    Rule("admin:catalogue_unit_step", NOBODY, "cataloguer"),
    Rule("admin:catalogue_unit_(move|order|renumber)", "cataloguer", "cataloguer"),
    Rule("admin:catalogue_folioimage_upload", "cataloguer", "cataloguer"),
    Rule("admin:catalogue_folioimage_arrange", NOBODY, "cataloguer"),
    Rule("admin:catalogue_folioimage_(file|copy)", "viewer", "viewer"),
    Rule("admin:images_report", "viewer", NOBODY),
    # Accounts.
    Rule("admin:auth_(user|group)_.*", "administrator", "administrator"),
    # What nobody changes by hand.
    Rule(f"admin:catalogue_{KEPT}_(changelist|history)", "viewer", "viewer"),
    Rule("admin:catalogue_tombstone_change", "viewer", NOBODY),
    Rule("admin:catalogue_act_change", "viewer", "viewer"),  # a page to read, however asked for
    Rule(f"admin:catalogue_{KEPT}_(add|delete)", NOBODY, NOBODY),
    Rule("admin:catalogue_statement_add", NOBODY, NOBODY),
    Rule("admin:catalogue_statement_.*", "viewer", "viewer"),  # leads to the statement's own page
    # Records, and rows of records.
    Rule("admin:catalogue_[a-z]+_(changelist|history)", "viewer", "viewer"),
    Rule("admin:catalogue_[a-z]+_compare", "viewer", "viewer"),
    Rule("admin:catalogue_[a-z]+_add", "cataloguer", "cataloguer"),
    Rule("admin:catalogue_[a-z]+_change", "viewer", "cataloguer"),
    Rule("admin:catalogue_[a-z]+_simple_history", "viewer", "cataloguer"),
    Rule(f"admin:catalogue_{ROWS}_delete", "cataloguer", "cataloguer"),
    Rule("admin:catalogue_[a-z]+_delete", "administrator", "administrator"),
    Rule("admin:catalogue_[a-z]+_restore", "cataloguer", "cataloguer"),
)

WITNESS = {"app_label": "catalogue", "model_name": "witness", "field_name": "document"}


class View(NamedTuple):
    name: str
    pattern: URLPattern

    @property
    def rule(self) -> Rule | None:
        found = (rule for rule in RULES if re.fullmatch(rule.pattern, self.name))
        return next(found, None)


def views(resolver: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[View]:
    """All views of the site. What has no name is called after its function."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from views(pattern, inner)
        else:
            name = pattern.name or f"unnamed {pattern.callback.__qualname__}"
            yield View(":".join((*spaces, name)), pattern)


def query(view: View, holding: dict[type[Model], Any]) -> dict[str, Any]:
    """What an address asks for beside its own."""
    if view.name == "admin:autocomplete":
        return WITNESS
    if view.name == "admin:catalogue_folioimage_arrange":
        return {"unit": holding[Unit].pk}
    if view.name.endswith("_restore"):
        record = _record(view, holding)
        return {"version": record.history.latest().pk} if hasattr(record, "history") else {}
    return {}


def _record(view: View, holding: dict[type[Model], Any]) -> Any:
    if account := re.match("admin:auth_(user|group)_", view.name):
        accounts: dict[str, type[Model]] = {"user": User, "group": Group}
        return accounts[account[1]]._default_manager.earliest("pk")
    names = {model._meta.model_name: record for model, record in holding.items()}
    kind = re.sub(r"^(admin:catalogue_|catalogue:)([a-z]+).*", r"\2", view.name)
    if view.name.startswith("catalogue:image"):
        return names["folioimage"]
    return names.get(kind, names["document"])


def address(view: View, holding: dict[type[Model], Any]) -> str:
    """Where the view shows a record of its own kind."""
    record = _record(view, holding)
    known = {
        "object_id": record.pk,
        "key": record.pk,
        "id": record.pk,
        "identifier": getattr(record, "identifier", "x"),
        "code": getattr(record, "code", "x"),
        "slug": "bibtex",
        "size": "reading",
        "kind": "claim",
        "app_label": "catalogue",
        "uidb64": "x",
        "token": "x",
        "content_type_id": ContentType.objects.get_for_model(Document).pk,
    }
    pattern = view.pattern.pattern
    wanted = list(pattern.converters) or list(pattern.regex.groupindex)
    if wanted:
        return reverse(view.name, kwargs={name: known[name] for name in wanted})
    # simple_history's own address has its two keys in no names
    unnamed = pattern.regex.groups
    version = record.history.latest().pk if unnamed == 2 else 0
    return reverse(view.name, args=(record.pk, version)[:unnamed])
