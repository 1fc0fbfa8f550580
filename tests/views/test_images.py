"""The public pages of images, and their files."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from catalogue import links
from catalogue.models import Document, FolioImage, FolioRange, Unit, Witness
from catalogue.models.visibility import State, today
from tests.builders import build
from tests.imaging.drawn import with_place_and_camera

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def hrefs(part: Any, selector: str) -> list[str]:
    return [str(found["href"]) for found in part.select(selector)]


def leaves(unit: Unit, *labels: str) -> list[FolioImage]:
    return [
        build(FolioImage, unit=unit, first=label, position=place, width=1000, height=2000)
        for place, label in enumerate(labels, start=1)
    ]


def test_the_images_of_a_unit_are_laid_out_in_their_order(client: Client) -> None:
    unit = build(Unit)
    second, first = leaves(unit, "53v", "53")
    first.position = 0
    first.save()
    sheet = page(client, links.images(unit))
    assert hrefs(sheet, ".leaves a") == [links.address(first), links.address(second)]
    assert [one.text for one in sheet.select(".leaf")] == ["f.\u00a053", "f.\u00a053v"]


def test_leaves_are_named_as_the_reader_writes_them(client: Client) -> None:
    unit = build(Unit)
    image = build(FolioImage, unit=unit, first="53v", last="54", image_kind="opening")
    said = {
        code: page(client, f"/{code}{links.address(image)}").select_one("h1").text  # type: ignore[union-attr]  # every page has one
        for code in ("en", "fr", "ru")
    }
    assert said["en"] == "ff.\u00a053v–54, opening"
    assert said["fr"].startswith("fol.\u00a053\u00a0vo-54")
    assert said["ru"].startswith("л.\u00a053 об.–54")


def test_one_page_shows_one_image_and_its_neighbours(client: Client) -> None:
    before, image, after = leaves(build(Unit), "52v", "53", "53v")
    image.rights, image.credit = "Free to use", "Archive of the house"
    image.save()
    shown = page(client, links.address(image))
    plate = shown.select_one(".plate img")
    assert plate is not None
    assert plate["alt"] == "Image of f.\u00a053"
    assert (plate["width"], plate["height"]) == ("800", "1600")
    assert hrefs(shown, "link[rel=prev], a[rel=prev]") == [links.address(before)] * 2
    assert hrefs(shown, "link[rel=next], a[rel=next]") == [links.address(after)] * 2
    assert hrefs(shown, ".strip a[aria-current=page]") == [links.address(image)]
    assert "Free to use" in shown.text
    assert "Archive of the house" in shown.text
    assert links.images(image.owner) in hrefs(shown, ".breadcrumbs a")


def test_a_page_says_what_is_written_on_the_leaf(client: Client) -> None:
    (image,) = leaves(build(Unit), "53")
    letter = build(Document, title="Letter on this leaf")
    witness = build(Witness, document=letter, unit=image.unit)
    build(FolioRange, witness=witness, first="52", last="54")
    elsewhere = build(Witness, unit=image.unit, document=build(Document, title="Another leaf"))
    build(FolioRange, witness=elsewhere, first="60", last="61")
    draft = build(Witness, unit=image.unit, document=build(Document, title="Hid", state="draft"))
    build(FolioRange, witness=draft, first="53", last="53")
    shown = page(client, links.address(image))
    assert "Letter on this leaf" in shown.text
    assert "Another leaf" not in shown.text
    assert "Hid" not in shown.text


def test_a_document_and_a_unit_lead_to_their_images(client: Client) -> None:
    unit = build(Unit)
    image, *_rest = leaves(unit, "53", "53v", "99")
    witness = build(Witness, unit=unit)
    build(FolioRange, witness=witness, first="53", last="54")
    own = build(FolioImage, witness=build(Witness, document=witness.document), first="7")
    document = page(client, links.address(witness.document))
    found = hrefs(document, ".leaves a")
    assert found[0] == links.address(image)
    assert len(found) == 3
    assert links.address(own) in found
    assert links.images(witness) in hrefs(document, "#transmission a")
    assert links.images(unit) in hrefs(page(client, links.address(unit)), "#images a")
    sheet = page(client, links.images(witness))
    assert len(sheet.select(".leaves li")) == 2


def test_pages_cost_the_same_with_many_images(client: Client) -> None:
    unit = build(Unit)
    few = leaves(unit, "1", "2", "3")
    witness = build(Witness, unit=unit)
    build(FolioRange, witness=witness, first="1", last="900")
    addresses = (
        links.images(unit),
        links.address(few[1]),
        links.images(witness),
        links.address(witness.document),
    )

    def queries() -> list[int]:
        counted = []
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert client.get(address).status_code == 200
            counted.append(len(captured))
        return counted

    before = queries()
    row = FolioImage.objects.get(pk=few[0].pk)
    FolioImage.objects.bulk_create(
        FolioImage(
            unit=unit,
            first=str(number),
            first_order=row.first_order,
            last_order=row.last_order,
            position=number,
            image=row.image.name,
            state=State.PUBLISHED,
            public_from=row.public_from,
        )
        for number in range(4, 1001)
    )
    assert queries() == before
    sheet = page(client, links.images(unit))
    assert len(sheet.select(".leaves li")) == 60
    (following,) = hrefs(sheet, ".pager a[rel=next]")
    assert page(client, links.images(unit) + following).select(".leaf")[0].text == "f.\u00a061"


def test_a_copy_is_served_bare_and_may_be_asked_for_again(client: Client) -> None:
    image = build(FolioImage, image=ContentFile(with_place_and_camera(), name="53.jpg"))
    address = f"/images/{image.identifier}/reading.jpg"
    response: Any = client.get(address)
    content = response.getvalue()
    with Image.open(io.BytesIO(content)) as copy:
        assert copy.size == (170, 120)
    assert b"Secret" not in content
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert image.digest not in str(response.headers)
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == response["Cache-Control"]
    image.withdraw()
    gone = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert gone.status_code == 410


def test_staff_get_nothing_that_a_cache_may_keep(archivist_client: Client) -> None:
    image = build(FolioImage)
    response: Any = archivist_client.get(f"/images/{image.identifier}/thumbnail.jpg")
    response.getvalue()
    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


@pytest.mark.parametrize("who", ["visitor", "archivist"])
def test_what_is_hidden_answers_as_what_never_was(
    who: str, client: Client, archivist_client: Client
) -> None:
    """By its address and by those of its files; also for staff, who have pages of their own."""
    asker = client if who == "visitor" else archivist_client
    draft_unit = build(Unit, state=State.DRAFT)
    draft_document = build(Document, state=State.DRAFT)
    hidden = [
        build(FolioImage, state=State.DRAFT),
        build(FolioImage, state=State.WITHDRAWN),
        build(FolioImage, embargo_until=today() + datetime.timedelta(days=9)),
        build(FolioImage, unit=draft_unit),
        build(FolioImage, unit=build(Unit, parent=draft_unit, repository=draft_unit.repository)),
        build(FolioImage, witness=build(Witness, document=draft_document)),
    ]
    for tail in ("", "thumbnail.jpg", "reading.jpg", "large.jpg", "original.jpg"):
        never = asker.get(f"/images/0000000000000/{tail}")
        assert never.status_code == 404
        for image in hidden:
            answer = asker.get(f"/images/{image.identifier}/{tail}")
            assert answer.status_code == 404
            body = answer.content.replace(image.identifier.encode(), b"0000000000000")
            assert body == never.content


def test_no_address_leads_to_a_stored_file(client: Client) -> None:
    image = build(FolioImage)
    name = str(image.image.name)
    for path in (name, f"media/{name}", f"static/{name}", f"static/../media/{name}", f"var/{name}"):
        assert client.get(f"/{path}").status_code == 404


def test_an_image_without_its_file_has_a_page_but_no_picture(client: Client) -> None:
    image = build(FolioImage, image=ContentFile(with_place_and_camera() + b"\0", name="1.jpg"))
    Path(image.image.path).unlink()
    assert client.get(links.address(image)).status_code == 200
    answer = client.get(f"/images/{image.identifier}/thumbnail.jpg")
    assert answer.status_code == 404
