"""Records to take away, in any of the interchange formats."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from catalogue import formats
from catalogue.models import Document
from catalogue.views import absence


@login_not_required
@require_safe
def document(request: HttpRequest, identifier: str, slug: str) -> HttpResponseBase:
    """One document in one format, as a file."""
    chosen = formats.by_slug(slug)
    if chosen is None:
        raise Http404
    rows = Document.objects.public().filter(identifier=identifier)
    if not rows.exists():
        return absence.answer(request, Document, identifier)
    # Identifiers and extensions are ASCII letters and digits: no name needs quoting.
    filename = f"{identifier}.{chosen.extension}"
    return StreamingHttpResponse(
        chosen.write(rows),
        content_type=f"{chosen.media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
