"""The file: a plain tar archive, whose last member seals every byte before it.

Only the seal is asked whether a file is whole; the digests of the members say what is wrong with
one that is not.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from catalogue.backup import manifest
from catalogue.backup.manifest import Manifest

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
SEAL = "SEAL"
ROWS = "rows/"
IMAGES = "images/"
PIECE = 1024 * 1024  # bytes at a time
TRAILER = 4 * tarfile.BLOCKSIZE  # the seal's header and line, and the two empty blocks of the end


class Damaged(Exception):
    """The file is not as it was written. ``findings`` are sentences about what is wrong."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


class Sealed:
    """A new archive, written from front to back."""

    def __init__(self, stream: IO[bytes], sums: IO[bytes], made: int) -> None:
        """``sums`` is an empty file for what has to be remembered; ``made`` in seconds."""
        self._stream = stream
        self._sums = sums
        self._made = made
        self._digest = hashlib.sha256()
        # Never closed: the seal ends the archive instead. All that it needs of a file is below.
        self._tar = tarfile.TarFile(fileobj=self, mode="w", format=tarfile.PAX_FORMAT)  # type: ignore[arg-type]

    def write(self, piece: bytes) -> int:
        """For tarfile."""
        self._digest.update(piece)
        return self._stream.write(piece)

    def tell(self) -> int:
        """For tarfile."""
        return self._stream.tell()

    def add(self, name: str, content: IO[bytes], size: int) -> str:
        """Add ``size`` bytes of a stream, which has to hold them. Returns their SHA-256."""
        reading = _Digesting(content)
        self._tar.addfile(self._member(name, size), reading)
        _forget(self._tar)
        found = reading.digest.hexdigest()
        self._sums.write(f"{found}  {name}\n".encode())
        return found

    def seal(self) -> None:
        size = self._sums.tell()
        self._sums.seek(0)
        self._tar.addfile(self._member(SUMS, size), self._sums)
        self._stream.write(_trailer(self._digest.hexdigest(), self._stream.tell()))

    def _member(self, name: str, size: int) -> tarfile.TarInfo:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, self._made
        return member


class _Digesting:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self.digest.update(piece)
        return piece


def _forget(tar: tarfile.TarFile) -> None:
    """A tar file remembers all its members; there may be a million."""
    tar.members.clear()  # type: ignore[attr-defined]  # not in the stubs


def _trailer(digest: str, size: int) -> bytes:
    """The seal. Nothing in it is free, so that no bit of it can change unseen either."""
    line = f"sha256 {digest} of the {size} bytes before this member\n".encode()
    member = tarfile.TarInfo(SEAL)
    member.size = len(line)
    head = member.tobuf(tarfile.USTAR_FORMAT)
    return (head + line).ljust(TRAILER, b"\0")


def verify(path: Path) -> Manifest:
    """Read the whole file. Raises Damaged, with what is changed, missing or extra."""
    with path.open("rb") as stream:
        body = path.stat().st_size - TRAILER
        digest = hashlib.sha256()
        for piece in _pieces(stream, max(body, 0)):
            digest.update(piece)
        whole = body > 0 and stream.read() == _trailer(digest.hexdigest(), body)
    if not whole:
        raise Damaged(_findings(path))
    for name, content in members(path):
        if name == MANIFEST:
            return manifest.read(content.read())
    raise ValueError("a sealed file without a manifest")


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The members of a sealed file, one after the other, each with its content."""
    with tarfile.open(path, "r:") as tar:
        while (member := tar.next()) is not None:
            _forget(tar)
            if content := tar.extractfile(member):
                yield member.name, content


def _pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (piece := stream.read(min(size, PIECE))):
        size -= len(piece)
        yield piece


def _findings(path: Path) -> list[str]:
    """What is wrong with a file whose seal is broken, in sentences."""
    found, expected = _survey(path)
    if MANIFEST not in found and not expected:
        return [_("This is not a backup of Opis, or its beginning is destroyed.")]
    findings = []
    for name in sorted(expected.keys() | found.keys() - {SUMS, SEAL}):
        if name not in found:
            findings.append(_("Missing: %(name)s") % {"name": name})
        elif name not in expected:
            findings.append(_("Extra: %(name)s") % {"name": name})
        elif found[name] != [expected[name]]:
            findings.append(_("Changed: %(name)s") % {"name": name})
    if SUMS not in found:
        findings.insert(0, _("Missing: %(name)s") % {"name": SUMS})
    if SEAL not in found:
        findings.insert(0, _("The end of the file is missing."))
    return findings or [
        _("All members are whole, but the archive around them (headers, padding, seal) is not.")
    ]


def _survey(path: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The digests of what can be read of a damaged file, and those that it should have."""
    found: dict[str, list[str]] = {}
    expected: dict[str, str] = {}
    try:
        # Passes over blocks that are no headers, and so finds what stands behind the damage.
        with tarfile.open(path, "r:", ignore_zeros=True) as tar:
            while (member := tar.next()) is not None:
                _forget(tar)
                content = tar.extractfile(member)
                if content is None:
                    found.setdefault(member.name, []).append("")
                    continue
                digest = hashlib.sha256()
                kept = BytesIO()
                for piece in _pieces(content, member.size):
                    digest.update(piece)
                    if member.name in (SUMS, MANIFEST):
                        kept.write(piece)
                found.setdefault(member.name, []).append(digest.hexdigest())
                expected.update(_expected(member.name, kept.getvalue()))
    except (tarfile.TarError, OSError, ValueError, EOFError):
        pass  # what lies behind is missing, and is said to be
    return found, expected


def _expected(name: str, content: bytes) -> dict[str, str]:
    """The digests that a list of them gives: all of them, or those of the rows."""
    if name == SUMS:
        pairs: Iterable[Any] = (
            line.split("  ", 1) for line in content.decode(errors="replace").splitlines()
        )
        return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
    if name == MANIFEST:
        try:
            tables = manifest.read(content).tables
        except ValueError:
            return {}
        return {f"{ROWS}{table.name}.jsonl": table.sha256 for table in tables}
    return {}
