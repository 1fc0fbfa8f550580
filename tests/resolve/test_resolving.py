"""From a reference to the records that it means, and how sure that is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import AgentName, Repository, Unit, UnitReference, Witness
from catalogue.models.visibility import State
from catalogue.references import Reference, read_folios
from catalogue.resolve import Answer, Kind, Remark, explain, remarks, resolve, resolve_all
from tests.builders import build
from tests.resolve.records import Archive, body, put, shelve, succeed

pytestmark = pytest.mark.django_db


def ask(repository: str, numbers: str, folios: str = "") -> Answer:
    """Resolve fond/opis/delo and leaves of an archive."""
    fond, opis, delo = [*numbers.split("/"), "", ""][:3]
    return resolve(Reference(repository, fond, opis, delo, read_folios(folios)))


def records(answer: Answer) -> list[Unit | Witness]:
    return [hit.record for hit in answer.hits]


@pytest.mark.parametrize(
    ("numbers", "folios", "kind"),
    [
        ("17/2/685", "53-68", Kind.EXACT),
        ("17/2/685", "53-60, 61-68", Kind.EXACT),
        ("17/2/685", "60", Kind.INSIDE),
        ("17/2/685", "53, 68v", Kind.INSIDE),
        ("17/2/685", "50-55", Kind.OVERLAPPING),
        ("17/2/685", "50-69", Kind.OVERLAPPING),
        ("17/2/685", "60-75", Kind.OVERLAPPING),
        ("17/2/685", "69", Kind.FILE),
        ("17/2/685", "71r", Kind.FILE),
        ("17/2/685", "70, 71v", Kind.EXACT),
        ("17/2/685", "", Kind.EXACT),
        ("17/2", "", Kind.EXACT),
        ("17", "", Kind.EXACT),
        ("17/2/686", "53-68", Kind.OPIS),
        ("17/3/685", "53-68", Kind.FOND),
        ("18/2/685", "53-68", Kind.REPOSITORY),
        ("", "", Kind.REPOSITORY),
    ],
)
def test_every_reach_is_an_answer_of_its_own(
    archive: Archive, numbers: str, folios: str, kind: Kind
) -> None:
    answer = ask("РГАСПИ", numbers, folios)
    assert answer.kind == kind
    assert answer.repository == archive.rgaspi
    assert explain(answer)


def test_a_leaf_of_the_letter_finds_the_letter(archive: Archive) -> None:
    answer = ask("РГАСПИ", "17/2/685", "60")
    assert records(answer) == [archive.letter]
    assert answer.unit == archive.delo
    assert "are inside a document that takes up folios 53–68" in explain(answer)


def test_a_leaf_after_it_finds_the_file_and_says_that_nothing_is_there(archive: Archive) -> None:
    answer = ask("РГАСПИ", "17/2/685", "69")
    assert records(answer) == [archive.delo]
    assert "no catalogued document is on the folios cited (69)" in explain(answer)


def test_only_an_exact_answer_to_one_record_has_the_record(archive: Archive) -> None:
    assert ask("РГАСПИ", "17/2/685", "53-68").record == archive.letter
    assert ask("РГАСПИ", "17/2").record == archive.opis
    assert ask("РГАСПИ", "17/2/685", "60").record is None
    put(archive.delo, "Its twin", ("53", "68"))
    answer = ask("РГАСПИ", "17/2/685", "53-68")
    assert (answer.kind, len(answer.hits), answer.record) == (Kind.EXACT, 2, None)


def test_leaves_of_two_documents_find_both_in_their_order(archive: Archive) -> None:
    answer = ask("РГАСПИ", "17/2/685", "60-70")
    assert records(answer) == [archive.letter, archive.note]


def test_the_best_match_is_not_drowned_in_lesser_ones(archive: Archive) -> None:
    put(archive.delo, "The whole file", ("1", "100"))
    assert records(ask("РГАСПИ", "17/2/685", "53-68")) == [archive.letter]


def test_a_document_whose_leaves_nobody_says_is_not_passed_over(archive: Archive) -> None:
    assert Remark.LEAVES_UNKNOWN not in ask("РГАСПИ", "17/2/685", "69").remarks
    put(archive.delo, "Somewhere in it")
    answer = ask("РГАСПИ", "17/2/685", "69")
    assert answer.kind == Kind.FILE
    assert Remark.LEAVES_UNKNOWN in answer.remarks


# --- names of archives ---


@pytest.mark.parametrize(
    "name",
    [
        "РГАСПИ",
        "RGASPI",
        "ргаспи",
        "Российский государственный архив социально-политической истории",
        "Rossiiskii gosudarstvennyi arkhiv sotsial'no-politicheskoi istorii",
    ],
)
def test_an_archive_is_known_in_any_script(archive: Archive, name: str) -> None:
    assert ask(name, "17/2/685", "53-68").kind == Kind.EXACT


def test_the_authorized_form_is_a_name_too(db: None) -> None:
    repository = build(Repository, agent=body("Archive of the House"))
    shelve(repository, "1")
    assert ask("Archive of the House", "1").kind == Kind.EXACT


def test_old_names_of_one_archive_are_the_same_archive(db: None) -> None:
    repository = build(Repository, agent=body("House", ("Дом бумаг", "1920/1930")))
    (fond,) = shelve(repository, "1")
    answer = ask("Дом бумаг", "1")
    assert (answer.kind, answer.record) == (Kind.EXACT, fond)
    assert answer.succession == ()
    assert remarks(answer) == ["“Дом бумаг” is an earlier name of the archive, which is now House."]


def test_a_name_that_only_the_table_knows_leads_to_the_archive_that_it_is(db: None) -> None:
    """The catalogue has the abbreviation; the reference gives the archive's name in French."""
    repository = build(Repository, agent=body("РГАСПИ"))
    shelve(repository, "17")
    asked = Reference("Archives d’État russes, Moscou", "17")
    assert resolve(asked).kind == Kind.UNKNOWN
    assert resolve(asked, ["rgaspi"]).kind == Kind.EXACT


