"""One way of handling text: folding for search, sorting keys, and what may be stored at all.

Stored text is NFC and otherwise exactly as typed; everything here that loses something
(case, accents, old letters) makes a *second* string, for comparison only.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translators; the layers that know Django translate it."""
    return sentence


class Misread(ValueError):
    """Something typed that cannot be read.

    `sentence` is English with `%(name)s` slots for `values`, so that a form can translate it:
    `ValidationError(gettext(error.sentence), params=error.values)`. `str()` is the English.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence = sentence
        self.values: Mapping[str, object] = values
        super().__init__(sentence % values)


# Letters that Unicode does not decompose but readers expect to find under their plain form.
_PLAIN_LETTERS = str.maketrans(
    {
        # Russian before 1918, and Ukrainian, which shares і; both sides of a comparison fold alike.
        "ѣ": "е",
        "і": "и",
        "ѳ": "ф",
        "ѵ": "и",
        "є": "е",
        "ґ": "г",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
    }
)
# Apostrophes and primes, which transliterations use for ь and ъ: Pis'mo, Pisʹmo and Pismo are one.
_APOSTROPHES = frozenset("'\u2018\u2019\u201b`\u00b4\u02b9\u02ba\u02bb\u02bc\u02bd\u2032\u2033")
_SHORT_I = "\u0439"
_FINAL_HARD_SIGN = re.compile(r"(?<=[^\W\d_])(?<!ъ)ъ++\b")
_LOOSE_DASH = re.compile(r"(?<!\w)-+|-+(?!\w)")


class _CharacterFolding(dict[int, str]):
    """Code point to what it folds to; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._fold(chr(code))
        return folded

    @staticmethod
    def _fold(character: str) -> str:
        category = unicodedata.category(character)
        if character in _APOSTROPHES or category in ("Cf", "Me"):
            return ""
        if unicodedata.combining(character):
            return ""
        if category == "Pd" or character == "\u2212":
            return "-"
        if category[0] in "PZC":
            return " "
        return character.translate(_PLAIN_LETTERS)


_FOLDING = _CharacterFolding()


