"""What a citation says of the place of a witness: archive, reference, leaves."""

from dataclasses import dataclass, replace
from typing import Literal

from catalogue import references
from catalogue.citation.naming import full_and_short
from catalogue.citation.wording import WORDINGS
from catalogue.models import Agent, Repository, Unit, Witness
from catalogue.models.unit import Level
from catalogue.references import Reference
from catalogue.text import Misread, gettext_noop

Naming = Literal["name", "acronym", "both", "hereafter"]
Notation = Literal["labels", "abbreviated", "numbers", "gost", "ministry"]

# Notation → language → the convention of catalogue.references that prints it.
CONVENTIONS: dict[Notation, dict[str, str]] = {
    "labels": {"en": "chicago_note", "fr": "fr_note", "ru": "footnote_ru"},
    "abbreviated": {"en": "chicago_short", "fr": "fr_note", "ru": "footnote_ru"},
    "numbers": {"en": "chicago_short", "fr": "fr_short", "ru": "footnote_ru"},
    "gost": {"en": "chicago_short", "fr": "fr_note", "ru": "gost_ru"},
    "ministry": {"en": "chicago_note", "fr": "fr_ministry", "ru": "footnote_ru"},
}

# The levels that a reference of the fond scheme is made of.
FOND_SCHEME = frozenset({Level.FONDS, Level.SERIES, Level.FILE})


class FolioError(Misread):
    """The folio asked for cannot be read, or is none of those that the witness takes up."""


@dataclass(frozen=True)
class Holding:
    """Where a witness is, in the words of one language.

    ``reference`` holds fond, opis, delo and leaves. A unit of another scheme (sub-fonds, box, a
    reference given whole by the source) has its shelfmark in ``shelfmark``, and only leaves in
    ``reference``.
    """

    language: str
    name: str
    acronym: str
    place: str
    reference: Reference
    shelfmark: str = ""

    def repository(self, naming: Naming) -> str:
        """The archive's name, as a convention introduces it."""
        if not self.acronym or naming == "name":
            return self.name
        if naming == "acronym":
            return self.acronym
        if naming == "both":
            return f"{self.name} ({self.acronym})"
        return WORDINGS[self.language].hereafter.format(name=self.name, acronym=self.acronym)

    def location(self, notation: Notation) -> str:
        """The whole reference below the archive: fond 17, opis 2, delo 685, listy 53–68."""
        parts = (self.shelfmark, self._print(self.reference, notation))
        return ", ".join(part for part in parts if part)

    def leaves(self, notation: Notation) -> str:
        """The leaves alone, for a note that repeats: l. 60. The whole where there are no leaves."""
        if not self.reference.folios:
            return self.location(notation)
        return self._print(Reference(folios=self.reference.folios), notation)

    def collection(self) -> "Holding":
        """The fond and opis that the reference belongs to."""
        shelf = Reference(fond=self.reference.fond, opis=self.reference.opis)
        return replace(self, reference=shelf)

    def at(self, folio: str) -> "Holding":
        """One leaf or some of them, as typed ("60", "54v", "л. 60 об.").

        Raises FolioError for what cannot be read or does not lie within the witness's leaves.
        """
        try:
            wanted = references.read_folios(folio)
        except references.FolioError as error:
            raise FolioError(error.sentence, **error.values) from error
        asked = replace(self.reference, folios=wanted)
        if not wanted or not references.contains(self.reference, asked):
            known = references.print_folios(self.reference.folios, self.language)
            raise FolioError(
                gettext_noop("Folio %(folio)s is not among those of this witness: %(known)s."),
                folio=folio.strip(),
                known=known or "–",
            )
        return replace(self, reference=asked)

    def _print(self, reference: Reference, notation: Notation) -> str:
        if reference == Reference():
            return ""
        convention = CONVENTIONS[notation][self.language]
        return references.write(reference, convention).removesuffix(".")


def holding(witness: Witness, language: str) -> Holding | None:
    """Where a witness is, under the archive's name of today; None if nobody may know."""
    repository = public_repository(witness)
    if repository is None:
        return None
    name, acronym = full_and_short(repository.agent, language)
    place = repository.place
    reference, shelfmark = _shelf(witness)
    return Holding(
        language=language,
        name=name,
        acronym=acronym,
        place=place.label_in(language) if place and place.is_public else "",
        reference=reference,
        shelfmark=shelfmark,
    )


def renamed(here: Holding, agent: Agent, day: int) -> Holding | None:
    """The same place under the name that the archive had on a day; None where none is known."""
    name, acronym = full_and_short(agent, here.language, day)
    return replace(here, name=name, acronym=acronym) if name else None


def public_repository(witness: Witness) -> Repository | None:
    """The repository that a witness is in, if it may be named."""
    unit = public_unit(witness)
    repository = unit.repository if unit else witness.repository
    return repository if repository and repository.is_public else None


def public_unit(witness: Witness) -> Unit | None:
    return witness.unit if witness.unit and witness.unit.is_public else None


def _shelf(witness: Witness) -> tuple[Reference, str]:
    unit = public_unit(witness)
    if unit is None:
        return Reference(), ""
    leaves = Reference(folios=witness.folios())
    if unit.reference_given:
        return leaves, unit.reference_given
    levels = [level for level in [*unit.ancestors(), unit] if level.segment]
    kinds = [level.level for level in levels]
    if len(set(kinds)) == len(kinds) and FOND_SCHEME.issuperset(kinds):
        return replace(unit.reference(), folios=witness.folios()), ""
    named = [
        f"{level.level_label or level.get_level_display()} {level.segment}" for level in levels
    ]
    return leaves, ", ".join(named)
