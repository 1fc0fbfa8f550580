"""Languages by their ISO 639 codes, and by name in the language of the reader."""

from collections.abc import Mapping

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

# ISO 639-1, and the other codes that descriptions use for the same language.
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "ar": ("ara",), "az": ("aze",), "be": ("bel",), "bg": ("bul",), "cs": ("ces", "cze"),
    "da": ("dan",), "de": ("deu", "ger"), "el": ("ell", "gre"), "en": ("eng",), "es": ("spa",),
    "et": ("est",), "fa": ("fas", "per"), "fi": ("fin",), "fr": ("fra", "fre"), "he": ("heb",),
    "hr": ("hrv",), "hu": ("hun",), "hy": ("hye", "arm"), "it": ("ita",), "ja": ("jpn",),
    "ka": ("kat", "geo"), "kk": ("kaz",), "ko": ("kor",), "lt": ("lit",), "lv": ("lav",),
    "nl": ("nld", "dut"), "pl": ("pol",), "pt": ("por",), "ro": ("ron", "rum"), "ru": ("rus",),
    "sk": ("slk", "slo"), "sl": ("slv",), "sr": ("srp",), "sv": ("swe",), "tr": ("tur",),
    "tt": ("tat",), "uk": ("ukr",), "uz": ("uzb",), "vi": ("vie",), "zh": ("zho", "chi"),
}  # fmt: skip
_UNNAMED = {"zh": _("Chinese")}  # Django names only its two scripts
_KNOWN = {other: code for code, others in LANGUAGES.items() for other in others}


def name(code: str) -> str:
    """The name of a language for the reader; the code itself where nobody knows its name."""
    known = _KNOWN.get(code, code)
    if known in _UNNAMED:
        return str(_UNNAMED[known])
    try:
        return str(get_language_info(known)["name_translated"])
    except KeyError:
        return code


def choices() -> list[tuple[str, str]]:
    """Languages by name, in the order of the names."""
    return sorted(((code, name(code)) for code in LANGUAGES), key=lambda pair: pair[1].casefold())


def codes(language: str) -> tuple[str, ...]:
    """All codes that mean one language."""
    return (language, *LANGUAGES.get(language, ()))
