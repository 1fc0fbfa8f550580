"""The words of archives' names: where they stand in a text, and which are the same.

An abbreviation is known by its letters, in every way that they are transliterated; any other
word by its `skeleton` without the ending, so that "Центрального государственного архива" and
"Tsentral'nyi gosudarstvennyi arkhiv" are one.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from catalogue.references.tables import rows
from catalogue.text import skeleton

MOST_SPELLINGS = 64  # of one name
REMEMBERED = 1 << 14  # words
_WEAK_LENGTH = 3  # letters; so short an abbreviation may be anything

_APOSTROPHES = "'\u2018\u2019`\u02b9\u02bb\u02bc\u2032"
_LETTER = r"[^\W\d_]"
# What may stand within a word: an accent, a soft hyphen with the break after it, an apostrophe.
_WITHIN = rf"(?:[\u0300-\u036f\u200b-\u200d\u2060\ufeff{_APOSTROPHES}]|\u00ad\s{{0,4}})"
WORD = re.compile(
    rf"{_LETTER}(?:\.{_LETTER})+(?!{_LETTER})\.?"  # Ц.П.А.
    rf"|[DLdl](?=['\u2019](?:[AEIOUYHaeiouyhÀ-ÆÈ-Ïà-æè-ïôûœ]|[A-Z]{{2}}))"  # d'État, not L'viv
    rf"|{_LETTER}+(?:{_WITHIN}+{_LETTER}+)*[\u0300-\u036f]*"
)
# Words that one writer has and another leaves out.
_LITTLE = {
    "the", "of", "for", "and", "on", "to", "de", "des", "du", "la", "le", "les", "l", "d", "et",
    "der", "die", "das", "dem", "den", "und", "für", "zu", "i", "и", "та", "й", "і", "a", "y",
    "e", "del", "della", "dei", "degli", "di", "el", "los", "las", "z", "w",
}  # fmt: skip
_ENDING = re.compile("(?<=...)(?:[аеиоу]+(?:[шм][аеиоу]*|с)?|с)$")
_COARSE = str.maketrans("цг", "сш")  # German z is ц or з; Ukrainian г is h, as is х

_CYRILLIC = "АВЕКМНОРСТХІЈЅаеорсухіјѕ"
_LATIN = "ABEKMHOPCTXIJSaeopcyxijs"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_HAS_CYRILLIC = re.compile("[\u0400-\u04ff]")
_HAS_LATIN = re.compile("[A-Za-z]")


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    """How a letter or an abbreviation is written in Latin letters: ц, ссср."""
    return {
        _letters(row["written"]): tuple(map(_letters, row["also"].split())) or ("",)
        for row in rows("spellings")
        if is_abbreviation(row["written"]) or len(row["written"]) == 1
    }


@cache
def _same_words() -> Mapping[str, str]:
    """The stems of synonyms and shortened words, with the stem that stands for them: region."""
    return {
        _stem(also): _stem(row["written"])
        for row in rows("spellings")
        if len(row["written"]) > 1 and not is_abbreviation(row["written"])
        for also in row["also"].split()
    }


@cache
def _shortened_words() -> frozenset[str]:
    """Words that end in a full stop: обл, респ."""
    written = (word for row in rows("spellings") for word in row["also"].split())
    return frozenset(word.removesuffix(".").casefold() for word in written if word[-1] == ".")


def _in_one_script(word: str) -> str:
    """A word in which Latin letters pass for Cyrillic ones, or the reverse, as it was meant."""
    if not (_HAS_CYRILLIC.search(word) and _HAS_LATIN.search(word)):
        return word
    cyrillic = word.translate(_TO_CYRILLIC)
    return cyrillic if not _HAS_LATIN.search(cyrillic) else word.translate(_TO_LATIN)


def _letters(word: str) -> str:
    """The letters of an abbreviation, small and without marks; й, ї and ў stay."""
    composed = unicodedata.normalize("NFC", word).casefold().replace("ё", "е")
    if not composed.isascii() and _HAS_LATIN.search(composed):
        composed = unicodedata.normalize("NFKD", composed)
    return "".join(letter for letter in composed if letter.isalpha())


@lru_cache(maxsize=REMEMBERED)
def _stem(word: str) -> str:
    """What stays of a word in all its cases and transliterations; for comparison only."""
    return _ENDING.sub("", skeleton(word).replace(" ", "").translate(_COARSE))


def _whole(word: str) -> str:
    """The step of a word that is no abbreviation: its stem, or that of the word it stands for."""
    stem = _stem(word)
    return _same_words().get(stem, stem) or word.casefold()


def is_abbreviation(word: str) -> bool:
    """Whether a word stands for several: РГАСПИ, ДАВіО, RTsKhIDNI, РФ."""
    return sum(map(str.isupper, word)) > 1


def is_little(word: str) -> bool:
    """Whether a word is one that may be left out: "of", "OF", not the El of Mari El."""
    return word in _LITTLE or (len(word) > 1 and word.isupper() and word.lower() in _LITTLE)


def is_weak(name: str) -> bool:
    """Whether a name is so short an abbreviation that it may be anything."""
    return is_abbreviation(name) and len(_letters(name)) <= _WEAK_LENGTH


@dataclass(frozen=True)
class Word:
    """A word as it is printed, and the steps that it may be in the tree of names.

    A step is doubtful where an abbreviation is printed in small letters.
    """

    steps: tuple[tuple[str, bool], ...]
    is_capital: bool  # and more than a letter or a little word
    is_shortened: bool


@lru_cache(maxsize=REMEMBERED)
def read_word(printed: str) -> Word:
    """What a word is; the words of names themselves are best read by `spell`."""
    word = _in_one_script(printed)
    letters = _letters(word)
    is_short = is_abbreviation(word)
    # "ргаспи" and "Rgaspi" are abbreviations too, but "era" is not.
    steps = [("." + letters, not is_short)] if is_short or len(letters) > _WEAK_LENGTH else []
    return Word(
        steps=(*steps, (_whole(word), False)),
        is_capital=word[0].isupper() and len(word) > 2 and not is_little(word),
        is_shortened=word.casefold() in _shortened_words(),
    )


def _spell_letters(word: str) -> Iterator[str]:
    """The letters of an abbreviation in all spellings: РЦХИДНИ, RTsKhIDNI, RCChIDNI, RZChIDNI."""
    letters = _letters(word)
    yield letters
    if _HAS_CYRILLIC.search(word):
        latin = word.upper().translate(_TO_LATIN)
        if not _HAS_CYRILLIC.search(latin):
            yield latin.casefold()  # typed on the wrong keyboard: CCCP
        spellings = _spellings()
        yield from spellings.get(letters, ())
        options = (spellings.get(letter, ("",)) for letter in letters)
        yield from map("".join, islice(product(*options), MOST_SPELLINGS))


def spell(word: str) -> list[str]:
    """The steps by which a word of a name is found, one for each way in which it is written."""
    if is_abbreviation(word):
        return list(dict.fromkeys("." + letters for letters in _spell_letters(word)))
    return [_whole(word)]
