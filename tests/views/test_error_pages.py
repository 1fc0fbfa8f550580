"""The pages that answer when a page cannot."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from archive_site.urls import urlpatterns as site_patterns

SECRET = "the sealed reading room"
FAULTS: dict[int, type[Exception]] = {
    400: BadRequest,
    403: PermissionDenied,
    404: Http404,
    500: RuntimeError,
}


@login_not_required
def fail(request: HttpRequest, status: int) -> HttpResponse:
    raise FAULTS[status](SECRET)


@login_not_required
def accept(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("fail/<int:status>/", fail), path("accept/", accept), *site_patterns]

pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize("status", FAULTS)
@pytest.mark.parametrize("prefix", ["", "/fr", "/ru"])
def test_an_error_page_needs_no_database_and_tells_nothing(
    client: Client, status: int, prefix: str
) -> None:
    client.raise_request_exception = False
    response = client.get(f"{prefix}/fail/{status}/")  # without the db mark a query would raise
    text = response.content.decode()
    assert response.status_code == status
    for hidden in (SECRET, "Traceback", "RuntimeError", str(settings.BASE_DIR)):
        assert hidden not in text
    page = BeautifulSoup(text, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == (prefix.strip("/") or "en")
    assert page.h1 is not None
    assert page.h1.get_text(strip=True)


def test_a_forged_form_is_refused_in_plain_words() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accept/", {"title": SECRET})
    assert response.status_code == 403
    assert "Nothing was saved." in response.content.decode()


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_stands_alone(status: str) -> None:
    page = BeautifulSoup(render_to_string(f"{status}.html"), "html.parser")
    assert [link["href"] for link in page.find_all("link")] == [
        "/static/catalogue/opis.css",
        "/static/catalogue/opis.svg",
    ]
    assert page.title is not None
    assert not page.find_all(["script", "style", "img"])
