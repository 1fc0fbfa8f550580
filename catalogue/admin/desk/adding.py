"""A statement and its source, entered in one go: the fields of the kind, and one evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import ForeignKey, Model
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from catalogue.admin.desk import scope
from catalogue.admin.desk.sources import COPIED, copied
from catalogue.models import STATEMENTS
from catalogue.models.evidence import SOURCES as EVIDENCE_SOURCES
from catalogue.models.relation import SOURCES, TARGETS
from catalogue.models.statement import Assertion

KINDS: dict[str, type[Assertion]] = {str(kind._meta.model_name): kind for kind in STATEMENTS}

# The fields of the compact form of each kind; the form of the kind has them all.
FIELDS: dict[str, tuple[str, ...]] = {
    "agentname": ("form", "language", "script", "name_kind", "date"),
    "agentrelation": ("source", "relation_kind", "target", "role", "date"),
    "claim": ("claim_property", "mode", "value", "part", "date_written", "date"),
    "contribution": ("contributor", "role", "name_as_printed"),
    "custodyevent": ("custody_kind", "holder", "holder_name", "from_agent", "place", "date"),
    "dating": ("dating_kind", "date_written", "date", "calendar"),
    "derivation": ("derived", "derivation_kind", "base", "date"),
    "reading": ("part", "passage", "text", "language", "reading_kind", "witness"),
    "relation": ("relation_kind", *SOURCES, *TARGETS, "locator", "as_printed"),
    "unitreference": ("unit", "witness", "raw", "repository_name", "reference_kind", "date"),
}
COMMON = ("standing", "certainty", "question", "note")
EVIDENCE = (
    "basis",
    "bearing",
    *EVIDENCE_SOURCES,
    "part",
    "locator",
    "speaker",
    "attribution",
    "date_written",
    "date",
    "reading",
)
# What is seldom needed, and goes with a source that is copied.
EVIDENCE_MORE = ("through_publication", "through_witness", "calendar", "accessed", "url")
PREFIX = "evidence"


@dataclass(frozen=True)
class Way:
    """A kind of statement that can be made on a desk, with the record at one of its ends."""

    kind: str
    end: str
    words: Any


def ways(record: Model) -> list[Way]:
    """All the ways in which a record, or what is its own, can be spoken of."""
    found = []
    for kind, model in KINDS.items():
        ends = [name for name in model.ends if scope.end_model(model, name) is type(record)]
        words = model._meta.verbose_name
        if kind == "custodyevent":
            ends = ends[:1]
        if not ends and _is_of_its_own(model, record):
            found.append(Way(kind, "", words))
        for name in ends:
            found.append(Way(kind, name, _directed(model, name) if len(ends) > 1 else words))
    return found


def _is_of_its_own(model: type[Assertion], record: Model) -> bool:
    return any(scope.end_model(model, name) in scope.own(record) for name in model.ends)


def _directed(model: type[Assertion], name: str) -> Any:
    """Of two ends of the same kind, which of them the record is."""
    away = name in (*SOURCES, "source", "derived")
    kind = str(model._meta.verbose_name)
    return (_("%(kind)s, from here") if away else _("%(kind)s, to here")) % {"kind": kind}


def statement_form(
    way: Way, record: Model, administered: Any, request: HttpRequest, sent: QueryDict | None
) -> Any:
    """The compact form of a kind, with the record as its end.

    It is the form of the kind's own page with fewer fields; what is said of the document's own
    witnesses and parts is chosen from those.
    """
    model = KINDS[way.kind]
    names = [name for name in _fields(way, model, record) if name != way.end]
    form_class = administered.get_form(request, None, fields=[*names, *COMMON])
    given = administered.get_changeform_initial_data(request)
    instance = model(**{way.end: record}) if way.end else model()
    form = form_class(sent, instance=instance, initial=given)
    _narrow(form, model, record)
    if _may_be_of_a_witness(model, way, record):
        form.fields["witness"].help_text = _("Empty: it is said of the document itself.")
        form.of_a_witness = True
    return form


def _fields(way: Way, model: type[Assertion], record: Model) -> Iterator[str]:
    if _may_be_of_a_witness(model, way, record):
        yield "witness"
    for name in FIELDS[way.kind]:
        side = SOURCES if way.end in SOURCES else TARGETS if way.end in TARGETS else ()
        if name not in side:
            yield name
    if way.end in ("source_document", "target_document"):
        yield way.end.replace("document", "part")
    if way.kind == "custodyevent" and way.end not in ("unit", "witness"):
        yield "unit"
        yield "witness"
    if way.kind == "contribution" and way.end == "contributor":
        yield from model.ends[1:]


def _may_be_of_a_witness(model: type[Assertion], way: Way, record: Model) -> bool:
    """Whether the statement may be moved from the document to one of its witnesses."""
    return way.end == "document" and "witness" in model.ends and model.__name__ != "Reading"


def _narrow(form: Any, model: type[Assertion], record: Model) -> None:
    """Witnesses and parts of the record's own are chosen from a short list."""
    for related, rows in scope.own(record).items():
        for name, field in list(form.fields.items()):
            column: Any = model._meta.get_field(name) if name in model.ends else None
            if isinstance(column, ForeignKey) and column.related_model is related:
                form.fields[name] = forms.ModelChoiceField(
                    rows,
                    required=field.required,
                    label=field.label,
                    help_text=field.help_text,
                    initial=field.initial,
                )


def settle_end(form: Any, way: Way) -> None:
    """Said of a witness, it is not said of the document. To be called before validation."""
    witness = form.data.get(form.add_prefix("witness")) if form.is_bound else None
    if getattr(form, "of_a_witness", False) and witness:
        setattr(form.instance, way.end, None)


def evidence_form(
    administered: Any, request: HttpRequest, sent: QueryDict | None, given: dict[str, Any]
) -> Any:
    """One evidence; left as it is, there is none. ``given`` is what a copied source fills in."""
    form_class = administered.get_form(request, None, fields=[*EVIDENCE, *EVIDENCE_MORE])
    form = form_class(
        sent,
        prefix=PREFIX,
        initial=None if sent is not None else given,
        empty_permitted=True,
        use_required_attribute=False,
    )
    form.fields.pop("change_reason", None)
    return form


def with_last_source(sent: QueryDict, evidence: Any) -> QueryDict:
    """What was sent, with the source of another evidence in its fields."""
    filled = sent.copy()
    for name in COPIED:
        filled.pop(f"{PREFIX}-{name}", None)
    for name, value in copied(evidence).items():
        filled[f"{PREFIX}-{name}"] = str(value)
    return filled
