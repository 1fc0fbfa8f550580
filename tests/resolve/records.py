"""One file of an archive that has had several names and two predecessors."""

from dataclasses import dataclass

from catalogue.models import (
    Agent,
    AgentName,
    AgentRelation,
    Document,
    FolioRange,
    Repository,
    Unit,
    Witness,
)
from tests.builders import build


@dataclass
class Archive:
    """РГАСПИ, ф. 17, оп. 2, д. 685: a letter on л. 53–68, another on л. 70 and л. 71 об."""

    rgaspi: Repository
    rtskhidni: Agent
    party: Agent
    fond: Unit
    opis: Unit
    delo: Unit
    letter: Witness
    note: Witness


def archive_of_the_letter() -> Archive:
    party = body("Central Party Archive", ("ЦПА ИМЭЛ", "1931/1954"), ("ЦПА ИМЛ", "1956/1991"))
    rtskhidni = body("RTsKhIDNI", ("РЦХИДНИ", "1991/1999"))
    rgaspi = body(
        "RGASPI",
        ("РГАСПИ", "1999/.."),
        ("Российский государственный архив социально-политической истории", "1999/.."),
    )
    succeed(rtskhidni, party)
    succeed(rgaspi, rtskhidni, kind="merger_of")
    repository = build(Repository, agent=rgaspi, code="rgaspi")
    fond, opis, delo = shelve(repository, "17", "2", "685")
    return Archive(
        repository,
        rtskhidni,
        party,
        fond,
        opis,
        delo,
        letter=put(delo, "The letter", ("53", "68")),
        note=put(delo, "A note", ("70", ""), ("71v", "")),
    )


def body(name: str, *forms: tuple[str, str]) -> Agent:
    """A corporate body with dated forms of its name."""
    agent = build(Agent, kind="corporate", name=name)
    for form, date in forms:
        build(AgentName, agent=agent, form=form, date=date, language="ru")
    return agent


def succeed(
    later: Agent,
    earlier: Agent,
    numbering: str = "unknown",
    kind: str = "successor_of",
    **values: str,
) -> AgentRelation:
    return build(
        AgentRelation,
        source=later,
        target=earlier,
        relation_kind=kind,
        numbering=numbering,
        **values,
    )


def shelve(repository: Repository, *segments: str, **values: str) -> list[Unit]:
    """A fond, an opis in it, a delo in that; what is there already is not made again."""
    units: list[Unit] = []
    for segment, level in zip(segments, ("fonds", "series", "file"), strict=False):
        parent = units[-1] if units else None
        place = {"repository": repository, "parent": parent, "segment": segment, "level": level}
        unit = Unit.objects.filter(**place).first()
        units.append(unit or build(Unit, **place, title=f"{level} {segment}", **values))
    return units


def put(unit: Unit, title: str, *leaves: tuple[str, str], **values: str) -> Witness:
    """A document with a witness on some leaves of a unit."""
    document = build(Document, title=title)
    witness = build(Witness, document=document, unit=unit, label=title, **values)
    for first, last in leaves:
        build(FolioRange, witness=witness, first=first, last=last)
    return witness
