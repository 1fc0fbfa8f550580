"""Sending many images, and the table in which they are put right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from catalogue.models import Act, FolioImage, Unit, Witness
from catalogue.models.visibility import State
from tests.admin.forms import errors, messages, page, read_form
from tests.builders import build, png
from tests.imaging.drawn import content, leaf

UPLOAD = "admin:catalogue_folioimage_upload"
ARRANGE = "admin:catalogue_folioimage_arrange"
SMALL = content("JPEG", leaf(24, 32))


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def at(name: str, owner: Unit | Witness) -> str:
    return f"{reverse(name)}?{owner._meta.model_name}={owner.pk}"


def file(name: str, given: bytes = SMALL) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, given)


def read(client: Client, address: str) -> Any:
    """The answer, whose file has been read to its end."""
    response: Any = client.get(address)
    response.getvalue()
    return response


def table(client: Client, unit: Unit) -> dict[str, Any]:
    return read_form(client.get(at(UPLOAD, unit)), "table_form")


def test_many_files_arrive_as_drafts_in_order_with_their_leaves(chief: Client) -> None:
    unit = build(Unit)
    names = ["л. 10 об.jpg", "л. 9.jpg", "IMG_0012.jpg", "l11-12.jpg"]
    response = chief.post(
        at(UPLOAD, unit),
        {"images": [file(name) for name in names], "rights": "Free", "credit": "The archive"},
        follow=True,
    )
    assert messages(response) == ["4 images were stored."]
    rows = [(row.original_name, str(row), row.image_kind) for row in FolioImage.objects.all()]
    assert rows == [
        ("IMG_0012.jpg", "1", "side"),
        ("l11-12.jpg", "11–12", "opening"),
        ("л. 9.jpg", "9", "side"),
        ("л. 10 об.jpg", "10v", "side"),
    ]
    image = FolioImage.objects.first()
    assert image is not None
    assert (image.rights, image.credit, image.state) == ("Free", "The archive", State.DRAFT)
    assert (image.width, image.height) == (24, 32)
    assert image.history.get().history_change_reason == "Uploaded"
    told = [found.text for found in page(response).select(".images-table .told")]
    assert told == ["The name tells no folio."]


def test_what_is_refused_is_named_with_the_reason_and_the_rest_is_stored(chief: Client) -> None:
    unit = build(Unit)
    sent = [file("1.jpg"), file("2<b>שתים.jpg", b"<svg/>"), file("3.jpg", SMALL + b"<html>")]
    response = chief.post(at(UPLOAD, unit), {"images": sent, "rights": "Typed"})
    said = errors(response)
    assert len(said) == 2
    assert said[0].startswith("2<b>שתים.jpg : This is not a JPEG, PNG, TIFF or WebP image")
    assert "bytes behind the end of the image" in said[1]
    assert page(response).select(".refused bdi")
    assert page(response).select_one("#id_rights").text.strip() == "Typed"  # type: ignore[union-attr]  # the form has it
    assert FolioImage.objects.count() == 1


def test_a_script_is_answered_in_json(chief: Client) -> None:
    unit, wants = build(Unit), {"Accept": "application/json"}
    taken = chief.post(at(UPLOAD, unit), {"images": file("53об.jpg")}, headers=wants)
    assert taken.json()["leaf"] == "53v"
    assert taken.json()["doubts"] == []
    assert read(chief, taken.json()["thumbnail"])["Content-Type"] == "image/jpeg"
    twice = chief.post(at(UPLOAD, unit), {"images": file("IMG_1.jpg")}, headers=wants)
    assert twice.json()["leaf"] == "54"
    assert len(twice.json()["doubts"]) == 2
    refused = chief.post(at(UPLOAD, unit), {"images": file("54.jpg", b"")}, headers=wants)
    assert refused.status_code == 400
    assert refused.json()["error"]
    nothing = chief.post(at(UPLOAD, unit), {}, headers=wants)
    assert nothing.json()["error"] == "No file was chosen."


def test_the_table_is_put_right_and_what_is_wrong_comes_back_as_typed(chief: Client) -> None:
    unit = build(Unit)
    first, second = (
        build(FolioImage, unit=unit, first=label, position=place)
        for place, label in enumerate(("1", "2"), start=1)
    )
    sent = {**table(chief, unit), "form-0-first": "2v", "form-1-first": "1r", "form-1-position": 0}
    response = chief.post(at(ARRANGE, unit), sent, follow=True)
    assert messages(response) == ["2 images were changed."]
    assert list(FolioImage.objects.values_list("pk", "first")) == [
        (second.pk, "1r"),
        (first.pk, "2v"),
    ]
    sent = {
        **table(chief, unit),
        "form-0-first": "no leaf",
        "form-1-credit": "",
        "form-1-last": "9",
    }
    response = chief.post(at(ARRANGE, unit), sent)
    assert response.status_code == 200
    assert len(errors(response)) == 1
    assert page(response).select_one("[name=form-0-first]")["value"] == "no leaf"  # type: ignore[index]  # it is there
    assert page(response).select_one("[name=form-1-last]")["value"] == "9"  # type: ignore[index]  # as well
    assert FolioImage.objects.get(pk=first.pk).last == ""


def test_the_second_of_two_who_change_a_row_is_told(chief: Client) -> None:
    unit = build(Unit)
    image, other = (build(FolioImage, unit=unit, first=label) for label in ("1", "2"))
    mine = {**table(chief, unit), "form-0-first": "3"}
    theirs = FolioImage.objects.get(pk=image.pk)
    theirs.first, theirs.credit = "7v", "Theirs"
    theirs.save()
    other.credit = "Another row, which I did not touch"
    other.save()
    response = chief.post(at(ARRANGE, unit), mine)
    (said,) = errors(response)
    assert "it is now 7v" in said
    image.refresh_from_db()
    assert image.first == "7v"
    again = read_form(response, "table_form")
    assert again["form-0-first"] == ["3"]
    chief.post(at(ARRANGE, unit), again)
    image.refresh_from_db()
    assert (image.first, image.credit) == ("3", "Theirs")


def test_all_are_put_in_the_order_of_the_folios_as_one_act(chief: Client) -> None:
    unit = build(Unit)
    for place, label in enumerate(("10", "9v", "9"), start=1):
        build(FolioImage, unit=unit, first=label, position=place)
    elsewhere = build(FolioImage, unit=build(Unit), first="1", position=7)
    chief.post(at(ARRANGE, unit), {"_order": "1"})
    assert list(unit.images.values_list("first", "position")) == [("9", 1), ("9v", 2), ("10", 3)]
    elsewhere.refresh_from_db()
    assert elsewhere.position == 7
    act = Act.objects.get()
    assert FolioImage.history.filter(history_act=act).count() == 2


def test_all_are_given_the_same_rights_as_one_act(chief: Client) -> None:
    unit = build(Unit)
    images = [build(FolioImage, unit=unit, first=label, credit="Old") for label in ("1", "2")]
    chief.post(at(ARRANGE, unit), {"_rights": "1", "rights": "Free to use", "credit": ""})
    for image in images:
        image.refresh_from_db()
        assert (image.rights, image.credit) == ("Free to use", "Old")
    assert Act.objects.count() == 1
    assert "_rights" not in str(chief.post(at(ARRANGE, unit), {"_rights": "1"}, follow=True))
    assert Act.objects.count() == 1


def test_rows_of_another_unit_cannot_be_slipped_in(chief: Client) -> None:
    unit, other = build(Unit), build(FolioImage, unit=build(Unit), first="1")
    build(FolioImage, unit=unit, first="5")
    sent = {**table(chief, unit), "form-0-id": str(other.pk), "form-0-first": "99"}
    response = chief.post(at(ARRANGE, unit), sent, follow=True)
    assert messages(response)[0].startswith("1 row is no longer there")
    other.refresh_from_db()
    assert other.first == "1"


def test_a_replaced_file_keeps_its_record_and_its_address(chief: Client) -> None:
    image = build(FolioImage, unit=build(Unit), first="1")
    form = reverse("admin:catalogue_folioimage_change", args=[image.pk])
    sent = {**read_form(chief.get(form)), "image": file("53.jpg")}
    response = chief.post(form, sent)
    assert response.status_code == 302, errors(response)
    replaced = FolioImage.objects.get(pk=image.pk)
    assert (replaced.identifier, replaced.original_name) == (image.identifier, "53.jpg")
    assert (replaced.width, replaced.height) == (24, 32)
    assert replaced.digest != image.digest
    former = replaced.history.last()
    assert replaced.image.storage.exists(str(former.image))


def test_the_original_is_an_attachment_for_staff(chief: Client, client: Client) -> None:
    image = build(FolioImage)
    address = reverse("admin:catalogue_folioimage_file", args=[image.pk])
    response = read(chief, address)
    assert response.headers["Content-Length"] == str(len(png()))
    assert response["Content-Disposition"].startswith("attachment")
    assert client.get(address).status_code == 302
    copy = reverse("admin:catalogue_folioimage_copy", args=[image.pk, "thumbnail"])
    assert "no-store" in read(chief, copy)["Cache-Control"]
    assert client.get(copy).status_code == 302
    for size in ("original", "huge"):
        assert chief.get(copy.replace("thumbnail", size)).status_code == 404


def test_the_report_names_what_is_lost(chief: Client) -> None:
    image = build(FolioImage, original_name="53.jpg")
    assert "Every image has its original." in chief.get(reverse("admin:images_report")).text
    image.image.storage.delete(str(image.image.name))
    response = chief.get(reverse("admin:images_report"))
    links = [link["href"] for link in page(response).select("#content-main th a")]
    assert links == [reverse("admin:catalogue_folioimage_change", args=[image.pk])]


def test_who_may_only_look_can_neither_send_nor_change(client: Client, db: None) -> None:
    viewer = User.objects.create_user("viewer", password="a long enough password", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    unit = build(Unit)
    build(FolioImage, unit=unit)
    seen = client.get(at(UPLOAD, unit))
    assert seen.status_code == 200
    assert not page(seen).select("input[type=file]")
    assert client.post(at(UPLOAD, unit), {"images": file("1.jpg")}).status_code == 403
    assert client.post(at(ARRANGE, unit), {"_order": "1"}).status_code == 403
    assert FolioImage.objects.count() == 1


def test_the_place_is_asked_for_and_a_wrong_one_is_not_found(chief: Client) -> None:
    unit = build(Unit)
    assert chief.get(reverse(UPLOAD)).status_code == 200
    assert "Send images" in chief.get(reverse(UPLOAD), {"unit": str(unit.pk), "witness": ""}).text
    both = {"unit": str(unit.pk), "witness": str(build(Witness).pk)}
    assert errors(chief.get(reverse(UPLOAD), both)) == ["Choose a unit or a witness."]
    for query in ("unit=0", "unit=abc", "witness=99999999999999999999999", "unit=%00"):
        assert chief.get(f"{reverse(UPLOAD)}?{query}").status_code in (400, 404)
    assert chief.get(reverse(ARRANGE)).status_code == 405


def test_the_table_asks_the_same_number_of_questions_for_any_number_of_rows(
    chief: Client, django_assert_max_num_queries: Any
) -> None:
    unit = build(Unit)
    image = build(FolioImage, unit=unit)
    FolioImage.objects.bulk_create(
        FolioImage(unit=unit, first="1", first_order=image.first_order, last_order=image.last_order)
        for _row in range(250)
    )
    with django_assert_max_num_queries(16):
        response = chief.get(at(UPLOAD, unit))
    assert len(page(response).select(".images-table tr.row")) == 100
    assert "page 1 of 3" in response.text
