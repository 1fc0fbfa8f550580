"""What resolving a reference gives: a kind of answer, the records, and how they were reached."""

from dataclasses import dataclass
from enum import StrEnum

from catalogue.models import AgentName, AgentRelation, Repository, Unit, UnitReference, Witness
from catalogue.models.agent_relation import Numbering
from catalogue.models.statement import Certainty
from catalogue.references import Reference


class Kind(StrEnum):
    """The kinds of answer. All but the last four also say how far the numbers themselves lead."""

    EXACT = "exact"
    INSIDE = "inside"
    OVERLAPPING = "overlapping"
    FILE = "file-only"
    OPIS = "opis-only"
    FOND = "fond-only"
    REPOSITORY = "repository-only"
    CITED = "as-cited"
    CANDIDATE = "candidate"
    NO_REPOSITORY = "no-repository"
    UNKNOWN = "unknown-repository"


class Remark(StrEnum):
    """What a careful reader of the answer should know besides."""

    RENAMED = "renamed"
    NUMBERS_OF_A_YEAR = "numbers-of-a-year"
    SEVERAL_ARCHIVES = "several-archives"
    SEVERAL_SHELVES = "several-shelves"
    SPELT_OTHERWISE = "spelt-otherwise"
    LEAVES_UNKNOWN = "leaves-unknown"
    MORE_DOCUMENTS = "more-documents"
    ALSO_CITED = "also-cited"
    NOT_LOOKED_UP = "not-looked-up"


@dataclass(frozen=True)
class Step:
    """That the holdings of one archive passed to another, and what became of their numbers.

    `relation` is the statement of the catalogue; None where only the table of archives has it.
    """

    earlier: str
    later: str
    date: str
    numbering: Numbering
    prefix: str = ""
    relation: AgentRelation | None = None

    @property
    def keeps_numbers(self) -> bool:
        """Whether an old number leads to a new one for certain."""
        if self.relation is not None and self.relation.certainty != Certainty.CERTAIN:
            return False
        has_prefix = self.numbering == Numbering.PREFIXED and bool(self.prefix)
        return self.numbering == Numbering.KEPT or has_prefix


@dataclass(frozen=True)
class Hit:
    """A public record that the reference leads to; `cited` is the statement that says so."""

    record: Unit | Witness
    how: Kind
    cited: UnitReference | None = None


@dataclass(frozen=True)
class Answer:
    """What a reference leads to.

    `reach` is how far its numbers lead, which is the kind itself unless that says how they were
    taken. `unit` is the deepest unit found and `repository` where it is today; `name` is the form
    in which the catalogue knows the archive that is cited, `archives` are its keys in the table.
    `year` is the last one for which anybody vouches for the numbers, where that is in doubt.
    """

    kind: Kind
    reach: Kind
    reference: Reference
    repository: Repository | None = None
    name: AgentName | None = None
    unit: Unit | None = None
    hits: tuple[Hit, ...] = ()
    succession: tuple[Step, ...] = ()
    remarks: tuple[Remark, ...] = ()
    archives: tuple[str, ...] = ()
    year: int | None = None

    @property
    def record(self) -> Unit | Witness | None:
        """The one record that the reference is exactly to, if there is just one."""
        if self.kind == Kind.EXACT and len(self.hits) == 1:
            return self.hits[0].record
        return None
