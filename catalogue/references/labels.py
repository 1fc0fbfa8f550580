"""What each notation calls the levels of a reference."""

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = frozenset({"repository", "fond", "opis", "delo", "folios"})


@dataclass(frozen=True)
class Labels:
    """What one notation calls the levels, and how it prints the keys of `Reference.aux`."""

    fond: str
    opis: str
    delo: str
    leaf: str
    leaves: str
    language: str
    before_delo: Mapping[str, str]
    after_delo: Mapping[str, str]
    at_end: Mapping[str, str]

    @property
    def carries(self) -> frozenset[str]:
        return LEVELS.union({"fond_name"}, self.before_delo, self.after_delo, self.at_end)


_AT_END = {"extent": "{}"}
_RUSSIAN_END = {"extent": "{}", "copy_note": "{}"}
RUSSIAN = Labels(
    fond="ф.", opis="оп.", delo="д.", leaf="л.", leaves="л.", language="ru",
    before_delo={"sviazka": "св. {}", "papka": "п. {}", "karton": "картон {}", "year": "{} г."},
    after_delo={"volume": "т. {}", "part": "ч. {}"},
    at_end=_RUSSIAN_END,
)  # fmt: skip
UKRAINIAN = Labels(
    fond="ф.", opis="оп.", delo="спр.", leaf="арк.", leaves="арк.", language="uk",
    before_delo={
        "sviazka": "зв’язка {}", "papka": "папка {}", "karton": "картон {}", "year": "{} р.",
    },
    after_delo={"volume": "т. {}", "part": "ч. {}"},
    at_end=_RUSSIAN_END,
)  # fmt: skip
_ENGLISH_BEFORE = {
    "sviazka": "sviazka {}",
    "papka": "papka {}",
    "karton": "karton {}",
    "year": "{}",
}
_ENGLISH_AFTER = {"volume": "vol. {}", "part": "pt. {}"}
ENGLISH = Labels(
    fond="fond", opis="opis", delo="delo", leaf="list", leaves="listy", language="en",
    before_delo=_ENGLISH_BEFORE, after_delo=_ENGLISH_AFTER, at_end=_AT_END,
)  # fmt: skip
ENGLISH_SHORT = Labels(
    fond="f.", opis="op.", delo="d.", leaf="l.", leaves="ll.", language="en",
    before_delo=_ENGLISH_BEFORE, after_delo=_ENGLISH_AFTER, at_end=_AT_END,
)  # fmt: skip
FRENCH = Labels(
    fond="fonds", opis="inventaire", delo="dossier", leaf="fol.", leaves="fol.", language="fr",
    before_delo={
        "sviazka": "sviazka {}", "papka": "chemise {}", "karton": "carton {}", "year": "{}",
    },
    after_delo={"volume": "vol. {}", "part": "partie {}"},
    at_end=_AT_END,
)  # fmt: skip
GERMAN = Labels(
    fond="Fond", opis="Opis", delo="Delo", leaf="Bl.", leaves="Bl.", language="de",
    before_delo={"sviazka": "Bündel {}", "papka": "Papka {}", "karton": "Karton {}", "year": "{}"},
    after_delo={"volume": "Bd. {}", "part": "Teil {}"},
    at_end=_AT_END,
)  # fmt: skip