def test_the_table_knows_successions_that_the_catalogue_does_not(db: None) -> None:
    repository = build(Repository, agent=body("РГАСПИ"))
    shelve(repository, "17")
    answer = ask("РЦХИДНИ", "17")
    assert answer.kind == Kind.CANDIDATE
    assert [step.later for step in answer.succession] == ["РГАСПИ"]


def test_an_archive_that_nobody_knows_is_named(db: None) -> None:
    answer = ask("Архив Атлантиды", "1/2/3", "4")
    assert answer.kind == Kind.UNKNOWN
    assert "Архив Атлантиды" in explain(answer)


def test_an_archive_that_only_the_table_knows_is_told_apart(archive: Archive) -> None:
    answer = ask("ГАРФ", "1/2/3")
    assert answer.kind == Kind.UNKNOWN
    assert answer.archives
    assert "The archive is known" in explain(answer)


def test_two_archives_of_one_name_are_both_asked(db: None) -> None:
    for name in ("North", "South"):
        shelve(build(Repository, agent=body(name, ("ОА", "1920/.."))), "1")
    answer = ask("ОА", "1")
    assert len(answer.hits) == 2
    assert answer.record is None
    assert Remark.SEVERAL_ARCHIVES in answer.remarks


def test_without_an_archive_nothing_is_certain(archive: Archive) -> None:
    answer = ask("", "17/2/685", "60")
    assert answer.kind == Kind.NO_REPOSITORY
    assert records(answer) == [archive.letter]
    assert (answer.record, answer.repository) == (None, None)
    assert ask("", "17/2/999").hits == ()


# --- succession ---


