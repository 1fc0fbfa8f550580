"""The citation processor: pandoc's citeproc, as a separate process.

One process renders any number of items in any number of CSL styles. It gets everything on
standard input (the styles too), an empty environment, an empty working directory, a limit of time
and of memory, and opens neither file nor address; what it answers is text, and becomes HTML here.
At most ``SLOTS`` of them run at once, across all worker processes of the site.
"""

import fcntl
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pypandoc
from django.utils.safestring import SafeString, mark_safe

SCRIPT = Path(__file__).with_name("processor.lua")
SLOTS = 2
TIME_LIMIT = 30.0  # seconds, for one run
PATIENCE = 20.0  # seconds that a caller waits for a free slot
HEAP_LIMIT = "-M1g"  # the largest heap that the process may ask for
POSITIONS = ("first", "ibid", "subsequent", "bibliography")
TAGS = {"b": "b", "i": "i", "s": "sup", "u": "sub", "c": 'span class="small-caps"'}


class CitationError(Exception):
    """The processor is missing, busy, too slow, or did not understand what it was given."""


@dataclass(frozen=True)
class Request:
    """One item (CSL-JSON) to be rendered in a style (its CSL text) and locale (``fr-FR``)."""

    item: Mapping[str, Any]
    style: str
    locale: str


@dataclass(frozen=True)
class Text:
    """A rendered text: runs of plain text, each with its marks (letters of ``TAGS``)."""

    runs: tuple[tuple[str, str], ...]

    @property
    def plain(self) -> str:
        """The text without any emphasis, for the clipboard."""
        return "".join(text for text, _ in self.runs).strip()

    @property
    def html(self) -> SafeString:
        """The text with ``b``, ``i``, ``sup``, ``sub``, ``span.small-caps``; all else escaped."""
        return mark_safe("".join(_marked(*run) for run in self.runs))  # noqa: S308 # escaped there


@dataclass(frozen=True)
class Rendering:
    """One item in one style: cited first, at once again, again later, and listed.

    ``ibid`` and ``subsequent`` equal ``first`` where a style does not tell them apart;
    in an author-date style they are the short reference in the running text.
    """

    first: Text
    ibid: Text
    subsequent: Text
    bibliography: Text


@cache
def engine() -> str:
    """What renders: a name that changes when results may (part of every key of the store)."""
    script = sha256(SCRIPT.read_bytes()).hexdigest()[:12]
    return f"pypandoc_binary {version('pypandoc_binary')} {script}"


def render(requests: Sequence[Request]) -> list[Rendering]:
    """Render all requests, in their order, in one run of the processor. Raises ``CitationError``.

    The caller holds a ``slot``.
    """
    if not requests:
        return []
    return read(_run(json.dumps(_job(requests)).encode()), len(requests))


def _job(requests: Sequence[Request]) -> dict[str, Any]:
    styles = list(dict.fromkeys(request.style for request in requests))
    return {
        "styles": styles,
        "requests": [
            {
                "item": request.item,
                "style": styles.index(request.style) + 1,
                "locale": request.locale,
            }
            for request in requests
        ],
    }


@contextmanager
def slot(folder: Path) -> Generator[None]:
    """Hold one of the places at the processor, whose lock files are in a folder that all
    processes share.

    A lock goes when its holder does, however that ends. Raises ``CitationError`` after
    ``PATIENCE``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + PATIENCE
    while True:
        for number in range(SLOTS):
            with (folder / f"slot-{number}").open("ab") as place:
                try:
                    fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        if time.monotonic() > until:
            raise CitationError("The citation processor is busy.")
        time.sleep(0.02)


def _run(job: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="citation-") as empty, _start(empty) as process:
        try:
            answer, complaint = process.communicate(job, timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired as error:
            raise CitationError(
                f"The citation processor took over {TIME_LIMIT:g} seconds."
            ) from error
        finally:
            if process.poll() is None:  # it is never left behind, however waiting for it ended
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode != 0:
        said = complaint.decode(errors="replace").strip()[-500:]
        raise CitationError(f"The citation processor failed ({process.returncode}): {said}")
    return answer


def _start(empty: str) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed command; what it reads comes on standard input
            [pypandoc.get_pandoc_path(), "lua", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=empty,
            env={"GHCRTS": HEAP_LIMIT, "HOME": empty, "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
    except OSError as error:
        raise CitationError("The citation processor is not installed.") from error


def read(answer: bytes, expected: int) -> list[Rendering]:
    """The renderings that the processor answered, or the store kept. Raises ``CitationError``."""
    try:
        renderings = [
            Rendering(*(_text(fields[position]) for position in POSITIONS))
            for fields in json.loads(answer)
        ]
    except (ValueError, TypeError, KeyError) as error:
        raise CitationError("The citation processor answered something unexpected.") from error
    if len(renderings) != expected:
        raise CitationError("The citation processor left something out.")
    return renderings


def write(renderings: Sequence[Rendering]) -> bytes:
    """The renderings as ``read`` reads them."""
    fields = [
        {position: getattr(rendering, position).runs for position in POSITIONS}
        for rendering in renderings
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _text(runs: Sequence[Sequence[str]]) -> Text:
    return Text(tuple((str(text), _known(marks)) for text, marks in runs))


def _known(marks: str) -> str:
    if unknown := set(marks) - set(TAGS):
        raise ValueError(f"unknown marks: {unknown}")
    return marks


def _marked(text: str, marks: str) -> str:
    html = escape(text)
    for mark in marks:
        html = f"<{TAGS[mark]}>{html}</{TAGS[mark].split()[0]}>"
    return html