def _decompose(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def fold(text: str) -> str:
    """Fold text for search and filters, in linear time; folding twice changes nothing more.

    Case, accents, compatibility forms, ё, the letters of before 1918, apostrophes, invisible
    characters and punctuation go; й stays. A dash stays, as "-", between two letters or digits.
    A text of punctuation alone folds to the empty string.
    """
    # Casefolding can bring back a letter that decomposes, hence decomposing on both sides.
    letters = _decompose(_decompose(text).casefold()).replace("и\u0306", _SHORT_I)
    letters = letters.translate(_FOLDING)
    letters = _FINAL_HARD_SIGN.sub("", letters)
    return " ".join(_LOOSE_DASH.sub(" ", letters).split())


_DIGITS = re.compile(r"[0-9]+")


def _pad(digits: re.Match[str]) -> str:
    number = digits[0].lstrip("0") or "0"
    length = str(len(number))
    return f"{len(length)}{length}{number}"


def natural_key(segment: str) -> str:
    """The sorting key of a reference segment, a title or a shelfmark: 9, 10, 17, 17а, 18.

    Keys compare rightly code point by code point (PostgreSQL's "C" and SQLite's BINARY
    collations). Each run of digits is preceded by its length, and that by the length of the
    length, so that numbers of any size compare by value; letters compare folded.
    """
    return _DIGITS.sub(_pad, fold(segment))


_ARTICLES = {
    "en": re.compile(r"^(?:the|an?) (?=.)"),
    "fr": re.compile(r"^(?:les?|la|l|une?) (?=.)"),
}
_ELIDED_ARTICLE = re.compile(r"^(\W*l)['\u2019\u02bc]", re.IGNORECASE)


def collation_key(text: str, language: str) -> str:
    """The sorting key of a title in `language`: folded, numbers by value, no leading article."""
    language = language[:2].lower()
    if language == "fr":
        text = _ELIDED_ARTICLE.sub(r"\1 ", text)
    folded = fold(text)
    if article := _ARTICLES.get(language):
        folded = article.sub("", folded, count=1)
    return natural_key(folded)


_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _name(character: str) -> str:
    kind = {"Cc": "control character", "Cs": "half of a surrogate pair"}.get(
        unicodedata.category(character), "not a character"
    )
    return f"U+{ord(character):04X} ({kind})"


def illegal_characters(text: str) -> tuple[tuple[int, str], ...]:
    """The characters that XML 1.0 (section 2.2, Char) cannot carry: (position from 0, name)."""
    return tuple((found.start(), _name(found[0])) for found in _ILLEGAL.finditer(text))


def normalise(text: str) -> str:
    """The form in which text is stored: NFC, otherwise exactly as typed."""
    return unicodedata.normalize("NFC", text)


# --- one key for all transliterations ---

# Marks that make a hissing letter of a plain one: ž š č ŝ (ISO 9), ż ć (Polish, Serbian).
_HISSING = re.compile("[zsc]\u030c|s\u0302|z\u0307|c\u0301")
_LATIN = re.compile("[a-z]")
_GERMAN = re.compile("w|sch")
_FRENCH = re.compile("ou|tch|[iy]ne$|[oe]ff$|gu[ei]")
_J = re.compile("j")
# Where neither language is plain, a Latin j is French (ж) before i, before a consonant unless
# after a vowel, and between vowels before e and o; elsewhere it is й: Dzerjinski, Jdanov, Ejov,
# but Trockij, Pjatakov, Kujbyšev.
_J_AS_ZH = re.compile(
    "(?<!l)j(?=i)|(?<![aeiouy])j(?=[b-df-hk-np-tv-xz])|(?<=^d)j|(?<=d)j(?=o)|(?<=[aeiouy])j(?=[eo])"
)
# Latin spellings of one sound, for ALA-LC, BGN, ISO 9, passports, French, German and Polish. The
# sounds are written in Cyrillic letters, which these rules do not read: so a skeleton is its own.
_SPELLINGS = (
    (re.compile("ck(?=[iy][ijy]?$)"), "цк"),  # Trocki, Trockij
    (re.compile("z(?=w|yn$|k[iy]$)|(?<=e)z(?=owa?$)"), "ц"),  # Zwetajewa, Radezki, Kusnezow
    (re.compile("sch|[skzc]h|[sc]z|(?<![tprgш])h"), "ш"),
    (re.compile("c(?=[eiyv]|o[vw]a?$)|(?<=[aeiouy])c$"), "ц"),
    (re.compile("(?<=[oe])ff$"), "в"),
    (re.compile("ph"), "ф"),
    (re.compile("ck|[ckq]"), "к"),
    (re.compile("g(?:h|u(?=[ei]))?"), "г"),
    (re.compile("ou|u"), "у"),
    (re.compile("(?<=[iy]n)e$|(?<=[tr])h"), ""),
    (re.compile("x"), "кс"),
)
_LETTERS = str.maketrans("abdefijlmnoprstvwyz", "абдефиилмнопрстввис")
# Sounds that one transliteration or another writes alike are one: German s is з and с, German sch
# is ж and ш, ch is х to Germans, ч to the English and ш to the French.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("жчщхћ", "ш"),
        **dict.fromkeys("зѕ", "с"),
        **dict.fromkeys("йыіїѵј", "и"),
        **dict.fromkeys("эєѣё", "е"),
        **dict.fromkeys("џђ", "дш"),
        "я": "иа",
        "ю": "иу",
        "ў": "у",
        "ѳ": "ф",
        "ґ": "г",
        "љ": "л",
        "њ": "н",
        "ь": "",
        "ъ": "",
    }
)
_VOWELS = "аеиоу"
_REPEATED = re.compile(r"([^\W\d_])\1+")


def _once(letters: re.Match[str]) -> str:
    """A letter instead of two, unless no vowel is near: ЦКК is not ЦК."""
    around = f"{letters.string[letters.start() - 1 : letters.start()]}{letters[1]}"
    near = any(
        sound in _VOWELS for sound in around + letters.string[letters.end() : letters.end() + 1]
    )
    return letters[1] if near else letters[0]


_MERGERS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_REPEATED, _once),
    (re.compile("т[сц]"), "ц"),
    (re.compile("тш"), "ш"),
    (re.compile("ио"), "е"),  # ё is io, jo, yo and, after a hissing letter, o or e
    (re.compile("и(?=[аеоу])"), ""),
    (re.compile("шо"), "ше"),
    (_REPEATED, _once),
)


def _sounds(word: str) -> str:
    """A folded word with its Latin letters written as the Cyrillic ones that they stand for."""
    if not _LATIN.search(word):
        return word
    if not _GERMAN.search(word):
        word = (_J if _FRENCH.search(word) else _J_AS_ZH).sub("ш", word)
    for spelling, sound in _SPELLINGS:
        word = spelling.sub(sound, word)
    return word.translate(_LETTERS)


def skeleton(name: str) -> str:
    """One key for all transliterations of a name or title: Троцкий, Trotsky, Trotzki, Trockij.

    Words stay apart and in order. It is for comparison only: names that it makes one are likely
    to be the same, and names that it keeps apart may still be. Linear; its own skeleton.
    """
    hissing = _HISSING.sub("ш", _decompose(_decompose(name).casefold()))
    words = [_sounds(word) for word in fold(hissing).replace("-", " ").split()]
    letters = " ".join(words).translate(_ALIKE)
    for sounds, sound in _MERGERS:
        letters = sounds.sub(sound, letters)
    return " ".join(letters.split())
