"""CSL-JSON, which reference managers and citation processors read."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, repeat

from catalogue.citation import Citable
from catalogue.formats.base import Format, citables
from catalogue.models import Document


def write(documents: Iterable[Document]) -> Iterator[bytes]:
    """One array of items (csl-data.json of CSL 1.0.2)."""
    return _write(citables(documents))


def _write(found: Iterable[Citable]) -> Iterator[bytes]:
    separators = chain(("[\n",), repeat(",\n"))
    opened = False
    for citable, separator in zip(found, separators, strict=False):
        opened = True
        yield (separator + json.dumps(citable.item, ensure_ascii=False)).encode()
    yield b"\n]\n" if opened else b"[]\n"


CSL_JSON = Format("csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json", "json", write)
