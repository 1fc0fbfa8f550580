"""From witnesses and derivations on record to the graph that is drawn, in a language."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from catalogue import dates
from catalogue.models.derivation import Derivation
from catalogue.models.document import Document
from catalogue.models.publication import Publication
from catalogue.models.statement import Certainty, Standing
from catalogue.models.witness import Survival, Witness, WitnessKind
from catalogue.stemma.layout import Edge, Node, Writing

LONGEST_DATE = 15
"""Characters of a date that fit beside the axis; a longer one is shown by its years."""
SURE = {Certainty.CERTAIN: "certain", Certainty.PROBABLE: "probable"}


def nodes_of(witnesses: Iterable[Witness], language: str) -> list[Node]:
    """One node for each witness; each leads to its row, ``#witness-<identifier>``.

    The witnesses should come with ``publication`` joined; the caller has asked who may see them.
    """
    return [
        Node(
            key=witness.pk,
            label=witness.label,
            detail=_detail(witness),
            date=_shortly(*dated_by(witness), language),
            moment=dated_by(witness)[1],
            shape=_shape(witness),
            completeness=witness.completeness,
            survival=witness.survival if witness.existence_certain else Survival.HYPOTHETICAL,
            language=witness.language,
            href=f"#witness-{witness.identifier}",
        )
        for witness in witnesses
    ]


def writing_of(document: Document, language: str) -> Writing | None:
    """When the document was written, for the head of the axis; None where nobody says."""
    days = (document.date_earliest, document.date_latest)
    words = _shortly(document.date, *days, language)
    return Writing(words, document.date_earliest) if words else None


def edges_of(derivations: Iterable[Derivation], inferred: Collection[int] = ()) -> list[Edge]:
    """One edge for each derivation with a base that is on record; superseded ones are left out.

    ``inferred`` holds the keys of statements that rest on inference alone: they are drawn as
    probable even where we hold them for certain.
    """
    return [
        Edge(
            parent=derivation.base_id,
            child=derivation.derived_id,
            kind=derivation.derivation_kind,
            certainty=_certainty(derivation, inferred),
            disputed=(
                derivation.question_id is not None or derivation.standing == Standing.DEPRECATED
            ),
        )
        for derivation in derivations
        if derivation.base_id is not None and derivation.standing != Standing.SUPERSEDED
    ]


def dated_by(witness: Witness) -> tuple[str, int | None, int | None]:
    """(EDTF, earliest, latest day) of its making, or else of the publication that it stands in."""
    publication = public_publication(witness)
    if witness.date or publication is None:
        return witness.date, witness.date_earliest, witness.date_latest
    return publication.date, publication.date_earliest, publication.date_latest


def public_publication(witness: Witness) -> Publication | None:
    """The publication of a witness, if anybody may see it."""
    publication: Publication | None = witness.publication
    return publication if publication is not None and publication.is_public else None


def _certainty(derivation: Derivation, inferred: Collection[int]) -> str:
    sure = SURE.get(Certainty(derivation.certainty), "possible")
    return "probable" if sure == "certain" and derivation.pk in inferred else sure


def _shape(witness: Witness) -> str:
    if witness.is_archival:
        return "archival"
    return "online" if witness.witness_kind == WitnessKind.ONLINE else "printed"


def _detail(witness: Witness) -> str:
    parts = [witness.get_completeness_display()] if witness.completeness != "unknown" else []
    if witness.pages:
        form = _("p. %(pages)s") if witness.pages.isalnum() else _("pp. %(pages)s")
        parts.append(form % {"pages": witness.pages})
    if not witness.existence_certain:
        parts.append(_("inferred to stand there"))
    elif witness.survival == Survival.UNKNOWN:
        parts.append(_("survival not known"))
    elif witness.survival != Survival.EXTANT:
        parts.append(witness.get_survival_display())
    if witness.is_archival:
        parts.insert(0, witness.get_witness_kind_display())
    return " · ".join(parts)


def _shortly(date: str, earliest: int | None, latest: int | None, language: str) -> str:
    words = dates.describe(date, language) if date else ""
    if len(words) <= LONGEST_DATE:
        return words
    years = [str(dates.year_of(day)) for day in (earliest, latest) if day is not None]
    return "–".join(dict.fromkeys(years))
