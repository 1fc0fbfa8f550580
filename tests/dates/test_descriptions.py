import pytest

from catalogue.dates import describe


@pytest.mark.parametrize(
    ("edtf", "english", "french", "russian"),
    [
        ("1923-10-08", "8 October 1923", "8 octobre 1923", "8 октября 1923 г."),
        ("1923-10-01", "1 October 1923", "1er octobre 1923", "1 октября 1923 г."),
        ("1923-10", "October 1923", "octobre 1923", "октябрь 1923 г."),
        ("1923", "1923", "1923", "1923 г."),
        ("1922-23", "autumn 1922", "automne 1922", "осень 1922 г."),
        ("1923-09~", "about September 1923", "vers septembre 1923", "около сентября 1923 г."),
        ("1923-09-08~", "about 8 September 1923",
         "vers le 8 septembre 1923", "около 8 сентября 1923 г."),
        ("1923-06-29?", "29 June 1923 (?)", "29 juin 1923 (?)", "29 июня 1923 г. (?)"),
        ("1923%", "about 1923 (?)", "vers 1923 (?)", "около 1923 г. (?)"),
        ("1923-06-26/1923-06-27", "26–27 June 1923", "26–27 juin 1923", "26–27 июня 1923 г."),
        ("1923-04-30/1923-05-01", "30 April – 1 May 1923",
         "30 avril – 1er mai 1923", "30 апреля – 1 мая 1923 г."),
        ("1922-12/1923-01", "December 1922 – January 1923",
         "décembre 1922 – janvier 1923", "декабрь 1922 г. – январь 1923 г."),
        ("1923-07/1923-08", "July–August 1923", "juillet–août 1923", "июль–август 1923 г."),
        ("1923-21/1923-22", "spring to summer 1923", "printemps–été 1923", "весна–лето 1923 г."),
        ("1924/1989", "1924–1989", "1924–1989", "1924–1989 гг."),
        ("1923-09/1923-10?", "September 1923 – October 1923 (?)",
         "septembre 1923 – octobre 1923 (?)", "сентябрь 1923 г. – октябрь 1923 г. (?)"),
        ("1999-03/..", "from March 1999", "depuis mars 1999", "с марта 1999 г."),
        ("1999-10-02/..", "from 2 October 1999",
         "depuis le 2 octobre 1999", "со 2 октября 1999 г."),
        ("../1923-04", "until April 1923", "jusqu’en avril 1923", "до апреля 1923 г."),
        ("../1923-10-08", "until 8 October 1923",
         "jusqu’au 8 octobre 1923", "до 8 октября 1923 г."),
        ("../1922-23", "until autumn 1922", "jusqu’à l’automne 1922", "до осени 1922 г."),
        ("/1795", "? – 1795", "? – 1795", "? – 1795 г."),
        ("1984~/..", "about 1984 – …", "vers 1984 – …", "около 1984 г. – …"),
        ("192X", "1920s", "années 1920", "1920-е гг."),
        ("../192X", "until the 1920s", "jusqu’aux années 1920", "до 1920-х гг."),
        ("18XX~", "about the 19th century", "vers le XIXe siècle", "около XIX в."),
        ("20XX", "21st century", "XXIe siècle", "XXI в."),
        ("[1667,1668,1670..1672]", "1667, 1668 or 1670–1672",
         "1667, 1668 ou 1670–1672", "1667 г., 1668 г. или 1670–1672 гг."),
        ("{1923,1924}", "1923 and 1924", "1923 et 1924", "1923 г. и 1924 г."),
        ("-0043-03-15", "15 March 44 BC", "15 mars 44 av. J.-C.", "15 марта 44 г. до н. э."),
        ("1923-10-25T18:30:00", "25 October 1923, 18:30",
         "25 octobre 1923, 18:30", "25 октября 1923 г., 18:30"),
        ("1923-10-XX", "October 1923", "octobre 1923", "октябрь 1923 г."),
    ],
)  # fmt: skip
def test_dates_are_printed_for_their_readers(edtf, english, french, russian):
    assert [describe(edtf, language) for language in ("en", "fr", "ru")] == [
        english,
        french,
        russian,
    ]


@pytest.mark.parametrize(
    "edtf",
    ["1560-XX-25", "Y170000002", "1950S2", "2004-06-~11", "1XXX", "-01XX", "1923-34", "192X-22",
     "1923-1X", "2004-01-01T10:10:10Z", "1923-02-30", "no date", "", "\ud800", "9" * 5000],
)  # fmt: skip
def test_what_has_no_plain_words_is_shown_as_it_came(edtf):
    assert describe(edtf, "en") == edtf


def test_a_regional_language_reads_as_its_language_and_an_unknown_one_as_english():
    assert describe("1923-10", "fr-CA") == "octobre 1923"
    assert describe("1923-10", "de") == "October 1923"
