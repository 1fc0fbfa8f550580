"""What a file holds, as the limited child process says."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.imaging.limits import SECONDS
from catalogue.text import gettext_noop

EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif"}
ROOT = Path(__file__).resolve().parent.parent.parent
# Isolated: neither the caller's directory nor its environment can put other modules in the way.
PROGRAM = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
    "from catalogue.imaging.child import main; main()"
)

# One sentence for each way in which a file can be refused.
REASONS = {
    "format": gettext_noop("This is not a JPEG, PNG, TIFF or WebP image, whatever it is called."),
    "frames": gettext_noop(
        "The file holds %(number)s pictures. Give each picture as a file of its own."
    ),
    "pixels": gettext_noop(
        "The image has %(width)s × %(height)s pixels; at most %(most)s can be taken."
    ),
    "mode": gettext_noop("Its kind of pixels (%(mode)s) is not supported. Save it with 8 bits."),
    "compression": gettext_noop(
        "TIFF is taken without compression, or with LZW, Deflate, PackBits or Group 4; this one"
        " has %(name)s."
    ),
    "surplus": gettext_noop(
        "There are %(number)s bytes behind the end of the image, which belong to something else."
        " Open it in an image editor and save it anew."
    ),
    "memory": gettext_noop("It takes too much memory to open this image."),
    "broken": gettext_noop("The image is damaged or incomplete (%(detail)s)."),
    "time": gettext_noop("It takes too long to open this image."),
    "died": gettext_noop("The image could not be opened: the program that reads images gave up."),
}


class Refused(ValueError):
    """Why a file is not taken: ``sentence`` is to be translated, and has places for ``values``."""

    def __init__(self, reason: str, values: Mapping[str, Any]) -> None:
        self.reason = reason
        self.sentence = REASONS[reason]
        self.values = dict(values)
        super().__init__(self.sentence % self.values)


@dataclass(frozen=True)
class Inspected:
    """An image that can be decoded to its last pixel. Width and height are those of it upright."""

    format: str
    width: int
    height: int

    @property
    def extension(self) -> str:
        return EXTENSIONS[self.format]


def inspect(source: Path | bytes) -> Inspected:
    """Decode an image in a child process. Raises Refused."""
    if isinstance(source, bytes):
        with tempfile.NamedTemporaryFile() as file:
            file.write(source)
            file.flush()
            return inspect(Path(file.name))
    return _one({"path": str(source), "copies": {}})


def make_copies(source: Path, copies: Mapping[Path, int]) -> Inspected:
    """Write JPEG copies, each with the longer side given; folders must exist. Raises Refused."""
    wanted = {str(path): longest for path, longest in copies.items()}
    return _one({"path": str(source), "copies": wanted})


def inspect_all(sources: Sequence[Path]) -> list[Inspected | Refused]:
    """Many files by one start of the program; each is decoded by a process of its own."""
    return _ask([{"path": str(source), "copies": {}} for source in sources])


def _one(job: Mapping[str, Any]) -> Inspected:
    (found,) = _ask([job])
    if isinstance(found, Refused):
        raise found
    return found


def _ask(jobs: Sequence[Mapping[str, Any]]) -> list[Inspected | Refused]:
    """One answer for each job. What the child leaves unanswered is refused."""
    try:
        finished = subprocess.run(  # noqa: S603  # our own program, with nothing of the file in its call
            [sys.executable, "-I", "-c", PROGRAM],
            input=json.dumps({"jobs": jobs}).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * SECONDS * len(jobs) + 10,
            check=False,
            close_fds=True,
            env={"LC_ALL": "C.UTF-8"},
        )
        lines = finished.stdout.splitlines()
        unanswered = "died"
    except subprocess.TimeoutExpired as late:
        lines = (late.stdout or b"").splitlines()
        unanswered = "time"
    found = [_read(line) for line in lines[: len(jobs)]]
    return found + [Refused(unanswered, {}) for _job in jobs[len(found) :]]


def _read(line: bytes) -> Inspected | Refused:
    try:
        said = json.loads(line)
        if "refused" in said:
            return Refused(said["refused"], said["values"])
        return Inspected(str(said["format"]), int(said["width"]), int(said["height"]))
    except (ValueError, KeyError, TypeError):
        return Refused("died", {})
