"""Citations of one thing in any styles: from the store, or by one run of the processor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from catalogue.citation import store
from catalogue.citation.citable import Citable
from catalogue.citation.engine import Rendering, Request, Text
from catalogue.citation.issued import has_day
from catalogue.citation.style import STYLES, Form, Style, text
from catalogue.citation.title import recipient
from catalogue.citation.wording import LOCALES


@dataclass(frozen=True)
class Citation:
    """One form of one style, written out."""

    style: Style
    form: Form
    text: Text

    @property
    def html(self) -> SafeString:
        return self.text.html

    @property
    def plain(self) -> str:
        return self.text.plain


def cite(citable: Citable, styles: Sequence[Style] = STYLES) -> tuple[Citation, ...]:
    """The citation in every form of the styles that suits it, in order.

    From the store if it was rendered before, else by one run of the processor, which may take
    seconds. Raises CitationError; ``composed`` needs no processor.
    """
    forms = list(_forms(citable, styles))
    requests = [request(citable, form) for _style, form in forms]
    return _citations(forms, store.render(requests))


def kept(citable: Citable, styles: Sequence[Style] = STYLES) -> tuple[Citation, ...] | None:
    """The same from the store alone, at once; None if it has to be rendered first."""
    forms = list(_forms(citable, styles))
    renderings = store.find([request(citable, form) for _style, form in forms])
    return None if renderings is None else _citations(forms, renderings)


def request(citable: Citable, form: Form) -> Request:
    """What the processor is asked for one form: the item as that form writes it."""
    item = dict(citable.item)
    if citable.holding:
        here = citable.holding
        item["archive"] = here.repository(form.naming)
        item["archive_location"] = (
            here.leaves(form.notation) if form.leaves else here.location(form.notation)
        )
    if not form.medium:
        item.pop("medium", None)
    if form.brief:
        item |= _brief(citable, form)
    if "issue" in item:  # after a space a whole number is a second number to CSL: "nos. 11 (81)"
        item["issue"] = item["issue"].replace(" (", "(")
    if "contributor" in item:  # a name variable of CSL 1.0.2 that the processor does not know
        item["note"] = ", ".join(name["literal"] for name in item["contributor"])
    if form.described:
        item["title"] = f"[{citable.description}]"
        item = {key: item[key] for key in item if key not in ("author", "recipient", "issued")}
    csl = text(form.file(citable), citable.language, with_day=has_day(item.get("issued")))
    return Request(item, csl, LOCALES[citable.language])


def _brief(citable: Citable, form: Form) -> dict[str, Any]:
    """The short title, and the short name of whom a letter is to."""
    short: str = citable.item.get("title-short", "")
    if form.brief == "genre-and-date":
        short = citable.short or short
    fields: dict[str, Any] = {"title-short": short} if short else {}
    if "recipient" in citable.item and recipient(short):
        fields["recipient"] = [{"literal": recipient(short)}]
    return fields


def _forms(citable: Citable, styles: Sequence[Style]) -> Iterator[tuple[Style, Form]]:
    for style in styles:
        for form in style.forms:
            if form.suits(citable):
                yield style, form


def _citations(
    forms: Sequence[tuple[Style, Form]], renderings: Sequence[Rendering]
) -> tuple[Citation, ...]:
    pairs = zip(forms, renderings, strict=True)
    citations = (
        Citation(style, form, getattr(rendering, form.position))
        for (style, form), rendering in pairs
    )
    # Nothing to print: the search data of a document of which nobody knows where it is.
    return tuple(citation for citation in citations if citation.plain.strip("."))
