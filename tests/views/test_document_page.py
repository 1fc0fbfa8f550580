"""The page of one document: what it answers, what it never tells, and what it costs."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import citation
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
    Question,
    Reading,
    Relation,
    Repository,
    Title,
    Tombstone,
    Unit,
    UnitReference,
    Witness,
)
from catalogue.views.material import fetch, find

MOST_QUERIES = 25

pytestmark = pytest.mark.django_db


def published(model: Any, **fields: Any) -> Any:
    return model.objects.create(state="published", **fields)


def said(model: Any, *evidence: Any, **fields: Any) -> Any:
    """A public statement with its evidence."""
    statement = published(model, **fields)
    for row in evidence:
        Evidence.objects.create(statement=statement.statement_ptr, **row)
    return statement


@pytest.fixture
def letter() -> Any:
    """A letter like the one of 8 October 1923, small enough to survey."""
    author = published(Agent, kind="person", name="Trotsky, Leon")
    editors = published(Agent, kind="corporate", name="Editors of Izvestia TsK KPSS")
    translator = published(Agent, kind="person", name="Jaffard, Sylvestre")
    archive = published(Agent, kind="corporate", name="Central Party Archive")
    today = published(Agent, kind="corporate", name="Russian State Archive")
    then = said(
        AgentName,
        agent=archive,
        form="ЦПА ИМЛ",
        language="ru",
        name_kind="former",
        date="1956/1991",
    )
    for language, form in (("en", "RGASPI"), ("ru", "РГАСПИ"), ("fr", "RGASPI")):
        said(AgentName, agent=today, form=form, language=language, date="1999/..")
    said(
        AgentRelation,
        source=today,
        target=archive,
        relation_kind="successor_of",
        date="1999",
        numbering="unknown",
    )
    repository = published(Repository, agent=today, code="rgaspi")
    unit = None
    for level, segment in (("fonds", "17"), ("series", "2"), ("file", "685")):
        unit = published(
            Unit, repository=repository, parent=unit, segment=segment, level=level, title=level
        )
    document = published(
        Document,
        title="Letter to the members of the Central Committee",
        date="1923-10-08",
        languages=("ru",),
        marking="Top secret",
    )
    Title.objects.create(
        document=document, title="Письмо членам ЦК", language="ru", title_kind="supplied"
    )
    issue = published(
        Publication, title="Izvestia TsK KPSS", title_language="ru", kind="issue", date="1990-05"
    )
    site = published(
        Publication, title="Lettre de Trotsky", title_language="fr", kind="web_page", date="2014"
    )
    copy = published(
        Witness,
        document=document,
        label="Typed copy",
        witness_kind="typed_copy",
        completeness="full",
        language="ru",
        unit=unit,
    )
    FolioRange.objects.create(witness=copy, first="53", last="68")
    printing = published(
        Witness,
        document=document,
        label="Izvestia 1990",
        witness_kind="printed",
        completeness="full",
        language="ru",
        publication=issue,
        pages="165–175",
    )
    french = published(
        Witness,
        document=document,
        label="French translation",
        witness_kind="online",
        completeness="full",
        language="fr",
        publication=site,
    )
    section = published(Part, document=document, number=15, heading="War industry")
    note = published(
        Part, document=document, witness=printing, part_kind="note", number=22, summary="Dates it."
    )
    by_editors = {"witness": printing, "part": note, "speaker": editors, "date": "1990-05"}
    by_author = {"witness": french, "part": section, "speaker": author}
    said(Contribution, by_author, document=document, contributor=author, role="author")
    said(Contribution, by_editors, witness=french, contributor=translator, role="translator")
    said(Dating, by_author, document=document, date="1923-10-08")
    said(
        UnitReference,
        by_editors,
        unit=unit,
        witness=copy,
        raw="fonds 17, inventaire 2, d. 685, feuillets 53-68",
        repository_name=then,
        date="1990-05",
    )
    said(CustodyEvent, by_editors, witness=copy, holder=archive, date="../1990-05")
    said(
        Derivation,
        {"basis": "inferred", "reading": "Both are in one note."},
        derived=printing,
        base=copy,
        derivation_kind="printed",
        certainty="probable",
    )
    said(Derivation, by_editors, derived=french, base=printing, derivation_kind="translated")
    printed_before = published(Question, text="Was it printed before 1990?", document=document)
    denial = said(
        Claim,
        by_editors,
        document=document,
        claim_property="published_in_full",
        mode="denied",
        date="../1990-05",
        question=printed_before,
        note="Said of the time before.",
    )
    appointment = published(Event, title="Appointment of the General Secretary", kind="appointment")
    when = published(Question, text="When was he appointed?", event=appointment)
    autumn = said(
        Dating,
        by_editors,
        {**by_author, "bearing": "contradicts", "reading": "Eighteen months before."},
        event=appointment,
        date="1922-23",
        question=when,
    )
    spring = said(
        Dating,
        {"basis": "background", "reading": "The usual date."},
        event=appointment,
        date="1922-04-03",
        standing="preferred",
        question=when,
    )
    said(
        Reading, by_editors, document=document, part=section, passage="misprint", text="prizrachnym"
    )
    memorandum = published(Document, title="Memorandum of Rykov and Piatakov", date="1923-09-19?")
    said(
        Relation,
        by_author,
        source_document=document,
        source_part=section,
        target_document=memorandum,
        relation_kind="quotes",
    )
    return SimpleNamespace(**locals())


@pytest.fixture
def show(client: Any) -> Any:
    """The page of a document as parsed HTML."""

    def get(document: Any, prefix: Any = "", language: Any = "en") -> Any:
        response = client.get(
            f"{prefix}/documents/{document.identifier}/", headers={"accept-language": language}
        )
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


def text_of(node: Any) -> Any:
    return re.sub(r"\s+", " ", node.get_text()).strip()


def test_the_page_answers_where_it_is_kept_in_the_notation_of_the_reader(
    letter: Any, show: Any
) -> None:
    for language, reference in (
        ("en", "RGASPI, f. 17, op. 2, d. 685, ll. 53–68"),
        ("fr", "RGASPI, fonds 17, inventaire 2, dossier 685, fol. 53-68"),
        ("ru", "РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 53–68."),
    ):
        page = show(letter.document, f"/{language}")
        shown = text_of(page.find(id="provenance")).replace("\u00a0", " ")
        assert reference in shown or reference.replace("53-68", "53–68") in shown


def test_a_number_of_1990_under_the_name_of_today_says_so(letter: Any, show: Any) -> None:
    notice = text_of(show(letter.document).select_one("#provenance .notice"))
    assert "number of 1990" in notice
    assert "ЦПА ИМЛ" in notice
    assert "not confirmed" in notice


def test_a_current_number_needs_no_warning(letter: Any, show: Any) -> None:
    said(
        UnitReference,
        unit=letter.unit,
        witness=letter.copy,
        reference_kind="current",
        raw="ф. 17, оп. 2, д. 685",
    )
    assert show(letter.document).select_one("#provenance .notice") is None


def test_the_name_that_the_archive_had_when_the_reference_was_printed_is_marked(
    letter: Any, show: Any
) -> None:
    (period,) = show(letter.document).select("#provenance .timeline .then")
    assert "ЦПА ИМЛ" in text_of(period)
    assert "1956" in text_of(period)


def test_a_succession_says_what_became_of_the_numbers(letter: Any, show: Any) -> None:
    timeline = text_of(show(letter.document).select_one("#provenance .timeline"))
    assert "RGASPI is successor of Central Party Archive" in timeline
    assert "not known to have been kept" in timeline


def test_the_reference_is_kept_as_it_was_printed(letter: Any, show: Any) -> None:
    provenance = show(letter.document).find(id="provenance")
    assert provenance.find("q").get_text() == "fonds 17, inventaire 2, d. 685, feuillets 53-68"


def test_every_witness_stands_in_the_graph_and_in_the_table(letter: Any, show: Any) -> None:
    page = show(letter.document)
    links = {link["href"] for link in page.select("figure.stemma a")}
    rows = {f"#{row['id']}" for row in page.select("table.witnesses tbody tr")}
    assert links == rows
    assert len(rows) == 3


def test_the_table_says_from_what_the_french_translation_was_made(letter: Any, show: Any) -> None:
    row = show(letter.document).find(id=f"witness-{letter.french.identifier}")
    assert "translated from Izvestia 1990" in text_of(row)
    assert "Jaffard, Sylvestre" in text_of(row)


def test_what_is_only_inferred_is_called_so(letter: Any, show: Any) -> None:
    row = show(letter.document).find(id=f"witness-{letter.printing.identifier}")
    assert "inferred" in text_of(row)


def test_the_first_full_printing_and_the_years_before_it_are_read_off_the_graph(
    letter: Any, show: Any
) -> None:
    glance = text_of(show(letter.document).find(id="glance"))
    assert "Izvestia 1990, May 1990" in glance
    assert "67 years after it was written" in glance
    assert "French: French translation, 2014" in glance


def test_a_denial_stands_beside_the_answer_with_its_time_and_voice(letter: Any, show: Any) -> None:
    glance = text_of(show(letter.document).find(id="glance"))
    assert "denied printed in full, about the time until May 1990" in glance
    assert "Editors of Izvestia TsK KPSS" in glance


def test_all_sides_of_a_question_stand_side_by_side(letter: Any, show: Any) -> None:
    question = show(letter.document).find(id=f"question-{letter.when.identifier}")
    assert len(question.select(".sides > li")) == 2
    shown = text_of(question)
    assert "autumn 1922" in shown
    assert "3 April 1922" in shown
    assert "resolved" in shown
    assert "unresolved" not in shown


def test_a_question_without_a_preferred_side_is_unresolved(letter: Any, show: Any) -> None:
    question = show(letter.document).find(id=f"question-{letter.printed_before.identifier}")
    assert "unresolved" in text_of(question)


def test_what_contradicts_a_note_is_marked_and_told(letter: Any, show: Any) -> None:
    page = show(letter.document)
    (mark,) = page.select(f"#question-{letter.when.identifier} a.mark.against")
    note = text_of(page.find(id=mark["href"].removeprefix("#")))
    assert note.endswith(
        "Against. Trotsky, Leon, in French translation, section 15. Eighteen months before."
    )


def test_every_mark_and_every_fragment_leads_somewhere_on_the_page(letter: Any, show: Any) -> None:
    page = show(letter.document)
    targets = {node["id"] for node in page.select("[id]")}
    fragments = {link["href"][1:] for link in page.select("a[href^='#']")}
    assert fragments
    assert fragments <= targets


def test_notes_count_upwards_and_each_is_used(letter: Any, show: Any) -> None:
    page = show(letter.document)
    notes = [int(note["id"].removeprefix("note-")) for note in page.select(".apparatus > li")]
    assert notes == list(range(1, len(notes) + 1))
    used = {int(mark["href"].removeprefix("#note-")) for mark in page.select("a.mark")}
    assert used == set(notes)


def test_no_identifier_stands_twice(letter: Any, show: Any) -> None:
    identifiers = [node["id"] for node in show(letter.document).select("[id]")]
    assert len(identifiers) == len(set(identifiers))


def test_the_same_evidence_for_two_statements_is_one_note(letter: Any, show: Any) -> None:
    notes = [text_of(note) for note in show(letter.document).select(".apparatus > li")]
    texts = [re.sub(r"^\d+", "", note) for note in notes]
    assert len(texts) == len(set(texts))


def test_related_records_are_grouped_and_lead_to_the_section(letter: Any, show: Any) -> None:
    page = show(letter.document)
    related = page.find(id="related")
    assert "quotes" in [text_of(kind) for kind in related.select(".kind")]
    (section,) = related.select(f"a[href='#part-{letter.section.identifier}']")
    assert text_of(section) == "section 15"
    assert "Memorandum of Rykov" in text_of(page.find(id=f"part-{letter.section.identifier}"))


def test_a_record_related_from_two_sections_is_named_once(letter: Any, show: Any) -> None:
    other = published(Part, document=letter.document, number=16, heading="Repression")
    said(
        Relation,
        letter.by_author,
        source_document=letter.document,
        source_part=other,
        target_document=letter.memorandum,
        relation_kind="quotes",
    )
    related = show(letter.document).find(id="related")
    assert text_of(related).count("Memorandum of Rykov") == 1
    assert "section 15" in text_of(related)
    assert "section 16" in text_of(related)


def test_a_relation_is_read_from_the_other_side_on_the_other_page(letter: Any, show: Any) -> None:
    related = show(letter.memorandum).find(id="related")
    assert text_of(related.select_one(".kind")) == "is quoted by"
    assert letter.document.title in text_of(related)


def test_the_title_is_in_the_language_of_the_reader_or_marked_with_its_own(
    letter: Any, show: Any
) -> None:
    assert show(letter.document, "/ru").find("h1").get("lang") is None
    assert "Письмо членам ЦК" in show(letter.document, "/ru").find("h1").get_text()
    assert show(letter.document, "/fr").find("h1")["lang"] == "en"


def test_a_language_in_the_address_stays_on_every_link(letter: Any, show: Any) -> None:
    page = show(letter.document, "/fr")
    local = [link["href"] for link in page.select("main a[href^='/']")]
    permanent = f"/documents/{letter.document.identifier}/"
    assert permanent in local
    assert all(link.startswith("/fr/") for link in local if link != permanent)


def test_the_permanent_address_is_canonical_and_every_language_is_named(
    letter: Any, show: Any
) -> None:
    page = show(letter.document, "/fr")
    path = f"/documents/{letter.document.identifier}/"
    assert page.find("link", rel="canonical")["href"] == f"http://testserver{path}"
    alternates = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
    assert alternates["ru"] == f"http://testserver/ru{path}"
    assert alternates["x-default"] == f"http://testserver{path}"


def test_the_citation_is_there_at_once_and_copied_only_with_scripts(letter: Any, show: Any) -> None:
    citation = show(letter.document).find(id="citation")
    assert "delo 685" in text_of(citation)
    assert all(button.has_attr("hidden") for button in citation.select("button.copy"))


def test_the_page_holds_nothing_inline(letter: Any, show: Any) -> None:
    page = show(letter.document)
    for node in page.find_all(True):
        assert node.name != "style"
        assert not [name for name in node.attrs if name == "style" or name.startswith("on")]
        if node.name == "script":
            assert node.get("src")
            assert not node.get_text()


def test_what_is_hostile_is_shown_as_text(letter: Any, show: Any) -> None:
    hostile = "</title></script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}"
    letter.document.title = letter.document.marking = letter.document.summary = hostile
    letter.document.save()
    letter.copy.label = hostile[:100]
    letter.copy.save()
    letter.author.name = hostile
    letter.author.save()
    page = show(letter.document)
    assert not page.find_all("img")
    assert hostile in page.find("h1").get_text()


def test_a_draft_is_not_found(client: Any, letter: Any) -> None:
    letter.document.state = "draft"
    letter.document.save()
    Tombstone.objects.all().delete()
    assert client.get(f"/documents/{letter.document.identifier}/").status_code == 404


def test_a_withdrawn_document_is_gone(client: Any, letter: Any) -> None:
    letter.document.withdraw()
    response = client.get(f"/documents/{letter.document.identifier}/")
    assert response.status_code == 410
    assert "withdrawn" in response.content.decode()
    assert letter.document.title not in response.content.decode()


def test_a_merged_document_leads_to_the_one_that_took_its_place(client: Any, letter: Any) -> None:
    Tombstone.objects.create(
        identifier="0123456789bcd", kind="document", replaced_by=letter.document.identifier
    )
    response = client.get("/documents/0123456789bcd/")
    assert response.status_code == 301
    assert response["location"].endswith(f"/documents/{letter.document.identifier}/")


@pytest.mark.parametrize(
    ("who", "marker"),
    [
        ("editors", "Editors of Izvestia"),
        ("translator", "Jaffard"),
        ("archive", "ЦПА ИМЛ"),
        ("today", "RGASPI"),
        ("printing", "Izvestia 1990"),
        ("issue", "Izvestia TsK KPSS</bdi>"),
        ("note", "Dates it."),
        ("section", "War industry"),
        ("memorandum", "Memorandum of Rykov"),
        ("appointment", "Appointment of the General"),
        ("when", "When was he appointed?"),
        ("denial", "Said of the time before."),
        ("autumn", "autumn 1922"),
        ("spring", "3 April 1922"),
        ("then", "ЦПА ИМЛ"),
        ("unit", "d. 685"),
    ],
)
def test_what_is_withdrawn_leaves_no_trace(letter: Any, client: Any, who: Any, marker: Any) -> None:
    address = f"/en/documents/{letter.document.identifier}/"
    assert marker in client.get(address).content.decode()
    getattr(letter, who).withdraw()
    response = client.get(address)
    assert response.status_code == 200
    assert marker not in response.content.decode()


def test_fields_for_staff_are_never_shown(letter: Any, client: Any) -> None:
    letter.document.processing_note = "MARKER"
    letter.document.save()
    letter.copy.processing_note = letter.printed_before.processing_note = "MARKER"
    letter.copy.save()
    letter.printed_before.save()
    letter.denial.staff_note = "MARKER"
    letter.denial.save()
    Evidence.objects.update(staff_note="MARKER")
    response = client.get(f"/documents/{letter.document.identifier}/")
    assert b"MARKER" not in response.content


def test_a_document_of_which_nothing_is_known_has_a_page(show: Any) -> None:
    page = show(published(Document, title="A lost letter"))
    assert "undated" in text_of(page)
    assert "No archival copy is on record" in text_of(page)
    assert page.select("figure.stemma") == []


def test_the_number_of_queries_does_not_grow(letter: Any, client: Any) -> None:
    address = f"/documents/{letter.document.identifier}/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        agent = published(Agent, kind="person", name=f"Person {number}")
        said(AgentName, agent=agent, form=f"Персона {number}", language="ru")
        publication = published(Publication, title=f"Book {number}", kind="book", date="1999")
        Title.objects.create(publication=publication, title="Книга", language="ru")
        witness = published(
            Witness,
            document=letter.document,
            label=f"Witness {number}",
            witness_kind="printed",
            publication=publication,
        )
        evidence = {"publication": publication, "speaker": agent}
        said(Derivation, evidence, derived=witness, base=letter.copy, derivation_kind="printed")
        said(Contribution, evidence, witness=witness, contributor=agent, role="editor")
        said(
            Relation,
            evidence,
            source_document=letter.document,
            target_agent=agent,
            relation_kind="mentions",
        )
        other = published(Document, title=f"Document {number}")
        said(
            Relation,
            {"document": other},
            source_document=other,
            target_document=letter.document,
            relation_kind="replies_to",
        )
        question = published(Question, text=f"Question {number}?", document=letter.document)
        said(Claim, evidence, witness=witness, claim_property="pages", value="1", question=question)
        said(Dating, evidence, document=letter.document, date=f"19{number}0", question=question)
        published(Question, text=f"About witness {number}?", witness=witness)
        published(
            Part,
            document=letter.document,
            witness=letter.printing,
            part_kind="note",
            number=number,
            anchored_in=letter.section,
        )
        said(Reading, evidence, document=letter.document, passage="p", text="t", witness=witness)
        elsewhere = published(Witness, document=other, label="Copy", witness_kind="scan")
        said(
            Claim,
            {"witness": elsewhere, "part": published(Part, document=other, number=1)},
            event=letter.appointment,
            claim_property="other",
            question=letter.when,
        )
        keeper = published(Agent, kind="corporate", name=f"Archive {number}")
        said(AgentName, evidence, agent=keeper, form=f"A {number}", language="en", date="1999/..")
        said(AgentRelation, evidence, source=keeper, target=agent, relation_kind="successor_of")
        repository = published(Repository, agent=keeper, code=f"archive-{number}")
        fonds = published(Unit, repository=repository, segment="1", level="fonds", title="F")
        unit = published(Unit, parent=fonds, segment="2", level="file", title="File")
        kept = published(
            Witness, document=letter.document, label="Kept", witness_kind="carbon", unit=unit
        )
        kept.parts.add(letter.section)
        FolioRange.objects.create(witness=kept, first="1")
        said(UnitReference, evidence, unit=unit, witness=kept, raw="1/2", date="1999")
        said(CustodyEvent, evidence, witness=kept, holder=agent)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
    assert len(few) <= MOST_QUERIES


def test_every_leaf_of_a_witness_and_every_witness_of_a_part_is_told(
    letter: Any, show: Any
) -> None:
    FolioRange.objects.create(witness=letter.copy, first="70", last="71v")
    for witness in (letter.copy, letter.french):
        witness.parts.add(letter.section)
    page = show(letter.document)
    assert "ll. 53–68, 70–71v" in text_of(page.find(id="provenance")).replace("\u00a0", " ")
    for witness in (letter.copy, letter.french):
        row = page.find(id=f"witness-{witness.identifier}")
        assert text_of(row.select_one(f"a[href='#part-{letter.section.identifier}']"))
    assert len(page.select("table.witnesses tbody tr")) == 3


def test_a_line_of_archives_is_followed_to_its_beginning(letter: Any, show: Any) -> None:
    earlier = published(Agent, kind="corporate", name="Istpart")
    said(AgentRelation, source=letter.archive, target=earlier, relation_kind="successor_of")
    first = published(Agent, kind="corporate", name="Archive of the Revolution")
    said(AgentRelation, source=earlier, target=first, relation_kind="merger_of")
    stranger = published(Agent, kind="corporate", name="Another archive")
    said(AgentRelation, source=stranger, target=first, relation_kind="successor_of")
    timeline = text_of(show(letter.document).select_one("#provenance .timeline"))
    assert "Istpart resulted from the merger of Archive of the Revolution" in timeline
    assert "Another archive" not in timeline


def test_the_citations_from_the_rows_of_the_page_are_those_from_its_own(letter: Any) -> None:
    found = find(letter.document.identifier)
    assert found is not None
    material = fetch(found)
    rows = citation.Rows([material.document], material.witnesses, material.contributions)
    provenance = citation.Provenance(
        material.references, material.derivations, material.agent_relations
    )
    for language in ("en", "fr", "ru"):
        own = citation.citables(letter.document, language)
        assert own
        assert citation.citables(material.document, language, rows, provenance) == own


def test_the_graph_begins_with_the_writing_of_the_document(letter: Any, show: Any) -> None:
    figure = show(letter.document).select_one("figure.stemma")
    assert "8 October 1923 the document is written" in text_of(figure)
    assert "66 years" in text_of(figure)
