"""Text is stored NFC and can be carried by every format; dates are kept three ways."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalogue import dates
from catalogue.models import Document, Unit
from catalogue.models.identifier import ALPHABET, is_well_formed, mint


@pytest.mark.django_db
def test_text_is_stored_composed_and_otherwise_as_typed() -> None:
    title = unicodedata.normalize("NFD", "Й — й  Café ")
    document = Document.objects.create(title=title)
    assert Document.objects.get(pk=document.pk).title == "Й — й  Café "


@pytest.mark.django_db
@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1a", "\ufffe", "\uffff", "\ud800"])
def test_a_character_that_no_format_carries_is_refused_with_its_place(character: str) -> None:
    document = Document(title=f"ab{character}")
    with pytest.raises(ValidationError, match="Character 3"):
        document.full_clean()
    with pytest.raises(ValidationError, match="Character 3"):
        document.save()
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_a_date_is_kept_three_ways() -> None:
    document = Document.objects.create(
        title="Letter", date_written="8 octobre 1923", date="1923-10-08"
    )
    day = dates.day_number(1923, 10, 8)
    assert (document.date_earliest, document.date_latest) == (day, day)
    document.date = "1923-10~"
    document.save(update_fields=["date"])
    document.refresh_from_db()
    assert document.date_earliest == dates.day_number(1923, 10, 1)


@pytest.mark.django_db
def test_a_julian_month_keeps_its_name_and_shifts_its_days() -> None:
    november = Document.objects.create(title="A", date="1917-10", calendar="julian")
    assert november.date == "1917-10"
    assert november.date_earliest == dates.day_number(1917, 10, 14)
    assert november.date_latest == dates.day_number(1917, 11, 13)


@pytest.mark.django_db
def test_a_day_is_kept_as_the_gregorian_day_whatever_the_source_used() -> None:
    rising = Document.objects.create(
        title="A", date_written="25 октября 1917 г.", date="1917-11-07", calendar="julian"
    )
    assert rising.date_earliest == dates.day_number(1917, 11, 7)


@pytest.mark.django_db
def test_a_date_of_another_age_of_the_world_is_kept() -> None:
    assert Document.objects.create(title="A", date="Y-170000002").date_earliest


@pytest.mark.django_db
@pytest.mark.parametrize("date", ["8 October 1923", "1923-13", "1923-02-30", "1990/1989"])
def test_what_is_not_a_date_is_refused(date: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Document(title="Letter", date=date).full_clean()
    assert set(refusal.value.message_dict) == {"date"}


@pytest.mark.django_db
def test_languages_are_several_codes_in_one_column() -> None:
    document = Document.objects.create(title="Letter", languages=("ru", "fr"))
    assert Document.objects.get(pk=document.pk).languages == ("ru", "fr")
    assert Document.objects.filter(languages__contains=" fr ").exists()
    assert not Document.objects.filter(languages__contains=" r ").exists()
    with pytest.raises(ValidationError, match="not a code"):
        Document._meta.get_field("languages").clean("ru; fr!", None)


@pytest.mark.django_db
def test_a_unit_without_languages_has_none() -> None:
    assert Unit().languages == ()


def test_identifiers_are_well_formed_and_differ() -> None:
    minted = {mint() for _number in range(2000)}
    assert len(minted) == 2000
    assert all(is_well_formed(identifier) for identifier in minted)


@given(st.integers(0, 12), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_of_an_identifier_is_found(place: int, character: str) -> None:
    identifier = mint()
    wrong = identifier[:place] + character + identifier[place + 1 :]
    assert is_well_formed(wrong) == (wrong == identifier)


@pytest.mark.parametrize("text", ["", "1", "../../etc/passwd", "a" * 13, "0" * 40])
def test_what_nobody_minted_is_not_well_formed(text: str) -> None:
    assert not is_well_formed(text)
