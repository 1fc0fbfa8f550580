"""How to cite a document: what of it, in which style, in which language."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue import formats
from catalogue.citation import (
    STYLES,
    Citable,
    Citation,
    CitationError,
    FolioError,
    Style,
    by_slug,
    citables,
    composed,
    kept,
)
from catalogue.citation import cite as written_out
from catalogue.citation.wording import LANGUAGES
from catalogue.models import Document
from catalogue.views import absence
from catalogue.views.records import date_words, language_name, named, reader_language


class Choice(forms.Form):
    """What to cite, which folio of it, in which style and language; all may be left out."""

    what = forms.ChoiceField(label=_("What to cite"), required=False)
    folio = forms.CharField(
        label=_("Folios"), required=False, max_length=60, help_text=_("60, 54v–56; empty for all")
    )
    style = forms.ChoiceField(label=_("Style"), required=False)
    language = forms.ChoiceField(label=_("Language of the citation"), required=False)

    def __init__(self, data: Any, offers: tuple[Citable, ...], language: str) -> None:
        super().__init__(data, label_suffix="")
        styles = [(style.slug, style.label) for style in STYLES]
        self.fields["what"].choices = [(offer.slug, offer.label) for offer in offers]  # type: ignore[attr-defined] # declared as a ChoiceField above
        self.fields["style"].choices = [("", _("all")), *styles]  # type: ignore[attr-defined] # declared as a ChoiceField above
        self.fields["language"].choices = [  # type: ignore[attr-defined] # declared as a ChoiceField above
            (code, language_name(code)) for code in LANGUAGES
        ]
        self.initial = {"language": language}
        self.offers = {offer.slug: offer for offer in offers}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["citable"] = self._citable(given.get("what", ""), given.get("folio", ""))
        return given

    def _citable(self, what: str, folio: str) -> Citable | None:
        offer = self.offers.get(what) or next(iter(self.offers.values()), None)
        if offer is None or not folio:
            return offer
        try:
            return offer.at(folio)
        except FolioError as error:
            self.add_error("folio", gettext(error.sentence) % error.values)
        except ValueError:
            self.add_error("folio", _("Only what is kept in an archive is cited by folio."))
        return offer


@dataclass(frozen=True)
class Shown:
    """A style with its forms."""

    style: Style
    citations: tuple[Citation, ...]


@login_not_required
@require_safe
def cite(request: HttpRequest, identifier: str) -> HttpResponse:
    """The citation in all styles, or the one that is chosen."""
    rows = Document.objects.public().prefetch_related("titles")
    document = rows.filter(identifier=identifier).first()
    if document is None:
        return absence.answer(request, Document, identifier)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in LANGUAGES else reader_language()
    form = Choice(request.GET, citables(document, language), language)
    form.is_valid()
    citable = form.cleaned_data.get("citable")
    style = by_slug(form.cleaned_data.get("style", ""))
    shown, failed = _written_out(citable, (style,) if style else STYLES)
    context = {
        "document": document,
        "name": named(document),
        "date": date_words(document),
        "form": form,
        "citable": citable,
        "composed": composed(citable) if citable else "",
        "shown": shown,
        "failed": failed,
        "language": language,
        "formats": formats.FORMATS,
    }
    return render(request, "catalogue/cite.html", context)


def _written_out(
    citable: Citable | None, styles: tuple[Style, ...]
) -> tuple[tuple[Shown, ...], bool]:
    """The citations by style; and whether the processor could not be had."""
    if citable is None:
        return (), False
    try:
        citations = kept(citable, styles) or written_out(citable, styles)
    except CitationError:
        return (), True
    found = {style.slug: [one for one in citations if one.style == style] for style in styles}
    shown = (Shown(style, tuple(found[style.slug])) for style in styles if found[style.slug])
    return tuple(shown), False
