"""The pages of units, agents, publications, events and repositories."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.links import address
from catalogue.models import (
    Agent,
    AgentName,
    AgentRelation,
    Claim,
    Contribution,
    CustodyEvent,
    Dating,
    Derivation,
    Document,
    Event,
    Evidence,
    FolioRange,
    Part,
    Publication,
    Relation,
    Repository,
    Statement,
    Term,
    Title,
    Tombstone,
    Unit,
    UnitReference,
    Witness,
)
from catalogue.models.statement import Assertion
from catalogue.models.visibility import State
from catalogue.views import agents, connections
from tests.builders import build

pytestmark = pytest.mark.django_db

KINDS = (Unit, Agent, Publication, Event, Document)


def text_of(client: Client, record: Any, prefix: str = "") -> str:
    return BeautifulSoup(body(client, record, prefix), "html.parser").get_text(" ", strip=True)


def body(client: Client, record: Any, prefix: str = "") -> str:
    response = client.get(prefix + address(record))
    assert response.status_code == 200
    return response.content.decode()


def queries(client: Client, record: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        body(client, record)
    return len(captured)


def vouch(row: Assertion, **source: Any) -> Evidence:
    """Somebody says so."""
    return build(Evidence, statement=Statement.objects.get(pk=row.pk), **source)


# --- what is not there ---


@pytest.mark.parametrize("model", KINDS)
def test_a_draft_is_as_absent_as_what_never_was(client: Client, model: Any) -> None:
    draft = build(model, state=State.DRAFT)
    absent = client.get(address(draft))
    never = client.get(address(draft).replace(draft.identifier, "0000000000000"))
    assert (absent.status_code, never.status_code) == (404, 404)
    assert absent.content == never.content


@pytest.mark.parametrize("model", KINDS)
def test_a_withdrawn_record_is_gone(client: Client, model: Any) -> None:
    record = build(model)
    record.withdraw()
    assert client.get(address(record)).status_code == 410


@pytest.mark.parametrize("model", KINDS)
def test_a_merged_record_leads_to_the_one_that_took_its_place(client: Client, model: Any) -> None:
    heir = build(model)
    kind = model._meta.model_name
    later = build(Tombstone, kind=kind, replaced_by=heir.identifier)
    first = build(Tombstone, kind=kind, replaced_by=later.identifier)
    old = address(heir).replace(heir.identifier, first.identifier)
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, address(heir))
    assert client.get(f"/fr{old}")["Location"] == f"/fr{address(heir)}"
    heir.state = State.DRAFT
    heir.save()
    assert client.get(old).status_code == 410


def test_a_circle_of_mergers_ends(client: Client) -> None:
    one = build(Tombstone)
    other = build(Tombstone, replaced_by=one.identifier)
    one.replaced_by = other.identifier
    one.save()
    assert client.get(f"/documents/{one.identifier}/").status_code == 410


def test_a_repository_that_is_no_longer_public_is_gone(client: Client) -> None:
    repository = build(Repository, code="house")
    draft = build(Repository, code="other", state=State.DRAFT)
    repository.withdraw()
    assert client.get("/repositories/house/").status_code == 410
    assert client.get(address(draft)).status_code == 404
    assert client.get("/repositories/nowhere/").status_code == 404


def test_not_found_offers_a_search(client: Client) -> None:
    page = BeautifulSoup(client.get("/fr/documents/none/").content, "html.parser")
    form = page.select_one("form[role=search]")
    assert form is not None
    assert form["action"] == "/fr/search/"


# --- units ---


def shelf() -> Unit:
    """Fond 17, opis 2, delo 685."""
    agent = build(Agent, kind="corporate", name="House of Archives")
    unit = build(Unit, repository=build(Repository, agent=agent), level_label="fond", segment="17")
    for level, label, segment in (("series", "opis", "2"), ("file", "delo", "685")):
        unit = build(Unit, parent=unit, level=level, level_label=label, segment=segment)
    return unit


def test_the_reference_is_in_the_notation_of_the_reader(client: Client) -> None:
    unit = shelf()
    assert "House of Archives, f. 17, op. 2, d. 685" in text_of(client, unit)
    assert "House of Archives. Ф. 17. Оп. 2. Д. 685." in text_of(client, unit, "/ru")
    assert "fonds 17, inventaire 2, dossier 685" in text_of(client, unit, "/fr")


def test_breadcrumbs_lead_up_to_the_repository(client: Client) -> None:
    unit = shelf()
    page = BeautifulSoup(body(client, unit), "html.parser")
    trail = [item.get_text(strip=True) for item in page.select(".breadcrumbs li")]
    assert trail[1:] == ["House of Archives", "fond 17", "opis 2", "delo 685"]


def test_all_public_fields_are_shown_and_no_staff_field(client: Client) -> None:
    shown = ("creator_history", "scope_content", "access", "copies", "note", "rules", "extent")
    staff = ("processing_note", "appraisal_note", "personal_data_note")
    unit = build(Unit, **{name: f"text of {name}" for name in (*shown, *staff)})
    text = text_of(client, unit)
    for name in shown:
        assert f"text of {name}" in text
    for name in staff:
        assert name not in text


def test_closed_papers_are_described_all_the_same(client: Client) -> None:
    unit = build(Unit, title="Personal files", closed_until="2050-01-01", scope_content="Names.")
    text = text_of(client, unit)
    assert "Personal files" in text
    assert "Names." in text
    assert "2050" in text


def test_areas_stand_in_the_order_of_the_standard(client: Client) -> None:
    unit = build(
        Unit, note="n", related="r", access="a", scope_content="s", archival_history="h", rules="x"
    )
    page = BeautifulSoup(body(client, unit), "html.parser")
    headings = [heading.get_text(strip=True) for heading in page.select(".section > h2")]
    assert headings == [
        "Context",
        "Content and structure",
        "Conditions of access and use",
        "Allied materials",
        "Notes",
        "Description control",
    ]


def test_what_is_computed_stands_beside_what_is_stored_and_says_so(client: Client) -> None:
    unit = shelf()
    unit.publication_note = "As the archive wrote."
    unit.save()
    letter = build(Document)
    build(Witness, document=letter, unit=unit, label="the copy here")
    build(Witness, document=letter, witness_kind="printed", label="Izvestia 1990", pages="165–175")
    build(Witness, document=letter, witness_kind="original", label="the lost original")
    build(Witness, document=letter, witness_kind="photocopy", label="a draft", state=State.DRAFT)
    page = BeautifulSoup(body(client, unit), "html.parser")
    allied = next(s for s in page.select(".section") if s.h2 and s.h2.string == "Allied materials")
    text = allied.get_text(" ", strip=True)
    assert "Existence and location of originals Computed from the catalogue: the lost" in text
    assert "Publication note As the archive wrote. Computed from the catalogue: Izvestia" in text
    assert "165–175" in text
    assert "the copy here" not in text
    assert "a draft" not in text


def test_documents_of_the_whole_subtree_are_listed_with_their_folios(client: Client) -> None:
    unit = shelf()
    witness = build(Witness, document=build(Document, title="A long letter"), unit=unit)
    build(FolioRange, witness=witness, first="53", last="68")
    draft = build(Unit, parent=unit.parent, level="file", state=State.DRAFT)
    build(Witness, document=build(Document, title="Behind the curtain"), unit=draft)
    for step in (unit, unit.parent):
        text = text_of(client, step)
        assert "A long letter" in text
        assert "53–68" in text
        assert "Behind the curtain" not in text


def test_children_come_in_windows_in_the_order_of_the_shelf(client: Client) -> None:
    top = build(Unit)
    for number in range(35):
        build(Unit, parent=top, level="file", title=f"File {number}")
    build(Unit, parent=top, title="Kept back", state=State.DRAFT)
    first = BeautifulSoup(body(client, top), "html.parser")
    link = first.select_one("#children a[rel=next]")
    assert link is not None
    second = BeautifulSoup(client.get(address(top) + str(link["href"])).content, "html.parser")
    titles = [
        row.get_text(strip=True)
        for page in (first, second)
        for row in page.select("#children .title")
    ]
    assert titles == [f"File {number}" for number in range(35)]


def test_a_unit_with_many_children_and_statements_asks_a_fixed_number_of_queries(
    client: Client,
) -> None:
    unit = shelf()

    def add() -> None:
        build(Unit, parent=unit, level="item")
        build(Contribution, unit=unit, role="creator", contributor=build(Agent))
        row = build(UnitReference, unit=unit)
        vouch(row, publication=build(Publication))
        document = build(Document)
        build(FolioRange, witness=build(Witness, document=document, unit=unit))

    plain = queries(client, unit)
    add()
    before = queries(client, unit)
    for _time in range(5):
        add()
    assert queries(client, unit) == before
    assert plain <= 8
    assert before <= 17


# --- agents ---


def test_an_agent_is_shown_under_all_public_names_with_who_says_so(client: Client) -> None:
    agent = build(Agent, name="Trotsky, Leon")
    name = build(AgentName, agent=agent, form="Троцкий Л. Д.", language="ru", date="1902/1940")
    source = build(Publication, title="A guide to names")
    vouch(name, publication=source)
    build(AgentName, agent=agent, form="Бронштейн", language="ru", state=State.DRAFT)
    text = text_of(client, agent)
    assert "Троцкий Л. Д." in text
    assert "1902–1940" in text
    assert "A guide to names" in text
    assert "Бронштейн" not in text


def test_what_an_agent_did_is_grouped_by_role_in_order_of_time(client: Client) -> None:
    agent = build(Agent)
    for title, date, role in (
        ("Later letter", "1925", "author"),
        ("Early letter", "1921", "author"),
        ("Letter to him", "1922", "addressee"),
    ):
        document = build(Document, title=title, date=date)
        build(Contribution, document=document, contributor=agent, role=role)
    page = BeautifulSoup(body(client, agent), "html.parser")
    section = page.select_one("#documents")
    assert section is not None
    groups = [
        (kind.get_text(strip=True), [link.get_text(strip=True) for link in rows.select("a")])
        for kind, rows in zip(section.select(".kind"), section.select("ul"), strict=True)
    ]
    assert groups == [
        ("author", ["Early letter", "Later letter"]),
        ("addressee", ["Letter to him"]),
    ]


def test_relations_are_read_from_both_ends(client: Client) -> None:
    old = build(Agent, name="Old Archive", kind="corporate")
    new = build(Agent, name="New Archive", kind="corporate")
    build(
        AgentRelation,
        source=new,
        target=old,
        relation_kind="successor_of",
        numbering="unknown",
        certainty="probable",
    )
    assert "was succeeded by New Archive" in text_of(client, old)
    text = text_of(client, new)
    assert "is successor of Old Archive" in text
    assert "not known to have been kept" in text
    assert "probable" in text


def test_a_relation_to_a_draft_shows_nothing_of_it(client: Client) -> None:
    agent = build(Agent)
    hidden = build(Agent, name="Secret friend", state=State.DRAFT)
    build(AgentRelation, source=agent, target=hidden)
    build(Contribution, contributor=agent, document=build(Document, title="X", state=State.DRAFT))
    letter = build(Document, title="A letter that mentions", state=State.DRAFT)
    build(Relation, source_document=letter, target_agent=agent, relation_kind="mentions")
    text = text_of(client, agent)
    assert "Secret friend" not in text
    assert "A letter that mentions" not in text


def test_statements_of_which_an_agent_is_the_voice_are_counted_if_public(client: Client) -> None:
    agent = build(Agent)
    for state in (State.PUBLISHED, State.PUBLISHED, State.DRAFT):
        claim = build(Claim, state=state)
        vouch(claim, speaker=agent)
    assert "Says so for 2 statements" in text_of(client, agent)


def test_one_record_in_several_places_is_one_line(client: Client) -> None:
    agent = build(Agent)
    letter = build(Document, title="A long letter")
    for number in (3, 7):
        part = build(Part, document=letter, number=number)
        build(
            Relation,
            source_document=letter,
            source_part=part,
            target_agent=agent,
            relation_kind="mentions",
        )
    page = BeautifulSoup(body(client, agent), "html.parser")
    lines = page.select("#documents .related > li")
    assert len(lines) == 1
    assert "section 3" in lines[0].get_text()
    assert "section 7" in lines[0].get_text()


def test_a_page_with_more_than_it_shows_leads_to_the_list(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = build(Agent)
    for module in (agents, connections):
        monkeypatch.setattr(module, "MOST", 2)
    for number in range(3):
        build(Contribution, contributor=agent, document=build(Document, title=f"Letter {number}"))
    page = BeautifulSoup(body(client, agent), "html.parser")
    link = page.select_one("#documents .notice a")
    assert link is not None
    assert "Letter 2" in client.get(str(link["href"])).content.decode()


# --- publications and events ---


def test_a_publication_lists_what_is_printed_in_it_and_in_its_parts(client: Client) -> None:
    serial = build(Publication, kind="serial", title="Izvestia")
    issue = build(Publication, kind="issue", title="Izvestia", parent=serial, number="5")
    hidden = build(Publication, kind="issue", parent=serial, state=State.DRAFT)
    base = build(Witness, label="Typed copy, Central Archive")
    witness = build(
        Witness,
        document=build(Document, title="A letter"),
        publication=issue,
        pages="165–175",
        completeness="full",
        witness_kind="printed",
    )
    build(Derivation, derived=witness, base=base, derivation_kind="printed", certainty="probable")
    build(Witness, document=build(Document, title="In a hidden issue"), publication=hidden)
    for publication in (serial, issue):
        text = text_of(client, publication)
        assert "A letter" in text
        assert "165–175" in text
        assert "printed from Typed copy, Central Archive" in text
        assert "In a hidden issue" not in text


def test_a_publication_shows_its_head_and_what_it_is_part_of(client: Client) -> None:
    book = build(Publication, title="Works", isbn="9780873484503", place="New York")
    volume = build(Publication, kind="volume", title="Works", number="2", parent=book)
    build(Contribution, publication=book, contributor=build(Agent, name="Allen"), role="editor")
    assert "editor Allen" in text_of(client, book)
    assert "9780873484503" in text_of(client, book)
    assert "Part of Works" in text_of(client, volume)


def test_an_event_shows_its_dates_with_who_says_so_and_who_took_part(client: Client) -> None:
    plenum = build(Event, title="A plenum", place=build(Term, kind="place", label="Moscow"))
    for date, who in (("1923-07", "The letter"), ("1923-06-26/1923-06-27", "The editors")):
        row = build(Dating, event=plenum, date=date, dating_kind="holding")
        vouch(row, speaker=build(Agent, name=who))
    chair = build(Agent, name="Kamenev")
    build(Contribution, event=plenum, contributor=chair, role="chair")
    resolution = build(Document, title="A resolution")
    build(Relation, source_document=resolution, target_event=plenum, relation_kind="decided_at")
    text = text_of(client, plenum)
    for expected in ("July 1923", "26–27 June 1923", "The letter", "The editors", "Moscow"):
        assert expected in text
    assert "chair Kamenev" in text
    assert "decided or heard A resolution" in text


@pytest.mark.parametrize(
    "hide",
    [
        lambda secret: build(Event, place=secret(Term, kind="place", label="Hiding place")),
        lambda secret: build(Event, parent=secret(Event, title="Hiding place")),
        lambda secret: build(Repository, place=secret(Term, kind="place", label="Hiding place")),
    ],
)
def test_a_draft_that_a_record_points_to_is_not_named(
    client: Client, hide: Callable[[Any], Any]
) -> None:
    record = hide(lambda model, **values: build(model, state=State.DRAFT, **values))
    assert "Hiding place" not in text_of(client, record)
    section = address(record).split("/")[1]
    assert "Hiding place" not in client.get(f"/{section}/").content.decode()


def test_pages_ask_a_fixed_number_of_queries(client: Client) -> None:
    agent, event = build(Agent, kind="corporate"), build(Event)
    publication, repository = build(Publication), build(Repository, agent=agent)

    def add() -> None:
        document = build(Document)
        build(Title, document=document)
        for subject in ({"event": event}, {"publication": publication}, {"document": document}):
            build(Contribution, contributor=agent, **subject)
            row = build(Contribution, contributor=build(Agent), **subject)
            vouch(row, document=build(Document))
        build(Relation, source_document=document, target_event=event)
        build(Relation, source_document=document, target_publication=publication)
        build(AgentRelation, source=agent, relation_kind="successor_of")
        witness = build(Witness, document=document, publication=publication)
        build(Derivation, derived=witness, base=build(Witness))
        build(Publication, parent=publication)
        build(Event, parent=event)
        build(Unit, repository=repository)
        build(Witness, repository=repository)

    add()
    before = [queries(client, record) for record in (agent, event, publication, repository)]
    for _time in range(4):
        add()
    after = [queries(client, record) for record in (agent, event, publication, repository)]
    assert after == before
    assert max(before) <= 24


# --- repositories ---


def test_a_repository_goes_by_its_names_through_time(client: Client) -> None:
    old = build(Agent, kind="corporate", name="Party Archive")
    build(AgentName, agent=old, form="ЦПА ИМЛ", language="ru", date="1956/1991", name_kind="former")
    new = build(Agent, kind="corporate", name="State Archive")
    build(AgentRelation, source=new, target=old, relation_kind="successor_of", numbering="unknown")
    newest = build(Agent, kind="corporate", name="Newest Archive")
    build(AgentRelation, source=newest, target=new, relation_kind="merger_of", numbering="kept")
    repository = build(Repository, agent=new, holdings="Papers of the party.")
    text = text_of(client, repository)
    for expected in (
        "1956–1991 ЦПА ИМЛ",
        "State Archive is successor of Party Archive",
        "not known to have been kept",
        "Newest Archive resulted from the merger of State Archive",
        "Papers of the party.",
    ):
        assert expected in text


def test_a_repository_lists_its_fonds_and_what_stands_in_none(client: Client) -> None:
    repository = build(Repository)
    fonds = build(Unit, repository=repository, title="Central Committee")
    build(Unit, parent=fonds, title="Below the top")
    build(Unit, repository=repository, title="Not yet", state=State.DRAFT)
    build(Witness, repository=repository, document=build(Document, title="A loose letter"))
    text = text_of(client, repository)
    assert "Central Committee" in text
    assert "A loose letter" in text
    assert "Below the top" not in text
    assert "Not yet" not in text


def test_custody_is_told_under_the_name_of_the_time(client: Client) -> None:
    unit = shelf()
    holder = build(Agent, name="Party Archive", kind="corporate")
    name = build(AgentName, agent=holder, form="ЦПА ИМЛ", language="ru")
    build(CustodyEvent, unit=unit, holder=holder, holder_name=name, date="../1990-05")
    assert "until May 1990 Held by Party Archive ( ЦПА ИМЛ )" in text_of(client, unit)
