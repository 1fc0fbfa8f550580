"""Accounts: Django's own form, and the second factor that an administrator can demand."""

from __future__ import annotations

from typing import Any

import django_otp
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static import admin as papers
from django_otp.plugins.otp_totp import admin as devices

from catalogue.admin import second_factor
from catalogue.models import Account

admin.site.unregister(User)
# Their own pages would show keys. What is done about a device is done on the page of the person.
admin.site.unregister(devices.TOTPDevice)
admin.site.unregister(papers.StaticDevice)


class AccountInline(admin.TabularInline):
    model = Account
    fields = ("second_factor",)
    can_delete = False


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Whoever signs in."""

    list_display = ("username", "first_name", "last_name", "is_active", "roles", "factor")
    list_filter = ("is_active", "groups", "account__second_factor")
    readonly_fields = ("factor", "last_login", "date_joined")
    inlines = (AccountInline,)
    actions = ("demand_second_factor", "forget_second_factor")
    fieldsets = (*(UserAdmin.fieldsets or ()), (_("Second factor"), {"fields": ("factor",)}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("groups").select_related("account")

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only where there is an account already: Django makes it in two steps."""
        return super().get_inline_instances(request, obj) if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a superuser changes a superuser."""
        within = obj is None or not obj.is_superuser or request.user.is_superuser
        return within and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        within = obj is None or not obj.is_superuser or request.user.is_superuser
        return within and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody gives away more than the roles hold, but a superuser."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, "is_superuser", "user_permissions")

    @admin.display(description=_("roles"))
    def roles(self, person: Any) -> str:
        return ", ".join(group.name for group in person.groups.all())

    @admin.display(description=_("second factor"))
    def factor(self, person: Any) -> str:
        if person.pk and django_otp.user_has_device(person):
            return gettext("set up")
        account = getattr(person, "account", None)
        return gettext("demanded, not yet set up") if account and account.second_factor else "–"

    @admin.action(description=_("Demand a second factor"), permissions=["change"])
    def demand_second_factor(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for person in queryset:
            Account.objects.update_or_create(user=person, defaults={"second_factor": True})
            self.log_change(request, person, gettext("Second factor demanded."))
        self.message_user(
            request,
            ngettext(
                "A second factor is demanded of %(number)d account.",
                "A second factor is demanded of %(number)d accounts.",
                len(queryset),
            )
            % {"number": len(queryset)},
        )

    @admin.action(description=_("Forget a lost second factor"), permissions=["change"])
    def forget_second_factor(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for person in queryset:
            second_factor.forget(person)
            self.log_change(request, person, gettext("Second factor forgotten."))
        self.message_user(
            request,
            ngettext(
                "The second factor of %(number)d account was forgotten.",
                "The second factors of %(number)d accounts were forgotten.",
                len(queryset),
            )
            % {"number": len(queryset)},
        )
