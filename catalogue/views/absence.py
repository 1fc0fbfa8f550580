"""What the address of a record answers when nobody may see the record."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from catalogue.models import Tombstone
from catalogue.views.records import address_of

LONGEST_TRAIL = 8
"""Mergers that are followed from one identifier."""


def answer(request: HttpRequest, model: type[Model], identifier: str) -> HttpResponse:
    """410 for what was withdrawn, 301 to what took its place; raises Http404 for all else.

    A draft, a record under embargo and one that never was are the same to the public.
    """
    graves = Tombstone.objects.filter(identifier=identifier, kind=model._meta.model_name)
    grave = graves.first()
    if grave is None:
        raise Http404
    heir = _heir(model, grave)
    if heir is not None:
        return HttpResponsePermanentRedirect(address_of(heir))
    return render(request, "410.html", status=410)


def _heir(model: Any, grave: Tombstone) -> Model | None:
    """The public record at the end of the trail of replacements."""
    step: Tombstone | None = grave
    for _merger in range(LONGEST_TRAIL):
        if step is None or not step.replaced_by:
            return None
        heir: Model | None = model.objects.filter(identifier=step.replaced_by).first()
        if heir is not None and heir.is_public:  # type: ignore[attr-defined] # what has a page is Publishable
            return heir
        step = Tombstone.objects.filter(identifier=step.replaced_by).first()
    return None
