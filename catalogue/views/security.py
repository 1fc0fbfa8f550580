"""What every request and every answer must satisfy, whatever the page."""

import re
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

Handler = Callable[[HttpRequest], HttpResponseBase]

# The one inline style of Django's admin (change_list.html), allowed for what it says.
ADMIN_INLINE_STYLE = "'sha256-blvLUW3UscWqsXGByNOqdBboM+ShWAuugp2mC/wbafU='"

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' {ADMIN_INLINE_STYLE}",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    ]
)

# PostgreSQL stores no NUL, and no encoding has lone surrogates.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")

# Characters in one value of a query: longer ones, and more words in them, break SQLite's parser.
LONGEST_QUERY_VALUE = 1500

SESSION_BEGAN = "signed_in_at"
SESSION_SEEN = "last_seen_at"
SECONDS_BETWEEN_STAMPS = 60


def content_security_policy(get_response: Handler) -> Handler:
    """Middleware: send the policy with every answer that brings none of its own."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return middleware


def refuse_hostile_text(get_response: Handler) -> Handler:
    """Middleware: answer 400 to an address or a cookie that no database can look up.

    Forms refuse such text by themselves.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        query = [text for name, values in request.GET.lists() for text in (name, *values)]
        if any(map(UNSTORABLE.search, [request.path_info, *query, *request.COOKIES.values()])):
            raise BadRequest("The request contains a character that no text has.")
        if any(len(text) > LONGEST_QUERY_VALUE for text in query):
            raise BadRequest("The query is too long.")
        return get_response(request)

    return middleware


def limit_sessions(get_response: Handler) -> Handler:
    """Middleware: sign out after a pause or a working day, and let nobody keep a signed-in page.

    ``SESSION_IDLE_SECONDS`` counts from the last request (ASVS 7.3.1), ``SESSION_COOKIE_AGE`` from
    signing in (ASVS 7.3.2). A visitor without a session costs no query.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _stamp_or_end_session(request)
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware


def _stamp_or_end_session(request: HttpRequest) -> None:
    """Remember that the session is in use, or sign out of one that is over."""
    now = int(time.time())
    began = request.session.setdefault(SESSION_BEGAN, now)
    seen = request.session.setdefault(SESSION_SEEN, now)
    if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
        logout(request)
    elif abs(now - seen) >= SECONDS_BETWEEN_STAMPS:
        request.session[SESSION_SEEN] = now
