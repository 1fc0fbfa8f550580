"""The language of an answer, driven through the middleware with addresses of its own."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, override_settings
from django.urls import get_script_prefix, path, reverse
from django.utils import translation
from django.utils.formats import date_format

from archive_site.urls import urlpatterns as site_patterns


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    october = date_format(date(1923, 10, 8), "F")
    return HttpResponse(f"{october} {reverse('show')} {request.path} {request.path_info}")


@login_not_required
def stream(request: HttpRequest) -> StreamingHttpResponse:
    def months() -> Iterator[str]:
        for month in (10, 11):
            yield date_format(date(1923, month, 8), "F") + f" {reverse('show')} "

    return StreamingHttpResponse(months())


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError("on purpose")


urlpatterns = [
    path("show/", show, name="show"),
    path("stream/", stream),
    path("fail/", fail),
    path("private/", lambda request: HttpResponse("private")),
    *site_patterns,
]

pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    ("prefix", "october"), [("en", "October"), ("fr", "octobre"), ("ru", "Октябрь")]
)
def test_a_language_before_the_address_stays_on_every_link(
    client: Client, prefix: str, october: str
) -> None:
    response = client.get(f"/{prefix}/show/", headers={"accept-language": "de"})
    text = response.content.decode()
    assert text == f"{october} /{prefix}/show/ /{prefix}/show/ /show/"
    assert response["Content-Language"] == prefix
    assert response["Vary"] == "Cookie"  # for who is signed in, not for the language
    assert response.wsgi_request.language_prefix == prefix  # type: ignore[attr-defined] # LanguageRequest


@pytest.mark.parametrize(
    ("accepted", "october"),
    [("fr-CA, en;q=0.5", "octobre"), ("ru", "Октябрь"), ("ja", "October"), ("", "October")],
)
def test_the_permanent_address_answers_in_the_language_of_the_reader(
    client: Client, accepted: str, october: str
) -> None:
    response = client.get("/show/", headers={"accept-language": accepted})
    assert response.content.decode() == f"{october} /show/ /show/ /show/"
    assert response["Vary"] == "Accept-Language, Cookie"
    assert response.wsgi_request.language_prefix == ""  # type: ignore[attr-defined] # LanguageRequest


def test_the_cookie_of_the_reader_precedes_the_browser(client: Client) -> None:
    client.cookies["django_language"] = "ru"
    response = client.get("/show/", headers={"accept-language": "fr"})
    assert response["Content-Language"] == "ru"


def test_a_prefix_precedes_the_cookie(client: Client) -> None:
    client.cookies["django_language"] = "ru"
    assert client.get("/fr/show/")["Content-Language"] == "fr"


@pytest.mark.parametrize("address", ["/fr/show/", "/fr/fail/", "/fr/nowhere/", "/fr/stream/"])
def test_nothing_of_the_language_outlives_the_request(client: Client, address: str) -> None:
    client.raise_request_exception = False
    b"".join(client.get(address))
    assert get_script_prefix() == "/"
    assert translation.get_language() == "en"


def test_a_streamed_answer_stays_in_its_language_to_the_end(client: Client) -> None:
    response = client.get("/fr/stream/")
    assert response.getvalue().decode() == "octobre /fr/show/ novembre /fr/show/ "


def test_a_language_alone_is_led_to_its_home_with_the_question(client: Client) -> None:
    response = client.get("/fr?q=%D0%BB")
    assert response.status_code == 301
    assert response["Location"] == "/fr/?q=%D0%BB"


def test_a_missing_slash_is_added_behind_the_language(client: Client) -> None:
    response = client.get("/ru/show?page=2")
    assert response.status_code == 301
    assert response["Location"] == "/ru/show/?page=2"


@pytest.mark.parametrize(
    "address", ["/fr/en/show/", "/frshow/", "/de/show/", "/FR/show/", "/fr//evil.example/", "/fr//"]
)
def test_only_one_known_language_is_a_prefix(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_signing_in_leads_back_to_the_page_in_its_language(client: Client) -> None:
    response = client.get("/fr/private/")
    assert response.status_code == 302
    assert response["Location"] == "/fr/admin/login/?next=/fr/private/"


@pytest.mark.django_db
def test_the_administration_works_behind_a_prefix(admin_client: Client) -> None:
    response = admin_client.get("/fr/admin/")
    assert response.status_code == 200
    assert 'href="/fr/admin/' in response.content.decode()
    assert 'href="/static/' in response.content.decode()


def test_a_site_below_a_path_keeps_that_path_before_the_language(client: Client) -> None:
    with override_settings(FORCE_SCRIPT_NAME="/opis"):
        text = client.get("/fr/show/", SCRIPT_NAME="/opis").content.decode()
    assert text.endswith("/opis/fr/show/ /show/")
