"""The words of dates in each language: data for `descriptions`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """How one language writes dates.

    "Governed" is the form after a preposition: genitive in Russian, with the article in French.
    Months of days are those in "8 October". Seasons are spring to winter.
    """

    months: tuple[str, ...]
    months_governed: tuple[str, ...]
    months_of_days: tuple[str, ...]
    seasons: tuple[str, ...]
    seasons_governed: tuple[str, ...]
    day_governed: str
    year: str
    before_christ: str
    years: str
    decade: str
    decade_governed: str
    century: Callable[[int], str]
    century_governed: str
    season_range: str
    about: str
    since: Callable[[str], str]
    until: Callable[[str], str]
    either: str
    both: str
    first_of_month: str = "1"


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"


def _roman(number: int) -> str:
    """A Roman numeral below 400, enough for centuries."""
    numeral = ""
    for value, letters in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def _until_french(governed: str) -> str:
    for article, contraction in (("le ", "au "), ("les ", "aux "), ("l’", "à l’")):
        if governed.startswith(article):
            return "jusqu’" + contraction + governed.removeprefix(article)
    return "jusqu’en " + governed


def _since_russian(governed: str) -> str:
    # "со второго": the preposition takes a vowel before this one number.
    return ("со " if governed.startswith("2 ") else "с ") + governed


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FRENCH_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_RUSSIAN_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_RUSSIAN_MONTHS_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip

WORDINGS = {
    "en": Wording(
        months=_ENGLISH_MONTHS,
        months_governed=_ENGLISH_MONTHS,
        months_of_days=_ENGLISH_MONTHS,
        seasons=("spring", "summer", "autumn", "winter"),
        seasons_governed=("spring", "summer", "autumn", "winter"),
        day_governed="{}",
        year="{}",
        before_christ="{} BC",
        years="{}–{}",
        decade="{}s",
        decade_governed="the {}s",
        century=lambda number: f"{_ordinal(number)} century",
        century_governed="the {}",
        season_range="{} to {}",
        about="about {}",
        since="from {}".format,
        until="until {}".format,
        either="or",
        both="and",
    ),
    "fr": Wording(
        months=_FRENCH_MONTHS,
        months_governed=_FRENCH_MONTHS,
        months_of_days=_FRENCH_MONTHS,
        seasons=("printemps", "été", "automne", "hiver"),
        seasons_governed=("le printemps", "l’été", "l’automne", "l’hiver"),
        day_governed="le {}",
        year="{}",
        before_christ="{} av. J.-C.",
        years="{}–{}",
        decade="années {}",
        decade_governed="les années {}",
        century=lambda number: f"{_roman(number)}{'er' if number == 1 else 'e'} siècle",
        century_governed="le {}",
        season_range="{}–{}",
        about="vers {}",
        since="depuis {}".format,
        until=_until_french,
        either="ou",
        both="et",
        first_of_month="1er",
    ),
    "ru": Wording(
        months=_RUSSIAN_MONTHS,
        months_governed=_RUSSIAN_MONTHS_GENITIVE,
        months_of_days=_RUSSIAN_MONTHS_GENITIVE,
        seasons=("весна", "лето", "осень", "зима"),
        seasons_governed=("весны", "лета", "осени", "зимы"),
        day_governed="{}",
        year="{} г.",
        before_christ="{} г. до н. э.",
        years="{}–{} гг.",
        decade="{}-е гг.",
        decade_governed="{}-х гг.",
        century=lambda number: f"{_roman(number)} в.",
        century_governed="{}",
        season_range="{}–{}",
        about="около {}",
        since=_since_russian,
        until="до {}".format,
        either="или",
        both="и",
    ),
}
