"""Valid records of every model, for tests: ``build(Witness, document=letter)``.

Records are published unless ``state`` says otherwise. What a model requires and the caller does not
give is filled in, other records included.
"""

import struct
import zlib
from itertools import count
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db.models import ForeignKey, Model

from catalogue.models import (
    AccessPoint,
    Act,
    Agent,
    AgentName,
    AgentRelation,
    Claim,
    Contribution,
    CustodyEvent,
    Dating,
    Derivation,
    Distinction,
    Document,
    Event,
    Evidence,
    FolioImage,
    FolioRange,
    OutsideIdentifier,
    Part,
    Publication,
    Question,
    Reading,
    Relation,
    Repository,
    Term,
    TermLabel,
    Title,
    Tombstone,
    Unit,
    UnitReference,
    Witness,
)
from catalogue.models.identifier import mint
from catalogue.models.relation import SOURCES as RELATION_SOURCES
from catalogue.models.relation import TARGETS as RELATION_TARGETS
from catalogue.models.statement import Standing
from catalogue.models.subject import SUBJECTS
from catalogue.models.visibility import Publishable, State

AnyModel = TypeVar("AnyModel", bound=Model)

_numbers = count(1)

# What a model cannot do without. A class stands for a new record of it, a function for its result.
REQUIRED: dict[type[Model], dict[str, Any]] = {
    AccessPoint: {"term": Term},
    Act: {"kind": "edit"},
    Agent: {"kind": "person", "name": "Sedova, Natalia"},
    AgentName: {"agent": Agent, "form": "Седова Н. И.", "language": "ru"},
    AgentRelation: {"source": Agent, "target": Agent, "relation_kind": "associate"},
    Claim: {"claim_property": "other", "value": "so it is said"},
    Contribution: {"contributor": Agent, "role": "author"},
    CustodyEvent: {"holder": Agent},
    Dating: {"date": "1923-10"},
    Derivation: {"derived": Witness},
    Distinction: {"first": "1", "second": "2"},
    Document: {"title": "A letter on the housing of the staff"},
    Event: {"kind": "meeting", "title": "A meeting of the house committee"},
    Evidence: {"statement": Claim},
    FolioImage: {"first": "1"},
    FolioRange: {"first": "1", "last": "2", "witness": Witness},
    OutsideIdentifier: {"scheme": "other", "value": "A-1"},
    Part: {"document": Document},
    Publication: {"kind": "book", "title": "Letters of the staff"},
    Question: {"text": "Was the letter ever sent?"},
    Reading: {"document": Document, "passage": "number of the house", "text": "seven"},
    Relation: {"relation_kind": "related"},
    Repository: {"agent": lambda: build(Agent, kind="corporate", name="House of Archives")},
    Term: {"kind": "subject", "label": "housing"},
    TermLabel: {"term": Term, "language": "fr", "label": "logement"},
    Title: {"title": "Письмо о жилье", "language": "ru"},
    Tombstone: {"kind": "document"},
    Unit: {"repository": Repository, "title": "Papers of the staff", "level": "fonds"},
    UnitReference: {"unit": Unit, "raw": "Ф. 1. Оп. 2. Д. 3"},
    Witness: {"document": Document, "label": "typed copy", "witness_kind": "typed_copy"},
}

# Of each group one must be given; if the caller gives none, the first is filled in.
ONE_OF: dict[type[Model], tuple[tuple[str, ...], ...]] = {
    AccessPoint: (("document", "unit", "publication", "agent", "event"),),
    Claim: (("document", *SUBJECTS),),
    Contribution: (("document", "unit", "witness", "publication", "event"),),
    CustodyEvent: (("unit", "witness"),),
    Dating: (("document", *SUBJECTS),),
    Evidence: (("publication", "document", "witness", "unit"),),
    FolioImage: (("unit", "witness"),),
    OutsideIdentifier: (("document", "unit", "publication", "agent", "event", "term"),),
    Question: (("document", *SUBJECTS),),
    Relation: (RELATION_SOURCES, RELATION_TARGETS),
    Title: (("document", "publication", "event", "unit"),),
}

MODELS = tuple(REQUIRED)


def needs(model: type[Model], given: dict[str, Any]) -> dict[str, Any]:
    """What ``model`` still requires beside ``given``, as in ``REQUIRED``."""
    missing = {name: value for name, value in REQUIRED[model].items() if name not in given}
    for group in ONE_OF.get(model, ()):
        if not any(given.get(name) is not None for name in group):
            missing[group[0]] = related_model(model, group[0])
    if given.get("parent") is not None:
        missing.pop("repository", None)
    return missing


def related_model(model: type[Model], name: str) -> type[Model]:
    field = model._meta.get_field(name)
    assert isinstance(field, ForeignKey)
    related: type[Model] = field.related_model
    return related


def build(model: type[AnyModel], **values: Any) -> AnyModel:
    """A valid record, saved."""
    for name, value in needs(model, values).items():
        if isinstance(value, type):
            value = build(value)
        values[name] = value() if callable(value) else value
    for name, value in _own_values(model, values).items():
        values.setdefault(name, value)
    covered = {field.name: values.pop(field.name, []) for field in model._meta.many_to_many}
    record = model(**values)
    record.save()
    for name, records in covered.items():
        getattr(record, name).set(records)
    return record


def _own_values(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """What only one record of the model may have, or what follows from the other values."""
    own: dict[str, Any] = {}
    if issubclass(model, Publishable):
        own["state"] = State.PUBLISHED
    if values.get("superseded_by") is not None:
        own["standing"] = Standing.SUPERSEDED
    if model is Repository:
        own["code"] = f"archive-{next(_numbers)}"
    if model is Part:
        own["number"] = next(_numbers)
    if model is FolioImage:
        own["image"] = ContentFile(png(), name="scan.png")
    if model is Tombstone:
        own["identifier"] = mint()
    return own


def png() -> bytes:
    """The smallest image: one grey pixel."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x80")
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
