"""What holds of every format of citations: empty, bounded, whole, read back, without leaks."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import rispy
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pybtex.database import BibliographyData, parse_string

from catalogue.formats import FORMATS, Format, by_slug
from catalogue.models import Agent, AgentName, Contribution, Document, Publication, Title, Witness
from tests.builders import build
from tests.citation.letter import Letter, make_letter

pytestmark = pytest.mark.django_db

every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.slug)

HOSTILE = (
    "{unbalanced } \\ %comment & $x$ #1 _under_ ^up ~tie",
    "}}},\n@article{evil, title = {x}",
    "He said \"no\", and 'yes' = {",
    "ER  - \nTY  - EVIL",
    "one\r\ntwo\tthree\u2028four",
    "Щербатов «Ѣ» ’ – — … №",
    "x" * 3000,
    "\\textbackslash{} \\{ \\} \\\\",
    '</script><b>&amp;"\\u0041',
    "Smith and Sons, and, Others and",
    " AU  - space before",
)


def file(form: Format, documents: Iterable[Document]) -> str:
    return b"".join(form.write(documents)).decode("utf-8")


def unescaped(latex: str) -> str:
    """A field of BibTeX as text."""
    names = {
        "textbackslash": "\\",
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciitilde": "~",
        "textasciicircum": "^",
    }
    text = re.sub(r"\\([%&$#_])|\\(\w+)\{\}", lambda m: m[1] or names[m[2]], latex)
    return text.removeprefix("{").removesuffix("}")


def bibtex_titles(text: str) -> dict[str, str]:
    read: BibliographyData = parse_string(text, "bibtex")
    return {key: unescaped(entry.fields["title"]) for key, entry in read.entries.items()}


def ris_titles(text: str) -> dict[str, str]:
    return {record["id"]: record["title"] for record in rispy.loads(text)}


def json_titles(text: str) -> dict[str, str]:
    return {item["id"]: item["title"] for item in json.loads(text)}


READERS: dict[str, Callable[[str], dict[str, str]]] = {
    "bibtex": bibtex_titles,
    "biblatex": bibtex_titles,
    "ris": ris_titles,
    "csl-json": json_titles,
}


def titles(form: Format, documents: Iterable[Document]) -> dict[str, str]:
    return READERS[form.slug](file(form, documents))


def one_line(text: str) -> str:
    return " ".join(re.split(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", text)).strip()


def collapsed(text: str) -> str:
    """What BibTeX makes of spaces: any number of them is one."""
    return " ".join(one_line(text).split())


def test_every_format_has_a_slug_and_a_reader_in_these_tests() -> None:
    slugs = [form.slug for form in FORMATS]
    assert sorted(slugs) == sorted(READERS)
    assert all(by_slug(slug) is form for slug, form in zip(slugs, FORMATS, strict=True))
    assert by_slug("endnote") is None
    assert all(form.media_type.count("/") == 1 and form.extension.isalnum() for form in FORMATS)


@every_format
def test_nothing_is_written_for_nothing(form: Format) -> None:
    assert titles(form, []) == {}
    assert titles(form, Document.objects.none()) == {}


@every_format
def test_what_is_kept_and_each_printing_are_one_entry_each(letter: Letter, form: Format) -> None:
    witnesses = (letter.copy, letter.izvestia, letter.french, letter.eastman)
    keys = [witness.identifier for witness in witnesses]
    found = titles(form, [letter.document])
    assert sorted(found) == sorted(keys)
    assert found == titles(form, Document.objects.public())
    assert found[letter.izvestia.identifier] == "Письмо членам ЦК и ЦКК РКП(б)"


@every_format
@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_nothing_of_the_archival_reference_is_lost(
    letter: Letter, form: Format, language: str
) -> None:
    with translation.override(language):
        text = file(form, [letter.document])
    archive = "РГАСПИ" if language == "ru" else "RGASPI"
    assert archive in text
    assert re.search(r"17, \S+ 2, \S+ 685, \S+ 53[-–]68", text)


def test_ris_keeps_the_place_in_the_archive_where_readers_look_for_it(letter: Letter) -> None:
    ris = by_slug("ris")
    assert ris is not None
    records = {record["id"]: record for record in rispy.loads(file(ris, [letter.document]))}
    kept = records[letter.copy.identifier]
    assert kept["type_of_reference"] == "MANSCPT"
    assert kept["unknown_tag"]["AV"] == [  # "Location in Archives", which this reader does not know
        "Russian State Archive of Socio-Political History (RGASPI), Moscow,"
        " fond 17, opis 2, delo 685, listy 53–68"
    ]
    assert kept["call_number"] == "fond 17, opis 2, delo 685, listy 53–68"
    assert kept["authors"] == ["Trotsky, L. D."]
    assert kept["year"] == "1923"
    printed = records[letter.izvestia.identifier]
    assert printed["type_of_reference"] == "JOUR"
    assert (printed["start_page"], printed["end_page"]) == ("165", "175")


@pytest.mark.parametrize("slug", ["bibtex", "biblatex"])
def test_bibtex_styles_print_the_archival_reference_as_a_note(letter: Letter, slug: str) -> None:
    form = by_slug(slug)
    assert form is not None
    entries = parse_string(file(form, [letter.document]), "bibtex").entries
    kept = entries[letter.copy.identifier]
    assert kept.type == "unpublished"
    assert kept.fields["note"] == (
        "typed copy, fond 17, opis 2, delo 685, listy 53–68,"
        " Russian State Archive of Socio-Political History (RGASPI), Moscow"
    )
    assert kept.fields["archivelocation"] == "fond 17, opis 2, delo 685, listy 53–68"
    [author] = kept.persons["author"]
    assert str(author) == "Trotsky, L. D."
    french = entries[letter.french.identifier]
    assert french.fields["translator"] == "Jaffard, Sylvestre"
    assert french.fields["note"] == "with MB"


def test_the_dialects_date_in_their_own_way(letter: Letter) -> None:
    letter.document.date = "1923-09~"
    letter.document.save()
    found = {}
    for slug in ("bibtex", "biblatex"):
        form = by_slug(slug)
        assert form is not None
        found[slug] = parse_string(file(form, [letter.document]), "bibtex").entries
    key = letter.copy.identifier
    assert (found["bibtex"][key].fields["year"], found["bibtex"][key].fields["month"]) == (
        "1923",
        "September",
    )
    assert found["biblatex"][key].fields["date"] == "1923-09~"
    assert found["biblatex"][letter.izvestia.identifier].fields["date"] == "1990-05"


@pytest.mark.parametrize(
    "date", ["1923-04/..", "[1922,1923]", "1923-21", "1923-06-26/1923-06-27", ""]
)
@every_format
def test_any_date_is_written(letter: Letter, form: Format, date: str) -> None:
    letter.document.date = date
    letter.document.save()
    assert letter.copy.identifier in titles(form, [letter.document])


@every_format
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_reads_back_as_it_was(form: Format, hostile: str) -> None:
    document = build(Document, title=hostile, languages=("en",))
    agent = build(Agent, kind="corporate", name=one_line(hostile)[:400])
    build(Contribution, document=document, contributor=agent, role="author")
    build(
        Witness,
        document=document,
        title_as_printed=hostile,
        publication=build(Publication, kind="book", title=hostile, place=one_line(hostile)[:200]),
        witness_kind="printed",
        note="",
    )
    found = list(titles(form, [document]).values())
    assert [collapsed(title) for title in found] == [collapsed(hostile)]
    if form.slug == "csl-json":
        assert found == [hostile]


@every_format
def test_hostile_names_read_back_as_they_were(form: Format) -> None:
    document = build(Document)
    for hostile in HOSTILE:
        agent = build(Agent, kind="corporate", name=one_line(hostile)[:400])
        build(Contribution, document=document, contributor=agent, role="author")
    text = file(form, [document])
    expected = [collapsed(hostile[:400]) for hostile in HOSTILE]
    assert [collapsed(name) for name in _authors(form, text)] == expected


def _authors(form: Format, text: str) -> Iterator[str]:
    if form.slug == "csl-json":
        yield from (name["literal"] for name in json.loads(text)[0]["author"])
    elif form.slug == "ris":
        yield from rispy.loads(text)[0]["authors"]
    else:
        [entry] = parse_string(text, "bibtex").entries.values()
        yield from (unescaped(str(person)) for person in entry.persons["author"])


@every_format
def test_what_is_not_public_is_not_written(letter: Letter, form: Format) -> None:
    secret = build(
        Witness,
        document=letter.document,
        label="CANARY",
        title_as_printed="CANARY",
        publication=build(Publication, title="CANARY", state="draft"),
        witness_kind="printed",
        state="draft",
    )
    build(Document, title="CANARY", state="draft")
    build(
        AgentName,
        agent=letter.trotsky,
        form="CANARY",
        family="CANARY",
        language="en",
        state="draft",
    )
    build(
        Contribution,
        document=letter.document,
        contributor=build(Agent, name="CANARY", state="withdrawn"),
        role="author",
    )
    assert "CANARY" not in file(form, Document.objects.all())
    secret.publish()
    assert "CANARY" not in file(form, [letter.document])  # its publication is a draft still
    publication = secret.publication
    assert publication is not None
    publication.publish()
    assert "CANARY" in file(form, [letter.document])


@every_format
def test_the_number_of_queries_does_not_grow(
    letter: Letter, form: Format, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as one:
        file(form, Document.objects.filter(pk=letter.document.pk))
    for number in range(3):
        make_letter(f"archive-{number}")
    with django_assert_num_queries(len(one)):
        file(form, Document.objects.all())


@every_format
def test_a_file_comes_in_pieces(letter: Letter, form: Format) -> None:
    pieces = list(form.write([letter.document]))
    assert len(pieces) > 3
    assert all(isinstance(piece, bytes) for piece in pieces)


@every_format
def test_the_language_is_that_of_the_reader_who_asked(letter: Letter, form: Format) -> None:
    with translation.override("fr"):
        stream = form.write([letter.document])
    with translation.override("ru"):
        text = b"".join(stream).decode()
    assert "Lettre aux membres" in text


@every_format
def test_a_document_without_a_witness_is_written_by_itself(form: Format) -> None:
    document = build(Document, title="Memorandum")
    build(Title, document=document, title="Записка", language="ru")
    assert titles(form, [document]) == {document.identifier: "Memorandum"}


@every_format
def test_an_export_says_what_is_only_inferred(form: Format) -> None:
    letter = make_letter()
    caution = "That the document stands there is inferred"
    assert caution not in file(form, [letter.document])
    letter.eastman.existence_certain = False
    letter.eastman.save()
    assert file(form, [letter.document]).count(caution) == 1
