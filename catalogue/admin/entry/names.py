"""The parts and the script of a name as a heading: offered, never put in unasked."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# ISO 15924, by the first word of what Unicode calls the letters.
SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "ARABIC": "Arab",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "CJK": "Hani", "HIRAGANA": "Hira",
    "KATAKANA": "Kana", "HANGUL": "Hang", "DEVANAGARI": "Deva", "THAI": "Thai",
}  # fmt: skip
# Letters that only one of the languages written with a script has, among those of our readers.
LETTERS = {"uk": "іїєґ", "ru": "ыэъё", "be": "ў", "sr": "ђјљњћџ"}
PATRONYMICS = (
    "ович", "евич", "ьич", "мич", "кич", "овна", "евна", "ична", "инична", "івна", "ївна",
    "ovich", "evich", "ovna", "evna",
)  # fmt: skip
LONGEST = 500


@dataclass(frozen=True)
class Parts:
    """Empty is what the name does not say by itself. `given` includes the patronymic."""

    family: str = ""
    given: str = ""
    patronymic: str = ""
    script: str = ""
    language: str = ""


def read_name(text: str) -> Parts:
    """The parts of a name: only those that its own form tells apart."""
    text = " ".join(text[:LONGEST].split())
    family, given = _family_and_given(text)
    patronymic = next((word for word in given.split() if _is_patronymic(word)), "")
    script = _script(text)
    return Parts(family, given, patronymic, script, _language(text, script))


def _family_and_given(text: str) -> tuple[str, str]:
    """Trotsky, Leon; Троцкий Л. Д.; Л. Д. Троцкий; Лев Давидович Троцкий; else nothing."""
    before, comma, after = text.partition(",")
    if comma:
        return before.strip(), after.partition(",")[0].strip()
    words = text.replace(".", ". ").split()
    initials = [_is_initial(word) for word in words]
    if not 1 < len(words) < 5 or all(initials):
        return "", ""
    if not initials[0] and all(initials[1:]):
        return words[0], " ".join(words[1:])
    if all(initials[:-1]):
        return words[-1], " ".join(words[:-1])
    if len(words) == 3 and _is_patronymic(words[1]) and not _is_patronymic(words[2]):
        return words[2], " ".join(words[:2])
    if len(words) == 3 and _is_patronymic(words[2]):
        return words[0], " ".join(words[1:])
    return "", ""


def _is_initial(word: str) -> bool:
    letters = word.removesuffix(".")
    return word.endswith(".") and 1 <= len(letters) <= 2 and letters[0].isupper()


def _is_patronymic(word: str) -> bool:
    return len(word) > 5 and word.lower().endswith(PATRONYMICS)


def _script(text: str) -> str:
    """The script of all letters; none where they are of several."""
    found = {
        SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "")
        for letter in text
        if letter.isalpha()
    }
    return found.pop() if len(found) == 1 else ""


def _language(text: str, script: str) -> str:
    """The language, where letters occur that of several only one has."""
    if script != "Cyrl":
        return ""
    lower = set(text.lower())
    found = [language for language, letters in LETTERS.items() if lower & set(letters)]
    return found[0] if len(found) == 1 else ""
