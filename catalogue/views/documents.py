"""The page of one document."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue import citation
from catalogue.formats import FORMATS
from catalogue.models import Document
from catalogue.views import absence, images
from catalogue.views.dossier import assemble
from catalogue.views.material import Material, fetch, find
from catalogue.views.records import reader_language

OFFERED = 2


@dataclass(frozen=True)
class Offer:
    """One citation to copy; ``caution`` has to be said beside it."""

    label: str
    text: str
    language: str = ""
    caution: str = ""


@login_not_required
@require_safe
def detail(request: HttpRequest, identifier: str) -> HttpResponse:
    """All that is known of a document, each statement with who says so."""
    found = find(identifier)
    if found is None:
        return absence.answer(request, Document, identifier)
    material = fetch(found)
    context = {
        "dossier": assemble(material),
        "images": images.glimpses(material.witnesses),
        "citations": tuple(_offers(material)),
        "formats": FORMATS,
    }
    return render(request, "catalogue/document.html", context)


def _offers(material: Material) -> Iterator[Offer]:
    """Our own reference at once, and of the first thing to cite what has been rendered before.

    The rest (every printing, translation and chain, every style) has a page of its own.
    """
    rows = citation.Rows([material.document], material.witnesses, material.contributions)
    provenance = citation.Provenance(
        material.references, material.derivations, material.agent_relations
    )
    citables = citation.citables(material.document, reader_language(), rows, provenance)
    for place, citable in enumerate(citables[:OFFERED]):
        text = citation.composed(citable)
        yield Offer(citable.label, text, citable.language, citable.caution)
        if place == 0:
            for rendered in citation.kept(citable) or ():
                label = _("%(style)s, %(form)s") % {
                    "style": rendered.style.label,
                    "form": rendered.form.label,
                }
                yield Offer(label, rendered.plain, citable.language)
