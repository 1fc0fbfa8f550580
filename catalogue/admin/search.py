"""Finding records in lists and in autocomplete fields.

Django's own search compares with ``icontains``, which knows no case beyond ASCII on SQLite and
grows without bound. Here the words are few, and are compared with folded columns wherever a model
has them. A real search engine is another matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Q, QuerySet

from catalogue import text

LONGEST = 500  # characters
WORDS = 20
# PostgreSQL stores no NUL, and no encoding has lone surrogates.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def search(rows: QuerySet[Any], columns: Sequence[str], term: str) -> QuerySet[Any]:
    """The rows in which every word of ``term`` stands in one of the columns.

    ``columns`` are those of ``ModelAdmin.search_fields``, and their names decide the comparison:
    ``folded`` and ``sort_key`` with the folded word, ``segment_key`` the whole segment of a
    reference, ``identifier`` the whole identifier, any other the word as typed, in either case.
    """
    typed = UNSTORABLE.sub(" ", term[:LONGEST])
    words = [word for word in typed.split()[:WORDS] if text.fold(word)]
    if not words:
        return rows if not term.strip() else rows.none()
    for word in words:
        rows = rows.filter(reduce(or_, (_match(rows, column, word) for column in columns)))
    return rows


def _match(rows: QuerySet[Any], column: str, word: str) -> Q:
    kind = column.rpartition("__")[2]
    if kind in ("folded", "sort_key"):
        condition = Q((f"{column}__contains", text.fold(word)))
    elif kind == "segment_key":
        condition = Q((column, text.natural_key(word)))
    elif kind == "identifier":
        condition = Q((column, word.lower()))
    else:
        condition = _in_either_case(column, text.normalise(word))
    if lookup_spawns_duplicates(rows.model._meta, column):
        found = rows.model._base_manager.filter(condition)
        return Q(pk__in=found.values("pk"))
    return condition


def _in_either_case(column: str, word: str) -> Q:
    """SQLite folds the case of ASCII letters alone: the usual forms of the word are tried."""
    forms = {word, word.lower(), word.upper(), word.capitalize()}
    return reduce(or_, (Q((f"{column}__icontains", form)) for form in sorted(forms)))
