"""One catalogue, crawled at each step of its growth; the tests read what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db.models import Q, QuerySet
from django.urls import reverse

from catalogue import links
from catalogue.citation.style import STYLES
from catalogue.formats import FORMATS
from catalogue.models import (
    Document,
    Repository,
    evidence,
    question,
    statement,
)
from catalogue.models.statement import StatementQuerySet
from catalogue.models.visibility import PublicQuerySet, Publishable
from tests.visibility.crawler import Answer, Crawler, Pattern, addresses
from tests.visibility.markers import leaks
from tests.visibility.world import World, publishable

NEVER = "0000000000000"

# Words that every hidden text has, whole and in part, and words of the same length that none has.
SEARCHES = {
    "cnryh": "cnryx",
    "CNRYH": "CNRYX",
    "cnrys": "cnryx",
    "nryh": "nryx",
    "cnryh cnryp": "cnryx cnryp",
}
SEARCHED = ("/search/", "/documents/", "/units/", "/agents/", "/publications/", "/events/")


def _everything(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.all()


def _always(_end: str) -> Q:
    return Q()


# The gates of the catalogue, each thrown open: whoever looks then must see what is hidden.
OPENINGS: dict[str, tuple[tuple[Any, str, Any], ...]] = {
    "PublicQuerySet.public": ((PublicQuerySet, "public", _everything),),
    "StatementQuerySet.public": ((StatementQuerySet, "public", _everything),),
    "visible": tuple((module, "visible", _always) for module in (statement, evidence, question)),
    "Publishable.is_public": ((Publishable, "is_public", True),),
}


@contextmanager
def opened(gate: str) -> Iterator[None]:
    patches = [patch.object(*opening) for opening in OPENINGS[gate]]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


@dataclass
class Survey:
    """Addresses and answers: of the public records alone, then with drafts beside them, then with
    public records that point to drafts, then with all of it published."""

    world: World = field(default_factory=World)
    public: Crawler = field(default_factory=Crawler)
    changed_by_drafts: list[str] = field(default_factory=list)
    hiding: Crawler = field(default_factory=Crawler)
    searches: list[tuple[Answer, Answer]] = field(default_factory=list)
    behind_open_gates: dict[str, list[str]] = field(default_factory=dict)
    published: Crawler = field(default_factory=Crawler)

    def make(self) -> Survey:
        self.world.add_public_records()
        self.public.walk(addresses(values_for))
        self.public.ask_again("catalogue:document")  # which now has its citations at hand
        self.world.add_hidden_records()
        self._compare()
        self.world.add_public_records_that_point_to_hidden_ones()
        self.hiding.walk([*addresses(values_for), *self._styles()])
        self.hiding.translate()
        self._search()
        self._open_gates()
        self.world.publish_everything()
        for address in addresses(values_for):
            self.published.ask(address)
        self.published.translate()
        return self

    def _styles(self) -> list[str]:
        """One document cited in every style."""
        cite = reverse("catalogue:cite", args=[self.world.spine(Document).identifier])
        return [f"{cite}?style={style.slug}" for style in STYLES]

    def _compare(self) -> None:
        """Ask again what was asked before there were drafts."""
        again = Crawler()
        for address, before in self.public.answers.items():
            if before.status == 200 and before.text != again.ask(address).text:
                self.changed_by_drafts.append(address)

    def _search(self) -> None:
        asker = Crawler()
        for path in SEARCHED:
            for word, control in SEARCHES.items():
                self.searches.append(
                    (asker.ask(f"{path}?q={word}"), asker.ask(f"{path}?q={control}"))
                )

    def _open_gates(self) -> None:
        for gate in OPENINGS:
            with opened(gate):
                self.behind_open_gates[gate] = list(self._first_leak())

    def _first_leak(self) -> Iterator[str]:
        """Look again at the pages that show most, until one leaks."""
        asker = Crawler()
        for model in publishable():
            for address in _addresses_of(self.world.spine(model)):
                if found := leaks(asker.ask(address).text):
                    yield f"{address}: {found[0]}"
                    return


def _addresses_of(record: Any) -> list[str]:
    try:
        return [links.address(record).partition("#")[0]]
    except LookupError:
        return []


# Pages whose URL name does not say of which model they are.
OF_MODEL = {
    "cite": "document",
    "export": "document",
    "unit-images": "unit",
    "witness-images": "witness",
    "image": "folioimage",
    "image-file": "folioimage",
}


def values_for(pattern: Pattern, parameter: str) -> list[str]:
    """What to put in a parameter of the URLconf: of every record, whoever may see it.

    Raises KeyError for a parameter that is not known here: whoever adds one says what to try.
    """
    values: dict[str, Callable[[], list[str]]] = {
        "identifier": lambda: _identifiers(pattern.name.partition(":")[2]),
        "code": lambda: [*_column(Repository, "code"), "nowhere"],
        "slug": lambda: [*(format.slug for format in FORMATS), "nothing"],
        "size": lambda: ["thumbnail", "reading", "nothing"],
    }
    return values[parameter]()


def _identifiers(name: str) -> list[str]:
    """Of all records of the page's own model, of one of every other, and one that never was."""
    name = OF_MODEL.get(name, name)
    own = [model for model in publishable() if model._meta.model_name == name]
    others = [model for model in publishable() if model not in own] if own else publishable()
    return [
        *(identifier for model in own for identifier in _column(model, "identifier")),
        *(_column(model, "identifier")[-1] for model in others),
        NEVER,
    ]


def _column(model: Any, name: str) -> list[str]:
    return list(model._base_manager.order_by("pk").values_list(name, flat=True))
