"""The pages of the administration that belong to no one record: addresses, and links to them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from catalogue.admin import quality, review, second_factor, today
from catalogue.admin.entry import answers


def addresses(site: Any) -> list[Any]:
    def page(address: str, view: Any, name: str) -> Any:
        def shown(request: HttpRequest) -> HttpResponse:
            answer: HttpResponse = view(request, site)
            return answer

        return path(address, site.admin_view(shown), name=name)

    return [
        *second_factor.urls(site),
        *answers.addresses(site),
        *quality.addresses(site),
        page("review/", review.queue, "review"),
        page("proposals/", review.own, "proposals"),
        page("today/", today.today, "today"),
    ]


def links(site: Any, request: HttpRequest) -> dict[str, Any]:
    """For the first page: what waits for a reviewer, what changed today, what wants mending."""
    together = [*review.links(site, request), *today.links(site, request)]
    return {"together": together, "quality": quality.links(site, request)}
