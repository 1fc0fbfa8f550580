"""What an image shows, read from the name of its file."""

import pytest

from catalogue.imaging import Guess, following, guess, in_order


@pytest.mark.parametrize(
    ("name", "leaves"),
    [
        ("RGASPI_17_2_685_053v.jpg", "53v"),
        ("RGASPI_17_2_685_053.jpg", "53"),
        ("l53ob.jpg", "53v"),
        ("053об.tif", "53v"),
        ("л. 53 об.tif", "53v"),
        ("л.53об..tiff", "53v"),
        ("Л. 53а об.jpg", "53аv"),
        ("лист 7.jpg", "7"),
        ("Bl. 12r", "12r"),
        ("Blatt 12 verso.png", "12v"),
        ("fol_007r.jpg", "7r"),
        ("f.12v.png", "12v"),
        ("арк. 12 зв.png", "12v"),
        ("f.17_op.2_d.685_l.53-54.jpg", "53–54"),
        ("ф. 17 оп. 2 д. 685 лл. 53об-54.jpg", "53v–54"),
        ("F 17 Op 2 D 685 L 053 ob.jpg", "53v"),
        ("p. 3", "3"),
        ("p12-13.jpg", "12–13"),
        ("17-2-685-53.jpg", "53"),
        ("53.jpg", "53"),
        ("scan_053v.jpg", "53v"),
        ("../../etc/53v.jpg", "53v"),
        ("C:\\scans\\53v.jpg", "53v"),
        ("IMG_0012.JPG", ""),
        ("DSC_0044.jpg", ""),
        ("image (12).jpg", ""),
        ("PXL_20240501_123355.jpg", ""),
        ("2024-05-01 12.33.jpg", ""),
        ("письмо.jpg", ""),
        ("\u202e35.jpg", "35"),
        ("", ""),
        (".jpg", ""),
        ("9" * 300 + ".jpg", ""),
    ],
)
def test_the_leaf_is_read_from_the_name(name: str, leaves: str) -> None:
    found = guess(name)
    assert "–".join(filter(None, (found.first, found.last))) == leaves


def test_the_kind_is_read_from_the_name() -> None:
    assert guess("обложка.jpg") == Guess("", "", "cover")
    assert guess("cover_1.jpg").kind == "cover"
    assert guess("l53-54.jpg").kind == "opening"
    assert guess("discovery 5.jpg").kind == "side"


def test_names_that_tell_nothing_are_counted_on() -> None:
    sides = ["53"]
    for _next in range(3):
        sides.append(following(sides[-1]))
    assert sides == ["53", "53v", "54", "54v"]
    assert following("12r") == "12v"
    assert following("53а") == "53v"
    assert following("") == "1"


def test_files_come_in_the_order_in_which_a_person_counts() -> None:
    names = ["l10.jpg", "l9.jpg", "L1.jpg", "a.jpg", "l٣.jpg"]
    assert [names[place] for place in in_order(names)] == [
        "a.jpg", "L1.jpg", "l9.jpg", "l10.jpg", "l٣.jpg",
    ]  # fmt: skip


def test_a_long_name_is_read_quickly() -> None:
    for name in ("1" * 100_000, "l " * 50_000, "1-" * 50_000, "l. " + "0" * 90_000):
        guess(name)
