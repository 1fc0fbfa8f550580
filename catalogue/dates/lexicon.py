"""The words of dates in archival descriptions, by language: data for `tokens`.

A language is one table: a sense, and the words for it. Where the sense is numbered (months,
seasons, parts) the words stand in groups, counted from 1. An underscore joins the words of a
phrase. Words are compared folded: case, accents and the spelling of before 1918 do not matter.
"""

from collections.abc import Mapping
from enum import Enum, auto

from catalogue.text import fold


class Sense(Enum):
    """What a word or sign says in a date."""

    MONTH = auto()  # 1 to 12
    SEASON = auto()  # spring to winter, 1 to 4
    CIRCA = auto()
    DOUBT = auto()
    SINCE = auto()  # not before; also "from", where "to" follows
    UNTIL = auto()  # not after; also "to"
    TO_OR_AT = auto()  # the French "à": "to" after a date, "at" before one
    BEFORE = auto()  # earlier than
    AFTER = auto()  # later than
    BETWEEN = auto()
    AND = auto()
    OR = auto()
    YEAR = auto()
    YEAR_OR_MINUTE = auto()
    DECADE = auto()  # "1920er", and what marks a number as one of a decade
    CENTURY = auto()
    CENTURY_OR_IN = auto()  # the Russian "в", the century after its number and "in" before one
    CENTURY_OR_DECADE = auto()  # "XIXe s." and "1920s"
    ORDINAL_ENDING = auto()  # "8th", "1-я"
    PART = auto()  # early, middle, late
    ORDINAL = auto()  # first to fourth; 5 is the last
    PORTION = auto()  # halves, thirds, quarters
    JULIAN = auto()
    GREGORIAN = auto()
    BEFORE_CHRIST = auto()
    UNDATED = auto()
    PRESENT = auto()
    SILENT = auto()  # articles, days of the week: nothing for a reading
    # Numbers and signs
    NUMBER = auto()
    ROMAN = auto()
    DATE = auto()
    DASH = auto()
    SLASH = auto()
    COMMA = auto()
    OPENING = auto()
    CLOSING = auto()


Groups = tuple[str, ...]

