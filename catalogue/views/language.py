"""The language of an answer: fixed by the address, or else the reader's own.

``/documents/…`` is the permanent address and answers in the language of the reader (cookie, then
``Accept-Language``). ``/fr/documents/…`` is the same page in French, and so are all links on it:
the language is made part of the script prefix, from which ``reverse()`` and ``{% url %}`` build.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers

PREFIXED = re.compile(
    "/(?P<language>" + "|".join(re.escape(code) for code, _ in settings.LANGUAGES) + ")(?=/|$)"
)


class LanguageRequest(HttpRequest):
    """A request that has passed `language_of_address_or_reader`.

    ``language_prefix`` is the language that the address fixes (``"fr"``), or ``""``. ``path`` is
    the address as asked for, and ``path_info`` the one without language, which the URLconf knows.
    """

    language_prefix: str


def language_of_address_or_reader(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: choose the language for the whole of one request and then forget it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        prefixed = PREFIXED.match(request.path_info)
        if prefixed and prefixed.end() == len(request.path_info):
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        script_prefix = get_script_prefix()
        if prefixed:
            language = prefixed["language"]
            script_prefix += f"{language}/"
            request.path_info = request.path_info[prefixed.end() :]
        else:
            language = translation.get_language_from_request(request)
        request.language_prefix = prefixed["language"] if prefixed else ""  # type: ignore[attr-defined] # LanguageRequest says so to views
        request.LANGUAGE_CODE = language
        with _speaking(language, script_prefix):
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _speak_on(iter(response), language, script_prefix)
        response.headers.setdefault("Content-Language", language)
        if not prefixed:
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return middleware


@contextmanager
def _speaking(language: str, script_prefix: str) -> Iterator[None]:
    """Use a language and a script prefix, and put the former ones back whatever happens."""
    former_prefix = get_script_prefix()
    set_script_prefix(script_prefix)
    try:
        with translation.override(language):
            yield
    finally:
        set_script_prefix(former_prefix)


def _speak_on(parts: Iterable[bytes], language: str, script_prefix: str) -> Iterator[bytes]:
    """Make each part of a streamed answer in the language in which the answer was begun."""
    remaining = iter(parts)
    while True:
        with _speaking(language, script_prefix):
            part = next(remaining, None)
        if part is None:
            return
        yield part
