"""What a visitor types to find something: any text is a query, and none is an error."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalogue import text
from catalogue.models import Agent, AgentName, Title

LONGEST = 500
"""Characters of a query that are read."""
MOST = 20
"""Words of a query that are looked for."""


@dataclass(frozen=True)
class Words:
    """The folded words of a query; ``is_cut`` when it was longer than what is read."""

    typed: str
    folded: tuple[str, ...]
    is_cut: bool = False


def read(typed: str) -> Words:
    typed = typed.strip()
    found = text.fold(typed[:LONGEST]).split()
    cut = len(typed) > LONGEST or len(found) > MOST
    return Words(typed[:LONGEST], tuple(dict.fromkeys(found[:MOST])), cut)


def matching(rows: QuerySet[Any], words: Words) -> QuerySet[Any]:
    """The rows that have every word in their heading or in one of their further titles or names.

    Case, accents, old letters and apostrophes make no difference. Only public names count.
    """
    for word in words.folded:
        rows = rows.filter(Q(folded__contains=word) | Q(_elsewhere(rows.model, word)))
    return rows


def _elsewhere(model: type[Any], word: str) -> Exists:
    if model is Agent:
        return Exists(
            AgentName.objects.public().filter(agent=OuterRef("pk"), folded__contains=word)
        )
    end = {str(model._meta.model_name): OuterRef("pk")}
    return Exists(Title.objects.filter(folded__contains=word, **end))
