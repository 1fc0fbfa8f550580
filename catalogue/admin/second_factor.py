"""The second factor of signing in: a code of the moment from a device, or a code kept on paper.

Whoever has set one up is asked for it; of whom an administrator demands one, that person is led
to set one up before anything else (ASVS 5.0 6.3.3).
"""

from __future__ import annotations

from base64 import b32encode
from typing import Any

import django_otp
import segno
from django import forms
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalogue.models import Account

PAPER_CODES = 10


class CodeForm(forms.Form):
    """One code: six figures from the device, or one of the codes kept on paper."""

    code = forms.CharField(
        label=_("Code"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).lower()


def passed(request: HttpRequest) -> bool:
    """Whether the person has shown the second factor, or needs none. Asked once for a request."""
    user: Any = request.user
    known = getattr(request, "second_factor", None)
    if known is None or known[0] != user.pk:
        fine = user.is_verified() or not (is_demanded(user) or django_otp.user_has_device(user))
        known = request.second_factor = (user.pk, fine)  # type: ignore[attr-defined]  # kept for the request
    return bool(known[1])


def is_demanded(user: Any) -> bool:
    return Account.objects.filter(user=user, second_factor=True).exists()


def forget(user: Any) -> None:
    """Take away every device and paper code of a person who has lost them."""
    for device in django_otp.devices_for_user(user, confirmed=None):
        device.delete()


def urls(site: Any) -> list[Any]:
    """The pages for those who are signed in by password alone."""

    def page(view: Any) -> Any:
        guarded = never_cache(require_http_methods(["GET", "POST"])(view))

        def wrapped(request: HttpRequest) -> HttpResponse:
            if not (request.user.is_active and request.user.is_staff):
                raise PermissionDenied
            answer: HttpResponse = guarded(request, site)
            return answer

        return wrapped

    return [
        path("second-factor/", page(ask), name="second_factor"),
        path("second-factor/set-up/", page(set_up), name="second_factor_set_up"),
    ]


def ask(request: HttpRequest, site: Any) -> HttpResponse:
    """Ask for a code, and go on to where the person was going."""
    if not django_otp.user_has_device(request.user):
        return HttpResponseRedirect(_with_next(request, "second_factor_set_up"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            device = django_otp.match_token(request.user, form.cleaned_data["code"])
        if device is not None:
            django_otp.login(request, device)
            return HttpResponseRedirect(_next(request))
        form.add_error("code", gettext("This code is not right, or was used before. Try the next."))
    return _answer(request, site, "ask", _("Second factor"), form=form)


def set_up(request: HttpRequest, site: Any) -> HttpResponse:
    """Show the key, ask for a first code, and hand out the codes for paper."""
    user: Any = request.user
    if django_otp.user_has_device(user) and not user.is_verified():
        return HttpResponseRedirect(_with_next(request, "second_factor"))
    device, _made = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            right = device.verify_token(form.cleaned_data["code"])
        if right:
            return _confirm(request, site, device)
        form.add_error("code", gettext("This code is not right. Is the clock of the device?"))
    picture = segno.make(device.config_url, error="m")
    return _answer(
        request,
        site,
        "set_up",
        _("Set up the second factor"),
        form=form,
        key=b32encode(device.bin_key).decode(),
        picture=picture.svg_data_uri(scale=4, border=2),
        demanded=is_demanded(user),
    )


def _confirm(request: HttpRequest, site: Any, device: TOTPDevice) -> HttpResponse:
    """The new device takes the place of those before, and so do the codes for paper."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=request.user, confirmed=True).delete()
        StaticDevice.objects.filter(user=request.user).delete()
        device.confirmed = True
        device.save()
        paper = StaticDevice.objects.create(user=request.user, name="paper", confirmed=True)
        codes = [StaticToken.random_token() for _number in range(PAPER_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
    django_otp.login(request, device)
    title = _("The second factor is set up")
    return _answer(request, site, "codes", title, codes=codes, onward=_next(request))


def _answer(request: HttpRequest, site: Any, page: str, title: Any, **more: Any) -> HttpResponse:
    context = {**site.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
    template = f"admin/catalogue/second_factor/{page}.html"
    return TemplateResponse(request, template, {**context, "next": _next(request), **more})


def _next(request: HttpRequest) -> str:
    """Where the person was going, if that is on this site."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else reverse("admin:index")


def _with_next(request: HttpRequest, name: str) -> str:
    return f"{reverse(f'admin:{name}')}?{urlencode({REDIRECT_FIELD_NAME: _next(request)})}"
