"""What has been rendered is kept, and never out of date."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalogue.citation import Citable, CitationError, Kind, cite, engine, kept, store
from catalogue.citation.engine import Rendering, Request
from tests.citation.test_engine import request


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "folder", lambda: tmp_path / "citations")


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many requests each run of the processor was given."""
    counted: list[int] = []
    render = engine.render

    def counting(requests: Sequence[Request]) -> list[Rendering]:
        counted.append(len(requests))
        return render(requests)

    monkeypatch.setattr(engine, "render", counting)
    return counted


CITABLE = Citable(
    slug="document",
    label="The document",
    kind=Kind.DOCUMENT,
    language="en",
    item={"id": "a", "type": "manuscript", "title": "Letter", "author": [{"literal": "CC"}]},
)


def test_all_styles_take_one_run_and_are_kept(runs: list[int]) -> None:
    assert kept(CITABLE) is None
    citations = cite(CITABLE)
    assert len(runs) == 1
    assert len({citation.style for citation in citations}) > 6
    assert cite(CITABLE) == citations == kept(CITABLE)
    assert len(runs) == 1


@pytest.mark.parametrize(
    "changed",
    [
        request(title="Another letter"),
        request("opis-mla"),
        Request(request().item, request().style, "fr-FR"),
    ],
    ids=["item", "style", "locale"],
)
def test_whatever_changes_is_rendered_anew(changed: Request, runs: list[int]) -> None:
    store.render([request()])
    store.render([changed])
    assert runs == [1, 1]


def test_another_engine_renders_anew(runs: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    store.render([request()])
    monkeypatch.setattr(engine, "engine", lambda: "another")
    store.render([request()])
    assert runs == [1, 1]


@pytest.mark.parametrize("content", [b"", b"[", b"\x80", b"{}", b"[]"])
def test_a_damaged_file_counts_as_missing(content: bytes, runs: list[int]) -> None:
    first = store.render([request()])
    store.path([request()]).write_bytes(content)
    assert store.find([request()]) is None
    assert store.render([request()]) == first
    assert store.find([request()]) == first
    assert runs == [1, 1]


def test_nothing_half_written_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(renderings: Sequence[Rendering]) -> bytes:
        raise OSError("No space left on device")

    monkeypatch.setattr(engine, "write", full)
    assert len(store.render([request()])) == 1
    assert list(store.path([request()]).parent.iterdir()) == []


def test_a_disk_that_cannot_be_written_costs_the_saving_only(runs: list[int]) -> None:
    store.folder().mkdir()
    store.path([request()]).parent.write_text("in the way")
    assert store.render([request()]) == store.render([request()])
    assert runs == [1, 1]


def test_many_at_once_get_the_same(runs: list[int]) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _number: store.render([request()]), range(8)))
    assert answers == [answers[0]] * 8
    assert len(runs) <= engine.SLOTS


def test_a_failure_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(requests: Sequence[Request]) -> list[Rendering]:
        raise CitationError("no processor")

    with monkeypatch.context() as patched:
        patched.setattr(engine, "render", failing)
        with pytest.raises(CitationError):
            cite(CITABLE)
    assert kept(CITABLE) is None
    assert cite(CITABLE)
