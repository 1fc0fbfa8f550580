"""The canonical form: every field under its own name, so that nothing needs to be guessed."""

import re

from catalogue.references.folios import FolioError, print_folios, read_folios
from catalogue.references.structure import Reference

_FIELD = re.compile(r"[a-z_]+ ")
_LEVEL_FIELDS = frozenset({"fond", "opis", "delo", "folios"})
_NOT_A_NAME = re.compile(r"^[a-z_]+ |[0-9]")
_PART = re.compile(r"(?:^|; )((?:[^;\\]|\\.)*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def write_canonical(reference: Reference) -> str:
    """Every field under its own name: "РГАСПИ; fond 17; opis 2; delo 685; folios 53–68v"."""
    fields = (
        ("fond", reference.fond),
        ("opis", reference.opis),
        ("delo", reference.delo),
        ("folios", print_folios(reference.folios)),
        *reference.aux,
    )
    parts = [reference.repository, *(f"{name} {text}" for name, text in fields if text)]
    escaped = [part.replace("\\", "\\\\").replace(";", "\\;") for part in parts]
    if _NOT_A_NAME.search(escaped[0]):
        escaped[0] = "\\" + escaped[0]  # a repository all the same
    return "; ".join(part for part in escaped if part)


def read_canonical(text: str) -> Reference | None:
    """The reference that a canonical form is of; None for anything else."""
    printed = _PART.findall(text)
    has_repository = _FIELD.match(text) is None
    if has_repository and not text.startswith("\\") and _NOT_A_NAME.search(printed[0]):
        return None
    parts = [_ESCAPED.sub(r"\1", part) for part in printed]
    fields = [part.partition(" ")[::2] for part in parts[has_repository:]]
    is_field = [_FIELD.match(part) for part in parts[has_repository:]]
    if len(parts) < 2 or not all(is_field) or not _LEVEL_FIELDS.intersection(dict(fields)):
        return None
    levels = {name: value for name, value in fields if name in ("fond", "opis", "delo")}
    aux = tuple((name, value) for name, value in fields if name not in _LEVEL_FIELDS)
    try:
        folios = read_folios(dict(fields).get("folios", ""))
    except FolioError:
        return None
    return Reference(parts[0] if has_repository else "", folios=folios, aux=aux, **levels)