@pytest.mark.parametrize("name", ["ЦПА ИМЛ", "TsPA IML", "ЦПА ИМЭЛ", "РЦХИДНИ"])
def test_numbers_of_a_predecessor_are_a_candidate(archive: Archive, name: str) -> None:
    answer = ask(name, "17/2/685", "53-68")
    assert (answer.kind, answer.reach) == (Kind.CANDIDATE, Kind.EXACT)
    assert records(answer) == [archive.letter]
    assert answer.record is None
    assert "A candidate only" in explain(answer)
    assert answer.succession[-1].later == "RGASPI"


def test_the_whole_line_of_successions_is_told(archive: Archive) -> None:
    line = [(step.earlier, step.later) for step in ask("ЦПА ИМЛ", "17").succession]
    assert line == [("Central Party Archive", "RTsKhIDNI"), ("RTsKhIDNI", "RGASPI")]


def test_numbers_that_were_kept_lead_to_the_record(db: None) -> None:
    repository = build(Repository, agent=body("New"))
    old = body("Old")
    succeed(repository.agent, old, "kept")
    (fond,) = shelve(repository, "5")
    answer = ask("Old", "5")
    assert (answer.kind, answer.record) == (Kind.EXACT, fond)
    assert len(answer.succession) == 1


def test_a_succession_that_is_only_probable_keeps_nothing_for_certain(db: None) -> None:
    repository = build(Repository, agent=body("New"))
    old = body("Old")
    succeed(repository.agent, old, "kept", certainty="probable")
    shelve(repository, "5")
    assert ask("Old", "5").kind == Kind.CANDIDATE


def test_numbers_that_got_a_prefix_lead_to_it(db: None) -> None:
    repository = build(Repository, agent=body("New"))
    old = body("Old")
    succeed(repository.agent, old, "prefixed", prefix="М-")
    shelve(repository, "1")
    _fond, opis = shelve(repository, "М-1", "4")
    answer = ask("Old", "1/4")
    assert (answer.kind, answer.record) == (Kind.EXACT, opis)


def test_changed_numbers_are_said_to_be_changed(db: None) -> None:
    repository = build(Repository, agent=body("New"))
    old = body("Old")
    succeed(repository.agent, old, "changed")
    shelve(repository, "5")
    answer = ask("Old", "5")
    assert answer.kind == Kind.CANDIDATE
    assert "numbers were changed" in explain(answer)


def test_a_succession_finds_nothing_that_is_not_there(archive: Archive) -> None:
    answer = ask("РЦХИДНИ", "99/1")
    assert (answer.kind, answer.hits) == (Kind.REPOSITORY, ())
    assert answer.succession
    assert (
        explain(answer)
        == "The catalogue knows the archive, now RGASPI, but describes no fond 99 there."
    )


@pytest.mark.parametrize("standing", ["proposed", "deprecated"])
def test_a_succession_that_is_not_held_to_be_true_leads_nowhere(db: None, standing: str) -> None:
    repository = build(Repository, agent=body("New"))
    succeed(repository.agent, body("Old"), "kept", standing=standing)
    shelve(repository, "5")
    assert ask("Old", "5").kind == Kind.UNKNOWN


def test_papers_catalogued_under_the_earlier_archive_are_a_candidate(db: None) -> None:
    later = body("New")
    earlier = build(Repository, agent=body("Old"))
    succeed(later, earlier.agent)
    (fond,) = shelve(earlier, "5")
    answer = ask("New", "5")
    assert (answer.kind, records(answer)) == (Kind.CANDIDATE, [fond])


# --- shelves ---


@pytest.mark.parametrize(
    ("shelved", "cited"),
    [
        ("17а", "17a"),
        ("17а", "17А"),
        ("17а", "17 а"),
        ("Р-627", "R-627"),
        ("Р-627", "P627"),
        ("Р-627", "Р. 627"),
        ("059а", "59а"),
        ("17", "017"),
    ],
)
def test_one_number_is_written_in_many_ways(archive: Archive, shelved: str, cited: str) -> None:
    (fond,) = shelve(archive.rgaspi, shelved)
    assert ask("РГАСПИ", cited).record is not None
    if shelved != "17":
        assert ask("РГАСПИ", cited).record == fond


