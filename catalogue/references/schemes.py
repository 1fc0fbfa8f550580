"""References of other schemes, recognised so that they are not misread; kept whole."""

import re

_TABLE = (
    # Bundesarchiv: "BArch, R 43-I/161, fol. 91"; SAPMO: "BArch, DY 30/3456".
    (
        "bundesarchiv",
        r"(?:BArch|BA(?:rch)?[-\s](?:MA|SAPMO)|Bundesarchiv(?:\s\([A-Z][\w\s-]{1,20}\))?|SAPMO[-\s]?BArch|BArchP?|SAPMO)"
        r"[\s,:]{1,3}(?:[A-Z]{1,4}\s?[0-9]{1,5}|Bild\s[0-9])[^;\n]{0,80}?(?=[.;]\s|[.;]?$|\n|;)",
    ),
    # Politisches Archiv des Auswärtigen Amts: "PA AA, RZ 206, R 103295".
    ("pa-aa", r"PA\s?-?AA[,\s]{1,3}[A-Z][^;\n]{0,80}?(?=[.;]\s|[.;]?$|\n|;)"),
    # India Office Records at the British Library: "IOR/L/PS/9/68/48".
    ("ior", r"IOR(?:[/:][A-Z0-9]{1,8}){2,8}"),
    # The National Archives of the United Kingdom: "FO 371/12345", "TNA: CAB 24/160".
    (
        "tna",
        r"(?:(?:TNA|PRO|The\sNational\sArchives)[\s,:]{1,3}(?:PRO\s)?)?"
        r"(?:ADM|AIR|BT|CAB|CO|DO|FCO|FO|GFM|HO|HS|HW|INF|KV|LAB|MEPO|POWE|PREM|PROB|RG|SP|T|WO)"
        r"\s[0-9]{1,4}/[0-9]{1,6}(?:/[0-9]{1,5})?(?:,?\s(?:ff?|pp?|fol)\.\s?[0-9]{1,5}(?:-[0-9]{1,5})?)?",
    ),
    # Archives nationales de France: "AF IV 960 Dr 119", "F7 12882 et 12883", "AN, 19940500/12".
    (
        "an-fr",
        r"(?:(?:AN|Arch\.\snat\.|Archives\snationales|CARAN|SHD|AMAE|CADN)[\s,:]{1,3})?"
        r"(?:A[BFP]\s?[IVX]{1,4}\s[0-9]{1,5}|F\s?/?7[\s,/]{1,2}[0-9]{4,5}|BB\s?/?[0-9]{1,2}[\s/][0-9]{1,5}|"
        r"[0-9]{1,3}\s(?:AP|AS|AJ|MI)\s?[0-9/]{1,8}|(?<=\s)1?9[0-9]{6,8}/[0-9]{1,4})"
        r"(?:\set\s[0-9]{1,6})?(?:,?\sDr\.?\s[0-9]{1,5})?",
    ),
    # American manuscript collections: "Box 3, folder 2".
    (
        "box-folder",
        r"(?:Box|Portfolio|Carton|Reel|Container)\s[0-9]{1,4}[A-Z]?[,:;/]?\s{1,2}(?:[Ff]older|[Ff]ile|[Ff]\.|[Ff]ldr\.?)\s{0,2}[0-9]{1,5}(?:-[0-9]{1,5})?",
    ),
    ("box-folder", r"(?:box|carton)\s[0-9]{1,4},?\s(?:folder|file)\s[0-9]{1,5}"),
    # Libraries: "Add MS 23398", "Mss Eur F126/21", "РНБ, Пог. 659".
    (
        "shelfmark",
        r"(?:Add(?:itional|\.)?\s(?:MSS?|Mss?)\.?|Mss\sEur|(?:Sloane|Harley|Cotton|Egerton|Royal|Stowe|Lansdowne|Rawlinson|Bodl?\.?)\sMSS?\.?)"
        r"\s(?:[A-Z]{1,2}\s?)?[0-9]{1,6}(?:/[0-9]{1,4})?",
    ),
    (
        "shelfmark",
        r"(?:РНБ|ГПБ|РГБ|БАН|ГИМ|НБУ)[,.]\s(?:[А-ЯЁ][А-ЯЁа-яё]{1,12}\.?,?\s){1,2}(?:[QFO]\.\s?(?:[IVX]{1,4}\.?\s?)?)?[0-9]{1,6}(?![0-9./])",
    ),
    ("shelfmark", r"(?:BnF|BNF),?\s(?:ms|NAF|naf|fr|lat|slave)\.?\s(?:fr\.\s)?[0-9]{1,6}"),
    # Public Record Office Victoria, National Archives of Australia.
    ("other", r"VPRS\s[0-9]{1,6}/P[0-9]{1,6}(?:[,/]\s?[^\n;.]{1,40})?"),
    (
        "other",
        r"(?:NAA:\s)?[ABCDK][0-9]{1,5},\s(?:[A-Z]{0,2}[0-9]{2,6}(?:/[0-9]{1,6}){0,3}|[A-Z]{3,}(?:\s[A-Z]{1,12}){1,4}(?:,\spage\s[0-9]{1,4})?)(?![\w])",
    ),
    ("other", r"[A-Z]{2}\s[A-Z]{2}[0-9]{4,6}\s[A-Z]{2,6}-[0-9]{1,6}"),
    # The United States: "NARA, RG 59, 861.00/1234", "RG-31.018M".
    (
        "other",
        r"(?:NARA?,?\s|USHMM,?\s)?(?:RG|Record\sGroup)[-\s][0-9]{1,3}(?:\.[0-9]{3}(?:\*[0-9]{1,4})?M?)?(?=[,.;)\s]|$)(?:,\s[^;\n]{0,60}?(?=[.;]\s|[.;]?$|\n))?",
    ),
    # Poland: "AAN, KC PZPR, sygn. 237/VIII-5", "AIPN BU 0189/12".
    ("other", r"A?IPN,?\s(?:[A-Z][A-Za-z]\s)?[0-9]{1,6}/[0-9]{1,6}(?:/[A-Z0-9]{1,5})?"),
)


def _pattern() -> re.Pattern[str]:
    each = "|".join(f"(?P<s{index}>{pattern})" for index, (_scheme, pattern) in enumerate(_TABLE))
    return re.compile(rf"(?<![\w/.-])(?=[A-Zb-c0-9А-Я])(?:{each})")


_OTHER = _pattern()


def find_other(text: str, position: int = 0) -> tuple[str, int, int] | None:
    """The next reference of another scheme: its scheme, start and end."""
    found = _OTHER.search(text, position)
    if found is None:
        return None
    scheme = _TABLE[int((found.lastgroup or "s0")[1:])][0]
    return scheme, found.start(), found.end()
