import csv
import json
import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from catalogue.references import repositories, words
from catalogue.references.repositories import Archive
from catalogue.references.tables import rows
from tests.conftest import skip_here_but_fail_in_ci

TABLE = repositories.TABLE
REGIONAL = ["da-odesa", "ga-tatarstan", "fsb-mari-el", "mvd-perm", "pa-tula", "kgb-brest"]
SHARED = Path(__file__).parents[3] / "shared" / "references" / "references.tsv"


def keys_in(text: str) -> list[tuple[str, ...]]:
    return [found.keys for found in TABLE.find(text)]


def names_in(text: str) -> list[str]:
    return [found.name for found in TABLE.find(text)]


# --- the tables ---


def test_every_archive_has_a_name():
    assert [archive.key for archive in TABLE.archives if not archive.names] == []


def test_every_name_is_of_a_known_archive():
    known = {archive.key for archive in TABLE.archives}
    assert {row["archive"] for row in rows("names")} - known <= {""}


def test_every_archive_stands_once_in_the_table():
    counted = Counter(row["archive"] for row in rows("archives"))
    assert [key for key, times in counted.items() if times > 1] == []


def test_names_stand_together_by_archive():
    groups = [key for key, _ in groupby(row["archive"] for row in rows("names"))]
    assert len(groups) == len(set(groups))


def test_no_name_stands_twice_under_one_archive():
    counted = Counter((row["archive"], row["name"], row["language"]) for row in rows("names"))
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_name_is_in_the_one_script_of_its_language():
    cyrillic = {"ru", "uk", "be", "kk", "ky", "tg", "bg"}
    for row in rows("names"):
        assert not re.search(
            r"[А-яЁёІіЇїЄєҐґЎў].*[A-Za-z]|[A-Za-z].*[А-яЁёІіЇїЄєҐґЎў]", row["name"]
        )
        if row["language"] != "uz":
            assert bool(re.search("[А-яІі]", row["name"])) == (row["language"] in cyrillic), row


def test_every_name_tells_its_script():
    assert {name.script for archive in TABLE.archives for name in archive.names} == {
        "Cyrl",
        "Latn",
        "Geor",
        "Armn",
    }


def test_no_name_ends_before_it_begins():
    for archive in TABLE.archives:
        for name in archive.names:
            if name.first and name.last:
                assert 1700 < name.first <= name.last < 2030, name


def test_every_succession_joins_known_archives():
    known = {archive.key for archive in TABLE.archives}
    for succession in TABLE.successions:
        assert {succession.earlier, succession.later} <= known
        assert succession.kind in ("succeeded", "merged", "divided")
        assert succession.numbering in ("", "kept", "prefixed", "changed")


def test_no_archive_succeeds_itself():
    for archive in TABLE.archives:
        assert archive.key not in TABLE.earlier(archive.key)


def test_every_name_is_found_whole_and_means_its_archive():
    named = {(row["archive"], row["name"]) for row in rows("names") if row["archive"]}
    named |= {(key, name.text) for key in REGIONAL for name in TABLE.get(key).names}
    assert len(named) > 4000
    assert [(key, name) for key, name in named if key not in TABLE.exact(name)] == []


def test_an_archive_of_a_region_is_found_by_every_form_of_the_region():
    regional = [archive for archive in TABLE.archives if archive.key.startswith(("ga-", "da-"))]
    assert len(regional) > 120
    for archive in regional:
        name = archive.names[-1].text
        assert archive.key in TABLE.exact(name), name