def test_the_number_as_it_is_written_comes_first(archive: Archive) -> None:
    (latin,) = shelve(archive.rgaspi, "17a")
    (cyrillic,) = shelve(archive.rgaspi, "17а")
    assert ask("РГАСПИ", "17a").record == latin
    assert ask("РГАСПИ", "17а").record == cyrillic


def test_levels_between_are_passed_through(archive: Archive) -> None:
    fond = build(Unit, repository=archive.rgaspi, segment="5", level="fonds")
    between = build(Unit, parent=fond, segment="A", level="subfonds")
    opis = build(Unit, parent=between, segment="2", level="series")
    part = build(Unit, parent=opis, segment="I", level="subseries")
    delo = build(Unit, parent=part, segment="9", level="file")
    item = build(Unit, parent=delo, segment="1", level="item")
    letter = put(item, "On an item", ("3", "4"))
    assert ask("РГАСПИ", "5/2/9", "3-4").record == letter
    assert ask("РГАСПИ", "5/2/9").record == delo


def test_a_fond_without_opisi_is_asked_for_its_files(archive: Archive) -> None:
    fond = build(Unit, repository=archive.rgaspi, segment="5", level="fonds")
    delo = build(Unit, parent=fond, segment="9", level="file")
    answer = resolve(Reference("РГАСПИ", "5", "", "9"))
    assert answer.record == delo


def test_a_number_that_two_shelves_have_names_both(archive: Archive) -> None:
    for title in ("one", "other"):
        build(Unit, repository=archive.rgaspi, segment="5", level="fonds", title=title)
    answer = ask("РГАСПИ", "5")
    assert len(answer.hits) == 2
    assert answer.record is None
    assert Remark.SEVERAL_SHELVES in answer.remarks


def test_a_delo_is_not_taken_for_a_fond(archive: Archive) -> None:
    assert ask("РГАСПИ", "685").kind == Kind.REPOSITORY


def test_a_volume_is_said_not_to_have_been_looked_for(archive: Archive) -> None:
    cited = Reference("РГАСПИ", "17", "2", "685", aux=(("volume", "2"),))
    assert resolve(cited).remarks == (Remark.NOT_LOOKED_UP,)


# --- references on record ---


def cite(archive: Archive, unit: Unit, numbers: str, **values: object) -> UnitReference:
    fond, opis, delo = numbers.split("/")
    name = AgentName.objects.get(form="ЦПА ИМЛ")
    given = {"repository_name": name, "raw": numbers, "date": "1990"} | values
    return build(UnitReference, unit=unit, fond=fond, opis=opis, delo=delo, **given)


def test_what_was_so_cited_is_found_by_other_numbers(archive: Archive) -> None:
    row = cite(archive, archive.delo, "3/4/5", witness=archive.letter, folios="7-9")
    answer = ask("ЦПА ИМЭЛ", "3/4/5", "8")
    assert (answer.kind, answer.reach) == (Kind.CITED, Kind.INSIDE)
    assert [(hit.record, hit.cited) for hit in answer.hits] == [(archive.letter, row)]
    assert answer.record is None
    assert len(answer.succession) == 2


def test_a_citation_is_better_than_a_candidate(archive: Archive) -> None:
    cite(archive, archive.delo, "17/2/685")
    answer = ask("ЦПА ИМЛ", "17/2/685", "53-68")
    assert (answer.kind, records(answer)) == (Kind.CITED, [archive.letter])
    assert ask("РЦХИДНИ", "17/2/685", "53-68").kind == Kind.CANDIDATE


def test_a_number_of_another_time_is_said_to_be_one(archive: Archive) -> None:
    cite(archive, archive.delo, "17/2/685")
    answer = ask("РГАСПИ", "17/2/685")
    assert (answer.kind, answer.year) == (Kind.EXACT, 1990)
    assert "those of 1990" in remarks(answer)[0]
    cite(
        archive,
        archive.delo,
        "17/2/685",
        reference_kind="current",
        repository_name=AgentName.objects.get(form="РГАСПИ"),
    )
    assert ask("РГАСПИ", "17/2/685").remarks == ()


