"""The processor as a process: what it is given, what it may do, how it fails."""

import fcntl
import json
from pathlib import Path
from typing import Any

import pypandoc
import pytest

from catalogue.citation import engine
from catalogue.citation.engine import CitationError, Request, Text
from catalogue.citation.style import text

LETTER: dict[str, Any] = {
    "id": "letter",
    "type": "manuscript",
    "title": "Letter",
    "author": [{"family": "Trotsky", "given": "L. D."}],
    "issued": {"date-parts": [[1923, 10, 8]]},
    "archive": "RGASPI",
    "archive_location": "f. 17",
}


def request(file: str = "opis-apa", **fields: object) -> Request:
    return Request(LETTER | fields, text(file, "en", with_day=True), "en-US")


def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lua: str) -> None:
    """Put another script in place of the processor's."""
    path = tmp_path / "processor.lua"
    path.write_text(lua, encoding="utf-8")
    monkeypatch.setattr(engine, "SCRIPT", path)


def test_one_run_answers_all_requests_in_their_order() -> None:
    titles = [f"Letter {number}" for number in range(12)]
    files = ["opis-apa", "opis-mla", "opis-gost-r-7-0-5-2008"]
    requests = [request(files[at % 3], title=title) for at, title in enumerate(titles)]
    answers = engine.render(requests)
    assert [
        title in answer.bibliography.plain for title, answer in zip(titles, answers, strict=True)
    ] == [True] * 12
    assert answers[0].bibliography.html == (
        "Trotsky, L. D. (1923, October 8). <i>Letter 0</i>. F. 17. RGASPI."
    )
    assert answers[2].ibid.plain == "Ibid. F. 17."


def test_nothing_to_render_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SCRIPT", Path("/nowhere"))
    assert engine.render([]) == []


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "*a* _b_ [c](d) $x^2$ `e` ^f^ ~g~",
        "[@letter] @letter {=html}",
        "\\textbf{a} & 100% #1",
        "\"quoted\" and 'quoted'",
        "a\u202eb\u200bc",
        "Ωμέγα 書 🗄 ѣ",
        "]]></style>",
        "x" * 20_000,
    ],
)
def test_hostile_text_is_shown_as_text(hostile: str) -> None:
    [answer] = engine.render([request(title=hostile)])
    assert hostile in answer.bibliography.plain
    assert "<script" not in answer.bibliography.html


def test_a_line_break_becomes_a_space() -> None:
    [answer] = engine.render([request(title="one\ntwo\r\n\tthree")])
    assert "one two three" in " ".join(answer.bibliography.plain.split())


def test_only_the_marks_that_we_know_become_html() -> None:
    marked = Text((("a & b ", ""), ("<c>", "i"), ("d", "bc")))
    assert marked.html == ('a &amp; b <i>&lt;c&gt;</i><span class="small-caps"><b>d</b></span>')
    assert marked.plain == "a & b <c>d"


def test_what_is_written_reads_back() -> None:
    renderings = engine.render([request(), request("opis-mla")])
    assert engine.read(engine.write(renderings), 2) == renderings


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[",
        b"null",
        b"[{}]",
        b"[]",
        b'[{"first": 1, "ibid": [], "subsequent": [], "bibliography": []}]',
        b'[{"first": [["a", "x"]], "ibid": [], "subsequent": [], "bibliography": []}]',
    ],
)
def test_an_answer_that_is_not_one_is_refused(answer: bytes) -> None:
    with pytest.raises(CitationError):
        engine.read(answer, 1)


def test_a_missing_processor_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> str:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(pypandoc, "get_pandoc_path", nowhere)
    with pytest.raises(CitationError, match="not installed"):
        engine.render([request()])


def test_a_style_that_is_none_is_an_error_and_not_a_crash() -> None:
    with pytest.raises(CitationError, match="failed"):
        engine.render([Request(LETTER, "not a style", "en-US")])


def test_a_processor_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path, monkeypatch, "io.stdin:read('a') while true do end")
    monkeypatch.setattr(engine, "TIME_LIMIT", 0.5)
    started = []
    start = engine._start

    def noted(empty: str) -> Any:
        started.append(start(empty))
        return started[-1]

    monkeypatch.setattr(engine, "_start", noted)
    with pytest.raises(CitationError, match="took over"):
        engine.render([request()])
    assert [process.returncode for process in started] == [-9]


def test_the_processor_sees_nothing_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SECRET_KEY", "very secret")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    script(
        tmp_path,
        monkeypatch,
        """
        local seen = {}
        for _, name in ipairs({'DJANGO_SECRET_KEY', 'https_proxy', 'PATH', 'DATABASE_URL'}) do
          seen[#seen + 1] = {os.getenv(name) or 'nothing', ''}
        end
        local here = {}
        for _, name in ipairs(pandoc.system.list_directory('.')) do here[#here + 1] = {name, ''} end
        io.stdout:write(pandoc.json.encode({{
          first = seen, ibid = pandoc.List(here),
          subsequent = pandoc.List(), bibliography = pandoc.List(),
        }}))
        """,
    )
    [answer] = engine.render([request()])
    assert answer.first.plain == "nothing" * 4
    assert answer.ibid.plain == ""


def test_the_processor_may_not_eat_all_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine.HEAP_LIMIT == "-M1g"
    monkeypatch.setattr(engine, "HEAP_LIMIT", "-M64m")
    script(tmp_path, monkeypatch, "pandoc.read(string.rep('a *b* ', 40000))")
    with pytest.raises(CitationError, match="maximum heap size"):
        engine.render([request()])


def test_no_more_than_two_run_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    with (
        engine.slot(tmp_path),
        engine.slot(tmp_path),
        pytest.raises(CitationError, match="busy"),
        engine.slot(tmp_path),
    ):
        raise AssertionError("a third came in")
    with engine.slot(tmp_path):
        pass


def test_a_slot_is_free_again_when_its_holder_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    for _time in range(engine.SLOTS + 1):
        with pytest.raises(ZeroDivisionError), engine.slot(tmp_path):
            raise ZeroDivisionError


def test_slots_are_shared_with_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    others = [(tmp_path / f"slot-{number}").open("ab") for number in range(engine.SLOTS)]
    for other in others:  # a lock belongs to the open file, not to the process that opened it
        fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(CitationError, match="busy"), engine.slot(tmp_path):
        raise AssertionError("more came in than there are slots")
    for other in others:
        other.close()
    with engine.slot(tmp_path):
        pass


def test_the_engine_has_another_name_when_its_script_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine.engine()
    engine.engine.cache_clear()
    script(tmp_path, monkeypatch, "-- another")
    assert engine.engine() != before
    engine.engine.cache_clear()


def test_numbers_in_an_item_stay_whole() -> None:
    item = json.loads('{"issued": {"date-parts": [[1923, 10.0, 8]]}}')
    [answer] = engine.render([request(**item)])
    assert "(1923, October 8)" in answer.bibliography.plain