# --- what a name is found as ---


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("РГАСПИ. Ф. 17", "rgaspi"),
        ("РГАCПИ. Ф. 17", "rgaspi"),  # a Latin C
        ("Р.Г.А.С.П.И. Ф. 17", "rgaspi"),
        ("РГАС\u00adПИ. Ф. 17", "rgaspi"),
        ("РГАС\u00ad\n  ПИ. Ф. 17", "rgaspi"),
        ("12РГАСПИ. Ф. 17", "rgaspi"),
        ("ргаспи ф. 17", "rgaspi"),
        ("Rgaspi (Moscou), 17/3/384", "rgaspi"),
        ("РДАСПІ, ф. 17", "rgaspi"),
        ("RTsKhIDNI, f. 17", "rtskhidni"),
        ("RTSKHIDNI, f. 17", "rtskhidni"),
        ("RCChIDNI, f. 17", "rtskhidni"),
        ("RZChIDNI, f. 17", "rtskhidni"),
        ("RCHIDNI, f. 17", "rtskhidni"),
        ("Ц.П.А. И.М.Л., ф. 17", "tspa-iml"),
        ("TsPA IML, f. 17", "tspa-iml"),
        ("ZPA IML, f. 17", "tspa-iml"),
        ("CPA IML, f. 17", "tspa-iml"),
        ("ГА РФ. Ф. 9401", "garf"),
        ("ГА\u00a0РФ. Ф. 9401", "garf"),
        ("AWP RF, f. 06", "avp-rf"),
        ("AVPRF f. 0100", "avp-rf"),
        ("OP PГБ. Ф. 223", "or-rgb"),
        ("ZGAOR SSSR, f. 5446", "tsgaor"),
        ("CGAOR SSSR, f. 5446", "tsgaor"),
        ("ЦДIАК України, ф. 442", "tsdiak"),
        ("TsDAHO Ukraïny, f. 1", "tsdaho"),
        ("ЦДІА України, м. Львів, ф. 201", "tsdial"),
        ("саме в ЦДАВО України, ф. 2", "tsdavo"),
        ("в Центральном партийном архиве", "tspa-iml"),
        ("из Государственного архива\nРоссийской Федерации", "garf"),
        ("из Госуда\u0301рственного архива Российской Федерации", "garf"),
        ("ГОСУДАРСТВЕННЫЙ АРХИВ РОССИЙСКОЙ ФЕДЕРАЦИИ", "garf"),
        ("the State Archives of the\n   Russian Federation", "garf"),
        ("STATE ARCHIVE OF THE RUSSIAN FEDERATION", "garf"),
        ("aux archives d’État de la Fédération de Russie", "garf"),
        ("im Staatsarchiv der Russischen Föderation", "garf"),
        ("Rossiiskii gosudarstvennyi arkhiv ekonomiki", "rgae"),
        ("Rossiyskiy gosudarstvennyy arkhiv ekonomiki", "rgae"),
        ("Rossijskij gosudarstvennyj archiv ėkonomiki", "rgae"),
        ("Central Archives of Russian Ministry of Defense", "tsamo"),
        ("Central Archive of the Ministry of Defence", "tsamo"),
        ("Archive Centrale du Parti, Institut du Marxisme-Léninisme", "tspa-iml"),
        ("у Державному архіві Одеської обл.", "da-odesa"),
        ("Держархів Одеської області", "da-odesa"),
        ("Derzhavnyi arkhiv Odes'koi oblasti", "da-odesa"),
        ("Deržavnyj archiv Odesʹkoji oblasti", "da-odesa"),
        ("State Archives of the Odessa Region", "da-odesa"),
        ("Archives d’État de la région d’Odessa", "da-odesa"),
        ("State Archive of Chernihiv Oblast", "da-chernihiv"),
        ("State Archive of Chernivtsi Oblast", "da-chernivtsi"),
        ("Государственный архив Свердловской области", "ga-sverdlovsk"),
        ("ГА Свердловской обл.", "ga-sverdlovsk"),
        ("State Archive of the Republic of Mari El", "ga-mari-el"),
        ("Архив УФСБ РФ по Республике Марий Эл", "fsb-mari-el"),
        ("НГАБ, ф. 694", "nhab"),
        ("საისტორიო არქივი", "sssa"),
    ],
)
def test_a_name_is_found_however_it_is_written(text, key):
    assert keys_in(text) == [(key,)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("см. РГАСПИ. Ф. 17; АП РФ. Ф. 3.", ["РГАСПИ", "АП РФ"]),
        ("Держархів Одеської обл., ф. 3", ["Держархів Одеської обл."]),
        ("ЦПА ИМЛ при ЦК КПСС. Ф. 17", ["ЦПА ИМЛ при ЦК КПСС"]),
        ("ЦГАИПД СПб. Ф. 24", ["ЦГАИПД СПб"]),
        ("the State Archive of\n Ukrainian exiles; the Party\n Archive", []),
        ("Central\n Party Archive, f. 1", ["Central\n Party Archive"]),
        ("du RGASPI et de l’APRF", ["RGASPI", "APRF"]),
        ("ЦА ФСБ/АП РФ", ["ЦА ФСБ", "АП РФ"]),
        ("Р.Г.А.Э. Ф. 1", ["Р.Г.А.Э."]),
        ("(RGASPI)", ["RGASPI"]),
    ],
)  # fmt: skip
def test_a_name_is_as_printed_and_where_it_stands(text, printed):
    found = list(TABLE.find(text))
    assert [name.name for name in found] == printed
    assert [text[name.start : name.end] for name in found] == printed