def test_a_shelf_that_has_a_former_number_of_another_names_both(archive: Archive) -> None:
    *_above, moved = shelve(archive.rgaspi, "17", "2", "700")
    name = AgentName.objects.get(form="РГАСПИ")
    cite(archive, moved, "17/2/685", repository_name=name, reference_kind="former")
    answer = ask("РГАСПИ", "17/2/685")
    assert records(answer) == [archive.delo, moved]
    assert answer.record is None
    assert Remark.ALSO_CITED in answer.remarks


@pytest.mark.parametrize("standing", ["proposed", "deprecated"])
def test_a_rejected_citation_is_none(archive: Archive, standing: str) -> None:
    cite(archive, archive.delo, "3/4/5", standing=standing)
    assert ask("ЦПА ИМЛ", "3/4/5").kind == Kind.REPOSITORY


# --- what is not public ---


@pytest.mark.parametrize("way", ["draft", "withdrawn", "embargo"])
@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("letter", Kind.FILE),
        ("delo", Kind.OPIS),
        ("opis", Kind.FOND),
        ("fond", Kind.REPOSITORY),
        ("rgaspi", Kind.UNKNOWN),
    ],
)
def test_what_is_hidden_is_as_if_it_were_not(
    archive: Archive, what: str, kind: Kind, way: str
) -> None:
    record = getattr(archive, what)
    record.state = State.PUBLISHED if way == "embargo" else State(way)
    if way == "embargo":
        record.embargo_until = date(2999, 1, 1)
    record.save()
    answer = ask("РГАСПИ", "17/2/685", "53-68")
    assert answer.kind == kind
    assert record not in records(answer)


def test_a_hidden_succession_leads_nowhere(archive: Archive) -> None:
    archive.rtskhidni.withdraw()
    answer = ask("ЦПА ИМЛ", "17/2/685")
    assert answer.kind == Kind.CANDIDATE  # as the table of archives has it
    assert all(step.relation is None for step in answer.succession)


def test_a_hidden_name_is_not_known(archive: Archive) -> None:
    AgentName.objects.get(form="ЦПА ИМЭЛ").withdraw()
    assert ask("ЦПА ИМЭЛ", "17/2/685").name is None


def test_a_hidden_citation_is_none(archive: Archive) -> None:
    cite(archive, archive.delo, "3/4/5", state=State.DRAFT)
    assert ask("ЦПА ИМЛ", "3/4/5").kind == Kind.REPOSITORY


# --- cost ---


def test_many_cost_as_many_queries_as_few(archive: Archive) -> None:
    """Names are as many as a bibliography has, and every kind of answer is among them."""

    def asked(count: int) -> list[tuple[Reference, tuple[str, ...]]]:
        names = ("РГАСПИ", "ЦПА ИМЛ", "РЦХИДНИ", "Архив Атлантиды", "")
        return [
            (Reference(name, "17", str(number % 9), "685", read_folios(str(number))), ())
            for number in range(count)
            for name in names
        ]

    with CaptureQueriesContext(
        connection,
    ) as few:
        resolve_all(asked(5))
    with CaptureQueriesContext(connection) as many:
        answers = resolve_all(asked(60))
    assert len(answers) == 300
    assert len({answer.kind for answer in answers}) >= 5
    assert len(few) < 25
    assert len(many) < len(few) + 25


def test_one_costs_few_queries(archive: Archive) -> None:
    with CaptureQueriesContext(connection) as queries:
        resolve(Reference("РГАСПИ", "17", "2", "685", read_folios("60")))
    assert len(queries) <= 12


def test_answers_stand_in_the_order_of_the_references(archive: Archive) -> None:
    asked = [Reference("РГАСПИ", "17", "2", delo) for delo in ("685", "1", "685")]
    answers = resolve_all((reference, ()) for reference in asked)
    assert [answer.reference for answer in answers] == asked
    assert resolve_all([]) == []
