"""Rendered citations, kept on disk by what they were made from.

One file for each run of the processor, named by the digest of (CSL-JSON, style, locale, engine):
what has changed gets another name, so nothing is ever out of date, and the whole folder may be
deleted at any time. Files appear by renaming, so several processes may write at once; one that
cannot be read counts as missing.
"""

import json
import logging
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from catalogue.citation import engine
from catalogue.citation.engine import CitationError, Rendering, Request

logger = logging.getLogger(__name__)


def render(requests: Sequence[Request]) -> list[Rendering]:
    """The renderings that are kept, or new ones, which are kept then. Raises CitationError."""
    kept = find(requests)
    if kept is not None:
        return kept
    with engine.slot(folder() / "slots"):
        kept = find(requests)  # somebody may have rendered the same while we waited
        if kept is None:
            kept = engine.render(requests)
            keep(requests, kept)
    return kept


def find(requests: Sequence[Request]) -> list[Rendering] | None:
    """The renderings that are kept for exactly these requests, else None."""
    try:
        return engine.read(path(requests).read_bytes(), len(requests))
    except OSError:
        return None
    except CitationError:
        logger.warning("A kept citation cannot be read: %s", path(requests))
        return None


def keep(requests: Sequence[Request], renderings: Sequence[Rendering]) -> None:
    """Keep renderings. A full or read-only disk costs the saving, not the citation."""
    target = path(requests)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(engine.write(renderings))
            Path(name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        logger.warning("A citation could not be kept: %s", error)


def folder() -> Path:
    return Path(settings.VAR) / "citations"


def path(requests: Sequence[Request]) -> Path:
    """Where the renderings of these requests are kept."""
    asked = [[request.item, _digest(request.style), request.locale] for request in requests]
    text = json.dumps([engine.engine(), asked], sort_keys=True)
    digest = sha256(text.encode()).hexdigest()
    return folder() / digest[:2] / f"{digest}.json"


@lru_cache(maxsize=256)
def _digest(style: str) -> str:
    return sha256(style.encode()).hexdigest()
