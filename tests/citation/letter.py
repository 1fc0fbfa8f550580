"""The letter of 8 October 1923, as far as a citation needs it, in rows of the test database."""

from dataclasses import dataclass

from catalogue.models import (
    Agent,
    AgentName,
    AgentRelation,
    Contribution,
    Derivation,
    Document,
    FolioRange,
    Publication,
    Repository,
    Term,
    TermLabel,
    Title,
    Unit,
    UnitReference,
    Witness,
)
from tests.builders import build


@dataclass(frozen=True)
class Letter:
    document: Document
    copy: Witness
    izvestia: Witness
    french: Witness
    eastman: Witness
    trotsky: Agent
    rgaspi: Repository
    delo: Unit


def name(
    agent: Agent, form: str, language: str, kind: str = "authorized", **more: str
) -> AgentName:
    return build(AgentName, agent=agent, form=form, language=language, name_kind=kind, **more)


def contribute(agent: Agent, role: str, **subject: object) -> Contribution:
    return build(Contribution, contributor=agent, role=role, **subject)


def person(heading: str) -> Agent:
    return build(Agent, kind="person", name=heading)


def term(kind: str, label: str, **labels: str) -> Term:
    made = build(Term, kind=kind, label=label)
    for language, text in labels.items():
        build(TermLabel, term=made, language=language, label=text)
    return made


def make_letter(code: str = "rgaspi") -> Letter:
    """Write the letter, its archive, its printings and translations, all public."""
    trotsky = _trotsky()
    rgaspi = _rgaspi(code)
    document = _document(trotsky)
    delo = _delo(rgaspi)
    copy = build(
        Witness,
        document=document,
        label="Typed copy",
        unit=delo,
        witness_kind="typed_copy",
        completeness="full",
        language="ru",
    )
    build(FolioRange, witness=copy, first="53", last="68")
    izvestia = _izvestia(document)
    build(Derivation, derived=izvestia, base=copy, derivation_kind="printed", certainty="probable")
    return Letter(
        document=document,
        copy=copy,
        izvestia=izvestia,
        french=_french(document),
        eastman=_eastman(document),
        trotsky=trotsky,
        rgaspi=rgaspi,
        delo=delo,
    )


def _trotsky() -> Agent:
    agent = person("Trotsky, Leon")
    name(agent, "Trotsky, Leon", "en", family="Trotsky", given="Leon")
    name(agent, "Trotsky, L. D.", "en", "parallel", family="Trotsky", given="L. D.")
    name(agent, "Trotsky, Léon", "fr", family="Trotsky", given="Léon")
    name(agent, "Троцкий, Лев Давидович", "ru", family="Троцкий", given="Лев Давидович")
    return agent


def _rgaspi(code: str) -> Repository:
    agent = build(Agent, kind="corporate", name="Russian State Archive of Socio-Political History")
    name(agent, "Russian State Archive of Socio-Political History", "en", date="1999-03/..")
    name(agent, "RGASPI", "en", "abbreviation", date="1999-03/..")
    name(agent, "Archives d’État russes d’histoire sociale et politique", "fr")
    name(agent, "RGASPI", "fr", "abbreviation")
    name(
        agent,
        "Российский государственный архив социально-политической истории",
        "ru",
        date="1999-03/..",
    )
    name(agent, "РГАСПИ", "ru", "abbreviation", date="1999-03/..")
    party = build(Agent, kind="corporate", name="Central Party Archive")
    name(party, "ЦПА ИМЭЛ", "ru", "abbreviation", date="1931/1954")
    name(party, "ЦПА ИМЛ при ЦК КПСС", "ru", "abbreviation", date="1956/1991")
    name(
        party,
        "Central Party Archive of the Institute of Marxism-Leninism",
        "en",
        "former",
        date="1956/1991",
    )
    build(
        AgentRelation, source=agent, target=party, relation_kind="successor_of", numbering="unknown"
    )
    place = term("place", "Moscow", fr="Moscou", ru="Москва")
    return build(Repository, agent=agent, code=code, place=place)


