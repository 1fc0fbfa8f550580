"""Records that are draft, published or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue import links
from catalogue.admin import conflicts, refusals, review, visibility
from catalogue.admin.panels import NAMED_OBSTACLES
from catalogue.admin.record import RecordAdmin
from catalogue.models.visibility import Publishable, State

# The fieldset that every publishable record has.
VISIBILITY: tuple[Any, Any] = (
    _("Publication"),
    {"fields": (("state", "embargo_until"), "public_view")},
)


# The buttons beside "Save", and what they make of the record.
BUTTONS = {
    "_propose": State.PROPOSED,
    "_return": State.DRAFT,
    "_publish": State.PUBLISHED,
    "_withdraw": State.WITHDRAWN,
}


class PublishableAdmin(RecordAdmin):
    """A record that is draft, published or withdrawn."""

    actions = ("publish_selected", "withdraw_selected")
    readonly_fields: ClassVar[Any] = ("public_view",)

    @admin.display(description=_("public view"))
    def public_view(self, record: Publishable) -> str:
        return visibility.in_words(record) if record.pk else gettext("Not saved yet.")

    @admin.display(description=_("public view"), ordering="public_from")
    def in_brief(self, record: Publishable) -> str:
        return visibility.in_brief(record)

    @admin.display(description=_("changed"), ordering="modified")
    def changed(self, record: Any) -> str:
        return date_format(localtime(record.modified), "SHORT_DATE_FORMAT")

    def view_on_site(self, record: Publishable) -> str | None:
        """The public page, while there is one."""
        try:
            return links.address(record) if record.is_public else None
        except LookupError:
            return None

    def render_change_form(
        self, request: HttpRequest, context: Any, *arguments: Any, **kwargs: Any
    ) -> Any:
        record = kwargs.get("obj")
        context |= review.on_the_form(self, request, record)
        return super().render_change_form(request, context, *arguments, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The buttons that propose, publish and withdraw save the form as well, in one change."""
        for button in BUTTONS.keys() & set(request.POST):
            obj.state = BUTTONS[button]
        super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Who proposes, publishes or withdraws stays on the page and sees what has come of it."""
        if BUTTONS.keys() & set(request.POST) and IS_POPUP_VAR not in request.POST:
            self.message_user(request, f"{obj}: {visibility.in_words(obj)}", messages.SUCCESS)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)

    @admin.action(description=_("Publish the selected records"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        reason = request.POST.get("reason", "")[:500] or gettext("Published from the list")
        changed = self._turn(request, queryset.exclude(state=State.PUBLISHED), "publish", reason)
        said = ngettext(
            "%(number)d record was published.", "%(number)d records were published.", len(changed)
        )
        self.message_user(request, said % {"number": len(changed)}, messages.SUCCESS)
        keys = [record.pk for record in changed[:NAMED_OBSTACLES]]
        for record in self.get_queryset(request).filter(pk__in=keys):
            if hidden := visibility.hindrance(record):
                words = gettext("“%(record)s” is published, but not public: %(hindrance)s")
                self.message_user(
                    request, words % {"record": record, "hindrance": hidden}, messages.WARNING
                )

    @admin.action(description=_("Withdraw the selected records"), permissions=["withdraw"])
    def withdraw_selected(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        reason = request.POST.get("reason", "")[:500] or gettext("Withdrawn from the list")
        changed = self._turn(request, queryset.filter(state=State.PUBLISHED), "withdraw", reason)
        said = ngettext(
            "%(number)d record was withdrawn.", "%(number)d records were withdrawn.", len(changed)
        )
        self.message_user(request, said % {"number": len(changed)}, messages.SUCCESS)

    def _turn(
        self, request: HttpRequest, records: Iterable[Any], verb: str, reason: str
    ) -> list[Any]:
        """Publish or withdraw each; what is refused is named and the others go on."""
        changed = []
        for record in records:
            record._change_reason = reason
            try:
                with transaction.atomic():
                    if said := conflicts.changed_since_listed(request, record):
                        raise ValidationError(said)
                    getattr(record, verb)()
            except refusals.REFUSED as error:
                self.message_user(request, f"{record}: {refusals.in_words(error)}", messages.ERROR)
            else:
                changed.append(record)
        return changed
