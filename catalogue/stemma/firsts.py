"""What can be read off the graph: when a text was first printed, in full, in each language.

Only witnesses whose existence and completeness are certain count. Others that may be earlier are
named beside the answer, and so are statements that deny; neither ever changes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from catalogue import dates
from catalogue.models.claim import Claim, Mode, Property
from catalogue.models.derivation import Derivation
from catalogue.models.document import Document
from catalogue.models.statement import Standing
from catalogue.models.witness import Completeness, Witness, WitnessKind
from catalogue.stemma.graph import dated_by

DENIALS = (Mode.DENIED, Mode.SOUGHT)


@dataclass(frozen=True)
class First:
    """The earliest certain witness of some sort, and what may be earlier.

    ``rivals`` are uncertain, undated, or dated so broadly that the order cannot be told.
    """

    witness: Witness | None = None
    rivals: tuple[Witness, ...] = ()

    def __bool__(self) -> bool:
        return self.witness is not None or bool(self.rivals)


@dataclass(frozen=True)
class Firsts:
    """``translated`` and ``translated_in_full`` are by language; ``years_unpublished`` counts
    from the year of the document to that of the first full printing, None where either is
    not known. ``denials`` are the statements that it was not printed (in full, translated ...).
    """

    printed: First = First()
    printed_in_full: First = First()
    in_original_language: First = First()
    translated: Mapping[str, First] = field(default_factory=dict)
    translated_in_full: Mapping[str, First] = field(default_factory=dict)
    years_unpublished: int | None = None
    denials: tuple[Claim, ...] = ()


def find(
    document: Document,
    witnesses: Iterable[Witness],
    derivations: Iterable[Derivation] = (),
    claims: Iterable[Claim] = (),
) -> Firsts:
    """Read the firsts off the witnesses of one document, which the caller has found public."""
    printed = [witness for witness in witnesses if _is_printed(witness)]
    derived = _descendants(derivations)
    original = set(document.languages)
    full = _first([w for w in printed if _may_be_full(w)], derived, full=True)
    languages = sorted({w.language for w in printed if w.language} - original) if original else []
    by_language = {
        language: [w for w in printed if w.language == language] for language in languages
    }
    return Firsts(
        printed=_first(printed, derived),
        printed_in_full=full,
        in_original_language=_first([w for w in printed if w.language in original], derived),
        translated={language: _first(rows, derived) for language, rows in by_language.items()},
        translated_in_full={
            language: _first([w for w in rows if _may_be_full(w)], derived, full=True)
            for language, rows in by_language.items()
        },
        years_unpublished=_years(document, full.witness),
        denials=tuple(
            claim
            for claim in claims
            if claim.mode in DENIALS
            and claim.document_id == document.pk
            and claim.claim_property
            in (Property.PUBLISHED, Property.PUBLISHED_IN_FULL, Property.TRANSLATED)
            and claim.standing not in (Standing.SUPERSEDED, Standing.DEPRECATED)
        ),
    )


def _is_printed(witness: Witness) -> bool:
    return witness.publication_id is not None or witness.witness_kind in (
        WitnessKind.PRINTED,
        WitnessKind.ONLINE,
    )


def _may_be_full(witness: Witness) -> bool:
    return (
        witness.completeness in (Completeness.FULL, Completeness.UNKNOWN)
        or not witness.completeness_certain
    )


def _is_certain(witness: Witness, full: bool) -> bool:
    whole = witness.completeness == Completeness.FULL and witness.completeness_certain
    return witness.existence_certain and (whole or not full)


def _first(
    candidates: Sequence[Witness], descendants: Mapping[int, set[int]], full: bool = False
) -> First:
    days = {witness.pk: dated_by(witness)[1:] for witness in candidates}
    sure = [
        (latest, earliest, witness.pk, witness)
        for witness in candidates
        for earliest, latest in [days[witness.pk]]
        if _is_certain(witness, full) and earliest is not None and latest is not None
    ]
    if not sure:
        return First(None, tuple(candidates))
    last_day, _earliest, _key, first = min(sure, key=lambda row: row[:3])
    later = descendants.get(first.pk, set())

    def may_precede(witness: Witness) -> bool:
        earliest = days[witness.pk][0]
        return (
            witness.pk != first.pk
            and witness.pk not in later
            and (earliest is None or earliest < last_day)
        )

    return First(first, tuple(witness for witness in candidates if may_precede(witness)))


def _descendants(derivations: Iterable[Derivation]) -> dict[int, set[int]]:
    """What comes, at any remove, from each witness."""
    children: dict[int, set[int]] = {}
    for derivation in derivations:
        if derivation.base_id is not None and derivation.standing not in (
            Standing.SUPERSEDED,
            Standing.DEPRECATED,
        ):
            children.setdefault(derivation.base_id, set()).add(derivation.derived_id)
    found: dict[int, set[int]] = {}
    for key in children:
        reached: set[int] = set()
        frontier = set(children[key])
        while frontier:
            reached |= frontier
            frontier = {c for k in frontier for c in children.get(k, ())} - reached
        found[key] = reached - {key}
    return found


def _years(document: Document, witness: Witness | None) -> int | None:
    if witness is None or document.date_latest is None:
        return None
    printed = dated_by(witness)[1]
    if printed is None or printed < document.date_latest:
        return None
    return dates.year_of(printed) - dates.year_of(document.date_latest)
