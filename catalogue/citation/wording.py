"""Words of a citation that no CSL locale has, in the languages that we cite in.

They follow the language of the citation, not that of the page round it; so they stand here and not
in a gettext catalogue.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.models.witness import WitnessKind

LANGUAGES = ("en", "fr", "ru")
LOCALES = {"en": "en-US", "fr": "fr-FR", "ru": "ru-RU"}  # language → CSL locale
CYRILLIC = frozenset({"be", "bg", "mk", "ru", "sr", "uk"})


@dataclass(frozen=True)
class Wording:
    """The words of one language. Each ``str`` with braces is a template."""

    hereafter: str  # {name}, {acronym}: the archive, named in full for the first time
    assistant: str  # {name}: who helped the translator
    printed_in_full: str  # {edition}
    printed: str  # {edition}
    translated: str  # {translator}, {edition}
    translation: str  # {edition}: whose translator is not known
    issue: str  # {number}
    page: str  # {pages}: one page
    pages: str  # {pages}
    join: str  # between what was printed and what was translated
    copies: Mapping[str, str]  # kind of witness → what a note calls it


WORDINGS = {
    "en": Wording(
        hereafter="{name} (hereafter cited as {acronym})",
        assistant="with {name}",
        printed_in_full="first printed in full in {edition}",
        printed="first printed in {edition}",
        translated="trans. {translator}, {edition}",
        translation="trans. in {edition}",
        issue="no. {number}",
        page="p. {pages}",
        pages="pp. {pages}",
        join="; ",
        copies={
            WitnessKind.ORIGINAL: "original",
            WitnessKind.AUTOGRAPH: "autograph",
            WitnessKind.DRAFT: "draft",
            WitnessKind.TYPED_COPY: "typed copy",
            WitnessKind.CARBON: "carbon copy",
            WitnessKind.MANUSCRIPT_COPY: "manuscript copy",
            WitnessKind.PHOTOCOPY: "photocopy",
            WitnessKind.MICROFILM: "microfilm",
            WitnessKind.SCAN: "scan",
        },
    ),
    "fr": Wording(
        hereafter="{name} (ci-après {acronym})",
        assistant="avec {name}",
        printed_in_full="première publication intégrale dans {edition}",
        printed="première publication dans {edition}",
        translated="trad. {translator}, {edition}",
        translation="trad. dans {edition}",
        issue="nº {number}",
        page="p. {pages}",
        pages="p. {pages}",
        join="\u00a0; ",
        copies={
            WitnessKind.ORIGINAL: "original",
            WitnessKind.AUTOGRAPH: "autographe",
            WitnessKind.DRAFT: "brouillon",
            WitnessKind.TYPED_COPY: "copie dactylographiée",
            WitnessKind.CARBON: "double au carbone",
            WitnessKind.MANUSCRIPT_COPY: "copie manuscrite",
            WitnessKind.PHOTOCOPY: "photocopie",
            WitnessKind.MICROFILM: "microfilm",
            WitnessKind.SCAN: "numérisation",
        },
    ),
    "ru": Wording(
        hereafter="{name} (далее\u00a0— {acronym})",
        assistant="при участии {name}",
        printed_in_full="впервые полностью опубликовано: {edition}",
        printed="впервые опубликовано: {edition}",
        translated="пер. {translator}: {edition}",
        translation="пер. опубл.: {edition}",
        issue="№ {number}",
        page="с. {pages}",
        pages="с. {pages}",
        join="; ",
        copies={
            WitnessKind.ORIGINAL: "подлинник",
            WitnessKind.AUTOGRAPH: "автограф",
            WitnessKind.DRAFT: "черновик",
            WitnessKind.TYPED_COPY: "машинописная копия",
            WitnessKind.CARBON: "машинописный отпуск",
            WitnessKind.MANUSCRIPT_COPY: "рукописная копия",
            WitnessKind.PHOTOCOPY: "фотокопия",
            WitnessKind.MICROFILM: "микрофильм",
            WitnessKind.SCAN: "цифровая копия",
        },
    ),
}


def citing_language(language: str) -> str:
    """The language to cite in, for readers of any: ``fr-CH`` is ``fr``, ``de`` is ``en``."""
    root = language.partition("-")[0].lower()
    return root if root in LANGUAGES else "en"


def share_script(one: str, other: str) -> bool:
    """Whether two languages are written alike, so that a citation may mix them."""
    return (one.partition("-")[0] in CYRILLIC) == (other.partition("-")[0] in CYRILLIC)