def test_footnotes_of_six_languages_name_their_archives():
    footnotes = [
        "Троцкий Л. Д. Письмо // РГАСПИ. Ф. 17. Оп. 2. Д. 685. Л. 53–68; ЦА ФСБ. Ф. 3. Оп. 5.",
        "ЦДАГО України, ф. 1, оп. 20, спр. 4172, арк. 5–6 зв.; ГДА СБУ, ф. 16, оп. 1, спр. 3.",
        "НАРБ, ф. 4п, воп. 1, спр. 5, арк. 6; ДАМн, ф. 1, воп. 2, спр. 3.",
        "Trotsky to the Central Committee, RGASPI, f. 17, op. 2, d. 685; GARF 3316.2.2016.1–8.",
        "Voir CRCEDHC, fonds 495, dossier 1; RGALI, f. 1604, op. 1; Archives du FSB, P-123.",
        "Brief an Stalin, RCChIDNI, f. 558, op. 11, d. 8, Bl. 4; Zentrales Parteiarchiv, F. 17.",
    ]
    assert [names_in(footnote) for footnote in footnotes] == [
        ["РГАСПИ", "ЦА ФСБ"],
        ["ЦДАГО України", "ГДА СБУ"],
        ["НАРБ", "ДАМн"],
        ["RGASPI", "GARF"],
        ["CRCEDHC", "RGALI", "Archives du FSB"],
        ["RCChIDNI", "Zentrales Parteiarchiv"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Only the era of the RA; garo is nothing.",
        "I saw ERA and RA in the text, LYA and TLA too, and LVA.",
        "GATO and DAKO are words in other languages; so is camo.",
        "He was at Pushkin House in the special archives of the mind.",
    ],
)
def test_prose_holds_weak_names_only(text):
    assert all(found.weak for found in TABLE.find(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Central Committee met in the era of the state; an archive of letters, or a region.",
        "Центральный Комитет обсудил вопрос. Государственный план был принят, область росла.",
        "Le Comité central de l’État russe, les archives de Moscou et celles du parti.",
        "BArch, R 43-I/161, fol. 91; TNA, FO 371/1234; AN, F7 12882; IOR/F/4/1797; Add MS 23398.",
        "https://rgaspiorg.example/x",
    ],
)
def test_prose_and_other_schemes_hold_no_name(text):
    assert names_in(text) == []


# --- ambiguity ---


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("ГАРО", {"ga-rostov", "ga-ryazan", "da-rivne"}),
        ("ГАТО", {"ga-tambov", "ga-tver", "ga-tomsk", "ga-tula", "ga-tyumen", "da-ternopil"}),
        ("ДАКО", {"da-kyiv-oblast", "da-kirovohrad"}),
        ("DAKO", {"da-kyiv-oblast", "da-kirovohrad"}),
        ("ДАЧО", {"da-cherkasy", "da-chernihiv", "da-chernivtsi"}),
        ("НА РК", {"ga-karelia", "ga-komi", "ga-kalmykia", "na-rk-kz"}),
        ("ЦДІА України", {"tsdiak", "tsdial"}),
        ("ЛГИА", {"tsgia-spb", "lvva", "lvia"}),
    ],
)  # fmt: skip
def test_a_name_of_several_archives_means_all_of_them(name, keys):
    assert set(TABLE.exact(name)) == keys


def test_a_name_shared_by_many_is_narrowed_by_a_longer_one():
    assert len(TABLE.exact("ЦГИА")) > 5
    assert TABLE.exact("ЦГИА СПб") == ("tsgia-spb",)
    assert TABLE.exact("ЦГИА СССР") == ("rgia",)


def test_the_form_of_a_name_is_known_where_the_archive_is_not():
    found = next(TABLE.find("Государственный архив Зареченской области. Ф. 3"))
    assert (found.name, found.keys) == ("Государственный архив Зареченской области", ())


def test_exact_wants_the_whole_string():
    assert TABLE.exact(" РГАСПИ. ") == ("rgaspi",)
    assert TABLE.exact("РГАСПИ и ГАРФ") == ()
    assert TABLE.exact("") == ()


# --- archives through time ---


def test_an_archive_is_printed_in_the_language_asked_for():
    rgaspi = TABLE.get("rgaspi")
    assert rgaspi.name("ru") == "РГАСПИ"
    assert rgaspi.name("en") == "Russian State Archive of Socio-Political History"
    assert rgaspi.name("en", "abbreviation") == "RGASPI"
    assert rgaspi.name("uk") == "РДАСПІ"
    assert rgaspi.name("kk") == "РГАСПИ"
    assert rgaspi.name("nl") == "RGASPI"
    assert rgaspi.name() == "РГАСПИ"