ENGLISH: Mapping[Sense, Groups] = {
    Sense.MONTH: (
        "january jan",
        "february feb febr",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
    Sense.SEASON: ("spring", "summer", "autumn fall", "winter"),
    Sense.CIRCA: ("c ca circa about around approximately approx roughly",),
    Sense.DOUBT: ("probably possibly perhaps uncertain",),
    Sense.SINCE: ("not_before not_earlier_than no_earlier_than since from",),
    Sense.UNTIL: ("not_after not_later_than no_later_than until till to through thru up_to by",),
    Sense.BEFORE: ("before prior_to earlier_than ante",),
    Sense.AFTER: ("after later_than post",),
    Sense.BETWEEN: ("between",),
    Sense.AND: ("and",),
    Sense.OR: ("or",),
    Sense.YEAR: ("year years",),
    Sense.CENTURY: ("century centuries cent",),
    Sense.CENTURY_OR_DECADE: ("s",),
    Sense.ORDINAL_ENDING: ("st nd rd th",),
    Sense.PART: (
        "early beginning beginning_of start_of",
        "mid middle middle_of",
        "late end end_of",
    ),
    Sense.ORDINAL: ("first", "second", "third", "fourth", "last"),
    Sense.PORTION: ("half halves", "thirds", "quarter quarters"),
    Sense.JULIAN: ("o_s old_style julian julian_calendar",),
    Sense.GREGORIAN: ("n_s new_style gregorian gregorian_calendar",),
    Sense.BEFORE_CHRIST: ("bc b_c bce",),
    Sense.UNDATED: ("undated n_d nd no_date without_date date_unknown",),
    Sense.PRESENT: ("present ongoing today",),
    Sense.SILENT: (
        "the of in on dated ad ce monday tuesday wednesday thursday friday saturday sunday",
    ),
}
FRENCH: Mapping[Sense, Groups] = {
    Sense.MONTH: (
        "janvier janv",
        "février févr fév",
        "mars",
        "avril avr",
        "mai",
        "juin",
        "juillet juil",
        "août",
        "septembre sept",
        "octobre oct",
        "novembre nov",
        "décembre déc",
    ),
    Sense.SEASON: ("printemps", "été", "automne", "hiver"),
    Sense.CIRCA: ("vers environ env circa ca",),
    Sense.DOUBT: ("probablement sans_doute peut-être",),
    Sense.SINCE: ("depuis à_partir_de à_partir_du à_partir_d pas_avant dès non_avant",),
    Sense.TO_OR_AT: ("à au a",),
    Sense.UNTIL: ("jusqu_en jusqu_au jusqu_à jusqu_aux pas_après au_plus_tard jusque",),
    Sense.BEFORE: ("avant",),
    Sense.AFTER: ("après",),
    Sense.BETWEEN: ("entre",),
    Sense.AND: ("et",),
    Sense.OR: ("ou",),
    Sense.YEAR: ("année an",),
    Sense.DECADE: ("années",),
    Sense.CENTURY: ("siècle siècles",),
    Sense.CENTURY_OR_DECADE: ("s",),
    Sense.ORDINAL_ENDING: ("er re e ème ième nd nde",),
    Sense.PART: ("début", "milieu mi", "fin"),
    Sense.ORDINAL: (
        "premier première",
        "deuxième second seconde",
        "troisième",
        "quatrième",
        "dernier dernière",
    ),
    Sense.PORTION: ("moitié", "tiers", "quart"),
    Sense.JULIAN: ("ancien_style vieux_style calendrier_julien julien",),
    Sense.GREGORIAN: ("nouveau_style calendrier_grégorien grégorien",),
    Sense.BEFORE_CHRIST: ("av_j_c avant_j_c avant_jésus_christ",),
    Sense.UNDATED: ("s_d sd sans_date non_daté non_datée non_datés non_datées",),
    Sense.PRESENT: ("aujourd_hui à_nos_jours nos_jours",),
    Sense.SILENT: (
        "le la les l de du des d en ap_j_c lundi mardi mercredi jeudi vendredi samedi dimanche",
    ),
}
GERMAN: Mapping[Sense, Groups] = {
    Sense.MONTH: (
        "januar jänner jan",
        "februar feber feb febr",
        "märz maerz mrz",
        "april apr",
        "mai",
        "juni jun",
        "juli jul",
        "august aug",
        "september sept sep",
        "oktober okt",
        "november nov",
        "dezember dez",
    ),
    Sense.SEASON: ("frühling frühjahr", "sommer", "herbst", "winter"),
    Sense.CIRCA: ("um ca zirka circa etwa gegen ungefähr",),
    Sense.DOUBT: ("wohl vermutlich wahrscheinlich vielleicht",),
    Sense.SINCE: ("nicht_vor seit ab frühestens",),
    Sense.UNTIL: ("nicht_nach bis bis_zum spätestens",),
    Sense.BEFORE: ("vor",),
    Sense.AFTER: ("nach",),
    Sense.BETWEEN: ("zwischen",),
    Sense.AND: ("und u",),
    Sense.OR: ("oder od",),
    Sense.YEAR: ("jahr jahres",),
    Sense.DECADE: ("er er_jahre er_jahren er_jahres",),
    Sense.CENTURY: ("jahrhundert jahrhunderts jahrhunderte jh jhs jhd jhdt jahrh",),
    Sense.ORDINAL_ENDING: ("te ten ter",),
    Sense.PART: ("anfang beginn frühes frühen", "mitte", "ende spätes späten"),
    Sense.ORDINAL: (
        "erste ersten erstes",
        "zweite zweiten zweites",
        "dritte dritten drittes",
        "vierte vierten viertes",
        "letzte letzten letztes",
    ),
    Sense.PORTION: ("hälfte", "drittel", "viertel"),
    Sense.JULIAN: ("a_st alten_stils julianisch",),
    Sense.GREGORIAN: ("n_st neuen_stils gregorianisch",),
    Sense.BEFORE_CHRIST: ("v_chr vor_christus",),
    Sense.UNDATED: ("o_d o_j ohne_datum ohne_jahr undatiert",),
    Sense.PRESENT: ("heute",),
    Sense.SILENT: (
        "der des dem den die das im in am vom von n_chr"
        " montag dienstag mittwoch donnerstag freitag samstag sonntag",
    ),
}
RUSSIAN: Mapping[Sense, Groups] = {
    Sense.MONTH: (
        "январь января январе янв",
        "февраль февраля феврале февр фев",
        "март марта марте мар",
        "апрель апреля апреле апр",
        "май мая мае",
        "июнь июня июне июн",
        "июль июля июле июл",
        "август августа августе авг",
        "сентябрь сентября сентябре сент сен",
        "октябрь октября октябре окт",
        "ноябрь ноября ноябре нояб ноя",
        "декабрь декабря декабре дек",
    ),
    Sense.SEASON: (
        "весна весны весной весною весне",
        "лето лета летом лету",
        "осень осени осенью",
        "зима зимы зимой зимою зиме",
    ),
    Sense.CIRCA: ("ок около примерно приблизительно прибл",),
    Sense.DOUBT: ("вероятно возможно предположительно",),
    Sense.SINCE: ("не_ранее не_раньше с со начиная_с",),
    Sense.UNTIL: ("не_позднее не_позже до по",),
    Sense.BEFORE: ("ранее раньше",),
    Sense.AFTER: ("после позднее позже",),
    Sense.BETWEEN: ("между",),
    Sense.AND: ("и",),
    Sense.OR: ("или",),
    Sense.YEAR: ("г гг год года году годы годов годах",),
    Sense.DECADE: ("е х",),
    Sense.CENTURY: ("вв век века веке веков веках столетия столетие",),
    Sense.CENTURY_OR_IN: ("в во",),
    Sense.ORDINAL_ENDING: ("й я го ая ый ой",),
    Sense.PART: (
        "начало начала начале нач",
        "середина середины середине сер",
        "конец конца конце кон",
    ),
    Sense.ORDINAL: (
        "первая первой первый",
        "вторая второй",
        "третья третьей третий",
        "четвертая четвертой четвертый",
        "последняя последней последний",
    ),
    Sense.PORTION: ("половина половины половине пол", "треть трети", "четверть четверти четв"),
    Sense.JULIAN: ("ст_ст ст_стиль ст_стиля старого_стиля старый_стиль по_ст_ст по_старому_стилю",),
    Sense.GREGORIAN: ("н_ст нов_ст нового_стиля новый_стиль по_н_ст по_новому_стилю",),
    Sense.BEFORE_CHRIST: ("до_н_э",),
    Sense.UNDATED: ("б_д бд без_даты не_датировано дата_не_установлена б_г без_года",),
    Sense.PRESENT: ("настоящее_время н_в по_настоящее_время",),
    Sense.SILENT: (
        "на н_э дата датировано понедельник вторник среда четверг пятница суббота воскресенье",
    ),
}
UKRAINIAN: Mapping[Sense, Groups] = {
    Sense.MONTH: (
        "січень січня січні січ", "лютий лютого лютому лют", "березень березня березні берез бер",
        "квітень квітня квітні квіт", "травень травня травні трав", "червень червня червні черв",
        "липень липня липні лип", "серпень серпня серпні серп",
        "вересень вересня вересні верес вер",
        "жовтень жовтня жовтні жовт", "листопад листопада листопаді лист",
        "грудень грудня грудні груд",
    ),
    Sense.SEASON: (
        "весна весни навесні", "літо літа влітку", "осінь осені восени", "зима зими взимку",
    ),
    Sense.CIRCA: ("близько бл біля приблизно орієнтовно",),
    Sense.DOUBT: ("імовірно ймовірно можливо",),
    Sense.SINCE: ("не_раніше не_раніш від з із",),
    Sense.UNTIL: ("не_пізніше не_пізніш до по",),
    Sense.BEFORE: ("раніше перед",),
    Sense.AFTER: ("після пізніше",),
    Sense.BETWEEN: ("між",),
    Sense.AND: ("і й та",),
    Sense.OR: ("або чи",),
    Sense.YEAR: ("р рр рік року році роки років роках",),
    Sense.DECADE: ("ті тих і_рр х_рр х_роках х_років ті_рр ті_роки",),
    Sense.CENTURY: ("ст століття столітті століть вік",),
    Sense.CENTURY_OR_IN: ("в",),
    Sense.ORDINAL_ENDING: ("й я го га ша",),
    Sense.PART: ("початок початку поч", "середина середини середині сер", "кінець кінця кінці кін"),
    Sense.ORDINAL: (
        "перша першої перший", "друга другої другий", "третя третьої третій",
        "четверта четвертої", "остання останньої",
    ),
    Sense.PORTION: ("половина половини половині пол", "третина третини", "чверть чверті"),
    Sense.JULIAN: ("ст_ст за_ст_ст старого_стилю за_старим_стилем",),
    Sense.GREGORIAN: ("н_ст за_н_ст нового_стилю за_новим_стилем",),
    Sense.BEFORE_CHRIST: ("до_н_е",),
    Sense.UNDATED: ("б_д без_дати не_датовано",),
    Sense.PRESENT: ("дотепер",),
    Sense.SILENT: ("у на н_е дата понеділок вівторок середа четвер п’ятниця субота неділя",),
}  # fmt: skip

LANGUAGES: Mapping[str, Mapping[Sense, Groups]] = {
    "en": ENGLISH,
    "fr": FRENCH,
    "de": GERMAN,
    "ru": RUSSIAN,
    "uk": UKRAINIAN,
}
Meaning = tuple[Sense, int]


def _meanings(table: Mapping[Sense, Groups]) -> dict[str, Meaning]:
    """Folded word or phrase → what it says."""
    return {
        " ".join(fold(word) for word in phrase.split("_")): (sense, number)
        for sense, groups in table.items()
        for number, group in enumerate(groups, start=1)
        for phrase in group.split()
    }


_BY_LANGUAGE = {language: _meanings(table) for language, table in LANGUAGES.items()}


def _shared() -> dict[str, set[Meaning]]:
    found: dict[str, set[Meaning]] = {}
    for meanings in _BY_LANGUAGE.values():
        for phrase, meaning in meanings.items():
            found.setdefault(phrase, set()).add(meaning)
    return found


_SHARED = _shared()
LONGEST_PHRASE = max(phrase.count(" ") + 1 for phrase in _SHARED)


def senses(phrase: str, language: str = "") -> frozenset[Meaning]:
    """What a folded phrase may say: in `language` if it has the phrase, else in any."""
    known = _BY_LANGUAGE.get(language, {}).get(phrase)
    return frozenset((known,)) if known else frozenset(_SHARED.get(phrase, ()))