def _document(trotsky: Agent) -> Document:
    document = build(
        Document,
        title=(
            "Letter to the members of the Central Committee and the Central Control Commission"
            " of the RCP(b)"
        ),
        title_language="en",
        genre=term("genre", "Letter", fr="Lettre", ru="письмо"),
        date="1923-10-08",
        languages=("ru",),
    )
    titles = (
        ("Letter to the Central Committee and Central Control Commission", "en", "short"),
        (
            "Lettre aux membres du Comité central et de la Commission centrale de contrôle"
            " du PCR(b)",
            "fr",
            "supplied",
        ),
        ("LETTRE de Trotsky aux membres du Comité Central", "fr", "written"),
        ("Письмо членам ЦК и ЦКК РКП(б)", "ru", "supplied"),
        (
            "Письмо Л. Д. Троцкого членам ЦК и ЦКК РКП(б) от 8 октября 1923 г.",
            "ru",
            "other",
        ),
    )
    for title, language, kind in titles:
        build(Title, document=document, title=title, language=language, title_kind=kind)
    contribute(trotsky, "author", document=document)
    return document


def _delo(rgaspi: Repository) -> Unit:
    unit = None
    for level, label, segment in (
        ("fonds", "fond", "17"),
        ("series", "opis", "2"),
        ("file", "delo", "685"),
    ):
        unit = build(
            Unit,
            repository=rgaspi,
            parent=unit,
            level=level,
            level_label=label,
            segment=segment,
            title=f"{label} {segment}",
        )
    assert unit is not None
    build(UnitReference, unit=unit, raw="fonds 17, inventaire 2, d. 685", date="1990-05")
    return unit


def _izvestia(document: Document) -> Witness:
    serial = build(Publication, kind="serial", title="Izvestia TsK KPSS", title_language="en")
    build(Title, publication=serial, title="Известия ЦК КПСС", language="ru")
    issue = build(
        Publication,
        kind="issue",
        parent=serial,
        title="Izvestia TsK KPSS, May 1990",
        number="5",
        date="1990-05",
        language="ru",
    )
    return build(
        Witness,
        document=document,
        label="Izvestia 1990",
        publication=issue,
        witness_kind="printed",
        completeness="full",
        language="ru",
        pages="165–175",
        title_as_printed="Письмо членам ЦК и ЦКК РКП(б)",
    )


def _french(document: Document) -> Witness:
    site = build(
        Publication,
        kind="website",
        title="Marxists Internet Archive, section française",
        title_language="fr",
    )
    page = build(
        Publication,
        kind="web_page",
        parent=site,
        title="Lettre de Trotsky",
        title_language="fr",
        date="2014",
        language="fr",
    )
    witness = build(
        Witness,
        document=document,
        label="French translation 2014",
        publication=page,
        witness_kind="online",
        completeness="full",
        language="fr",
        title_as_printed=(
            "Lettre de Trotsky aux membres du Comité Central et de la Commission centrale"
            " de Contrôle du PCR(b)"
        ),
    )
    jaffard, assistant = person("Jaffard, Sylvestre"), person("MB")
    name(jaffard, "Jaffard, Sylvestre", "fr", family="Jaffard", given="Sylvestre")
    contribute(jaffard, "translator", witness=witness)
    contribute(assistant, "assistant", witness=witness)
    return witness


def _eastman(document: Document) -> Witness:
    book = build(
        Publication,
        kind="book",
        title="Since Lenin Died",
        title_language="en",
        date="1925",
        place="London",
        publisher="Labour Publishing Company",
        language="en",
    )
    appendix = build(
        Publication, kind="chapter", parent=book, title="Appendix IV", title_language="en"
    )
    contribute(person("Eastman, Max"), "author", publication=book)
    return build(
        Witness,
        document=document,
        label="Eastman 1925",
        publication=appendix,
        witness_kind="printed",
        completeness="extract",
        language="en",
    )
