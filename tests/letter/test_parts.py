"""The letter, its sections and the notes are as the fact sheet has them."""

from typing import Any

from catalogue.models import Statement
from tests.letter.record import Record
from tests.letter.sheet import LETTER, OMISSIONS, VOICES, listed


def test_the_eighteen_sections_have_their_headings_and_notes(
    record: Record, facts: dict[str, Any]
) -> None:
    sections, notes = record.parts("section"), record.parts("note")
    assert len(sections) == int(facts["meta"]["section_count"]) == len(facts["sections"])
    for entry in facts["sections"]:
        section = sections[int(entry["n"])]
        assert section.heading == entry["heading_supplied"]
        assert section.heading_supplied
        assert section.document == record[LETTER]
        anchored = {number for number, note in notes.items() if note.anchored_in == section}
        assert anchored == {int(number) for number in entry["notes"]}
        assert set(entry) - {"n", "heading_supplied", "notes"} <= set(OMISSIONS["sections"])


def test_the_notes_belong_to_a_witness_and_speak_in_their_own_voices(
    record: Record, facts: dict[str, Any]
) -> None:
    notes = record.parts("note")
    assert len(notes) == int(facts["meta"]["note_count"]) == len(facts["notes"])
    said = [line for pk in record.evidence for line in record.said(Statement.objects.get(pk=pk))]
    for entry in facts["notes"]:
        note = notes[int(entry["n"])]
        assert note.witness == record["wit-french-2014"]
        assert note.anchored_in == record[entry["anchor"]]
        assert note.summary.casefold() == entry["summary"].casefold()
        heard = {(who, how) for part, who, how, _ in said if part == f"n{entry['n']}" and who + how}
        wanted = {VOICES[voice] for voice in listed(entry["stated_by"])}
        assert wanted <= heard
        assert {who for who, how in heard if who and how != "inferred"} == {
            who for who, _how in wanted if who
        }
        assert set(entry) - {"n", "anchor", "summary", "stated_by"} <= set(OMISSIONS["notes"])


def test_the_letter_has_its_titles_date_and_people(record: Record, facts: dict[str, Any]) -> None:
    letter, entry = record[LETTER], facts["letter"]
    titles = {(row.title, row.language, row.title_kind) for row in letter.titles.all()}
    people = {
        (row.role, record.key_of[row.contributor.identifier], row.name_as_printed)
        for row in letter.contributions.public()
    }
    assert entry["id"] == LETTER
    assert (letter.title, letter.title_language, letter.title_supplied) == (
        entry["title_en_supplied"],
        "en",
        True,
    )
    assert (entry["title_fr_as_printed"], "fr", "written") in titles
    assert (entry["title_ru_supplied"], "ru", "supplied") in titles
    assert letter.date == entry["date"]
    assert {part for part, *_ in record.said(record[f"{LETTER}/printed-twice"])} == {"head", "foot"}
    assert ("author", entry["author"], "Trotsky") in people
    assert ("signatory", entry["author"], entry["signature_as_printed"]) in people
    assert [who for role, who, _ in sorted(people) if role == "addressee"] == sorted(
        entry["addressees"]
    )
    assert letter.marking == entry["security_marking_as_printed"]
    assert letter.languages == (entry["original_language"],)
    assert letter.genre.label == "Letter"
    assert "Official letter" in {str(row.term) for row in letter.access_points.all()}
    assert entry["genre"].startswith("official letter")
    assert entry["place_of_writing"] == "null"
    assert record[f"{LETTER}/place-of-writing"].mode == "silent"


LETTER_FIELDS = {
    "id",
    "title_fr_as_printed",
    "title_en_supplied",
    "title_ru_supplied",
    "date",
    "author",
    "signature_as_printed",
    "addressees",
    "security_marking_as_printed",
    "original_language",
    "genre",
    "place_of_writing",
    "witnesses",
    "transmission_statements",
}


def test_no_block_and_no_field_of_the_sheet_goes_unread(facts: dict[str, Any]) -> None:
    assert set(facts) == {
        "meta",
        "letter",
        "sections",
        "section_lines_caveat",
        "notes",
        "persons",
        "unnamed_persons",
        "corporate_bodies",
        "meetings",
        "publications",
        "documents",
        "archival_references",
        "urls_printed",
        "events_mentioned",
        "figures_stated",
        "relations",
        "flags",
    }
    assert set(facts["letter"]) == LETTER_FIELDS | set(OMISSIONS["letter"])
    read_here = {"language", "rights_statement_in_source", "section_count", "note_count"}
    assert set(facts["meta"]) == read_here | set(OMISSIONS["meta"])


def test_the_text_that_was_read_is_the_french_witness(
    record: Record, facts: dict[str, Any]
) -> None:
    witness = record["wit-french-2014"]
    assert witness.language == facts["meta"]["language"]
    assert facts["meta"]["rights_statement_in_source"] == "null"
    assert record["wit-french-2014/rights"].mode == "silent"


def test_the_typed_copy_is_where_the_note_says(record: Record, facts: dict[str, Any]) -> None:
    (entry,) = facts["letter"]["witnesses"]
    witness = record[entry["id"]]
    reference = record["unit-17-2-685/ref-1"]
    parsed = entry["reference_parsed"]
    assert witness.witness_kind == "typed_copy"
    assert entry["is_original"] == "false"
    assert record[f"{entry['id']}/not-original"].mode == "denied"
    assert reference.repository_name.agent == record[entry["repository"]]
    assert reference.repository_name.form == entry["repository_as_printed"]
    assert reference.raw == entry["reference_as_printed"]
    assert [reference.fond, reference.opis, reference.delo] == [
        parsed["fond"],
        parsed["opis"],
        parsed["delo"],
    ]
    assert [{"from": row.first, "to": row.last} for row in witness.folio_ranges.all()] == parsed[
        "folios"
    ]
    assert record[f"{entry['id']}/sides"].mode == "silent"
    assert record[f"{entry['id']}/extent"].value == f"{entry['extent_folios_computed']} leaves"
    assert record["unit-17-2-685/party-archive"].date == "../1990-05"
    assert ("n1", "c-mia", "stated") in [line[:3] for line in record.said(reference)]


TRANSMISSION = {
    "earlier publication in full denied": [f"{LETTER}/never-in-full"],
    "partial quotations appeared in two periodicals": [
        "wit-sv-1924/quoted",
        "wit-mk-1989/quoted",
        f"{LETTER}/editors-list",
    ],
    "base text of the French translation is the Izvestia TsK KPSS text of May 1990": [
        "wit-french-2014/izvestia",
        "wit-french-2014/base",
    ],
    "that text was afterwards reproduced on the Rabkrin site": ["wit-rabkrin/izvestia"],
    "French translation made in 2014 by S. Jaffard with help from MB": [
        "wit-french-2014/translator",
        "wit-french-2014/assistant",
        "wit-french-2014/n1",
    ],
    "notes are those of Izvestia TsK KPSS unless marked otherwise": [
        "wit-french-2014/notes-of-izvestia"
    ],
}


def test_every_statement_on_transmission_has_its_voice(
    record: Record, facts: dict[str, Any]
) -> None:
    entries = facts["letter"]["transmission_statements"]
    assert {entry["claim"] for entry in entries} == set(TRANSMISSION)
    for entry in entries:
        speaker, attribution = VOICES[entry["stated_by"]]
        (where,) = entry["where"]
        for key in TRANSMISSION[entry["claim"]]:
            said = [line[:3] for line in record.said(record[key])]
            assert (where, speaker, attribution) in said, key