def test_a_former_name_is_not_the_one_printed():
    assert TABLE.get("rgali").name("ru") == "РГАЛИ"
    assert TABLE.get("da-odesa").name("uk") == "ДАОО"


def test_the_holdings_of_the_party_archive_are_followed_to_today():
    assert TABLE.lineage("rgaspi")[0] == "rgaspi"
    assert {"rtskhidni", "tspa-iml", "tskhdmo", "tsa-vlksm"} <= set(TABLE.earlier("rgaspi"))
    assert TABLE.later("tspa-iml") == ("rtskhidni", "rgaspi")
    assert [archive.key for archive in TABLE.today("tspa-iml")] == ["rgaspi"]


def test_an_archive_that_exists_is_its_own_today():
    assert TABLE.today("garf") == (TABLE.get("garf"),)


def test_holdings_that_were_divided_are_in_several_archives_today():
    assert {archive.key for archive in TABLE.today("rgnta")} == {"rgantd", "rga-samara"}


def test_whether_numbers_were_kept_is_said_only_where_it_is_known():
    (succession,) = TABLE.after("tsgaor")
    assert (succession.later, succession.year, succession.numbering) == ("garf", 1992, "prefixed")
    assert [succession.numbering for succession in TABLE.after("tspa-iml")] == [""]


# --- names of the catalogue's own ---


def test_names_are_added_to_archives_old_and_new():
    extended = TABLE.with_names([("rgaspi", "Партийный архив на Дмитровке"), ("mine", "МОЙАРХ")])
    assert extended.exact("партийного архива на Дмитровке") == ("rgaspi",)
    assert extended.exact("МОЙАРХ") == extended.exact("MOIARKh") == ("mine",)
    assert extended.exact("РГАСПИ") == ("rgaspi",)
    assert extended.get("mine") == Archive("mine", extended.get("mine").names)
    assert TABLE.exact("МОЙАРХ") == ()


def test_a_name_added_to_another_archive_becomes_ambiguous():
    extended = TABLE.with_names([("mine", "РГАСПИ")])
    assert extended.exact("РГАСПИ") == ("rgaspi", "mine")
    assert TABLE.exact("РГАСПИ") == ("rgaspi",)


@pytest.mark.parametrize("name", ["", "—", "1917", "{ru_RU}", "* *", "{", "*", "ab{c}d*e", "Ъ ь"])
def test_names_of_any_signs_can_be_added(name):
    extended = TABLE.with_names([("mine", name)])
    assert all(found.keys == ("mine",) for found in extended.find(f"Письма {name} и дневники"))
    assert extended.exact("РГАСПИ") == ("rgaspi",)


def test_an_added_name_of_one_word_is_weak():
    extended = TABLE.with_names([("mine", "Библиотека"), ("mine", "МОЙАРХ")])
    assert [found.weak for found in extended.find("Библиотека и МОЙАРХ")] == [True, False]


# --- hostile texts ---


@pytest.mark.parametrize(
    "piece",
    ["A", "ЦГА ", "ЦГАОР и ", "A.", "а\u00ad", "'", "State Archive of the ", "Государственный "],
)
def test_words_are_read_a_bounded_number_of_times_each(piece, monkeypatch):
    text = piece * (10_000 // len(piece))
    read: list[str] = []

    def count(printed):
        read.append(printed)
        return words.read_word(printed)

    monkeypatch.setattr("catalogue.references.names.read_word", count)
    for found in TABLE.find(text):
        assert found.end > found.start
    assert len(read) <= 8 * len(words.WORD.findall(text))


def test_no_more_words_are_remembered_than_a_book_has():
    remembered = words.read_word.cache_info().maxsize
    assert remembered is not None
    assert remembered < 20_000


# --- the corpus ---


def test_every_repository_of_the_corpus_is_found_as_printed():
    if not SHARED.exists():
        skip_here_but_fail_in_ci("../shared/references is not beside the checkout")
    with SHARED.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    cited = {
        (line["raw"], reference["repository"])
        for line in lines
        for reference in json.loads(line["refs_json"] or "[]")
        if line["is_fond_scheme"] == "yes" and reference["repository"]
    }
    assert len(cited) > 100
    assert [(raw, name) for raw, name in cited if name not in names_in(raw)] == []
