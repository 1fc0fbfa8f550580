"""The site of the administration: its name, its groups of records, its autocomplete answers."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.http import (  # noqa: TID251  # these are the site's own views
    HttpRequest,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

# The groups of the first page, by model name, each in the order of work.
GROUPS = (
    (
        _("Holdings and texts"),
        ("repository", "unit", "document", "part", "witness", "publication", "folioimage"),
    ),
    (_("Agents, events and terms"), ("agent", "event", "term")),
    (
        _("Statements and their evidence"),
        (
            "question",
            "claim",
            "contribution",
            "dating",
            "derivation",
            "relation",
            "reading",
            "unitreference",
            "custodyevent",
            "agentname",
            "agentrelation",
            "evidence",
            "statement",
        ),
    ),
    (
        _("Rows of records"),
        ("title", "accesspoint", "outsideidentifier", "termlabel", "foliorange"),
    ),
    (_("What was done"), ("act", "tombstone")),
)


class Autocomplete(AutocompleteJsonView):
    """Suggestions under the labels that the lists use, prepared a page at a time."""

    model_admin: Any  # a RecordAdmin of the catalogue, where labels are made

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["object_list"] = self.model_admin.prepare(list(context["object_list"]))
        return context

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return self.model_admin.narrow_suggestions(rows, self.source_field)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {
            "id": str(getattr(obj, to_field_name)),
            "text": self.model_admin.label(obj),
        }


class SignInForm(AdminAuthenticationForm):
    """A name longer than any account's is refused before it is counted as a failure."""

    def clean(self) -> dict[str, Any]:
        longest = self.username_field.max_length or 150
        if len(self.cleaned_data.get("username") or "") > longest:
            raise self.get_invalid_login_error()
        return super().clean()


class Site(AdminSite):
    """The administration of the catalogue."""

    login_form = SignInForm
    site_title = "Opis"
    site_header = "Opis"
    index_title = _("What the catalogue holds")

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Autocomplete.as_view(admin_site=self)(request)

    # Imported within: the modules of the administration are loaded after the site that they fill.

    def get_urls(self) -> list[Any]:
        from catalogue.admin import pages

        return [*pages.addresses(self), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from catalogue.admin import pages

        return super().index(request, {**(extra_context or {}), **pages.links(self, request)})

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, and with the second factor where there is one or one is demanded."""
        from catalogue.admin import second_factor

        return super().has_permission(request) and second_factor.passed(request)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Whoever has given the password, and lacks only the second factor, is asked for that."""
        if super().has_permission(request) and not self.has_permission(request):
            return HttpResponseRedirect(
                f"{reverse('admin:second_factor')}?{request.GET.urlencode()}"
            )
        return super().login(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The catalogue in groups, the other applications after it."""
        found: list[Any] = []
        for application in super().get_app_list(request, app_label):
            if application["app_label"] == "catalogue":
                found += _in_groups(application)
            else:
                found.append(application)
        return sorted(found, key=lambda group: group["app_label"] != "catalogue")


def _in_groups(application: Any) -> list[Any]:
    models = {entry["model"]._meta.model_name: entry for entry in application["models"]}
    groups = []
    for name, members in GROUPS:
        entries = [models.pop(member) for member in members if member in models]
        if entries:
            groups.append({**application, "name": name, "models": entries})
    if models:
        groups.append({**application, "models": list(models.values())})
    return groups
