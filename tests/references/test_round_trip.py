"""What a convention prints is read back, in all that it says it carries."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.references import CONVENTIONS, Convention, Reference, find, parse, write
from tests.references.strategies import folio_ranges

KNOWN = ["РГАСПИ", "ГАРФ", "RGASPI", "ЦА ФСБ", "ЦДАГО України", "РЦХИДНИ", "АВП РФ"]
UNKNOWN = [
    "ГА Энской обл.",
    "НБА РКП",
    "Archives of the Foo Institute",
    "Архив Неизвестного завода",
    "Державний архів Нової області",
]
AUX = {
    "fond_name": ["ЦК ВКП(б)", "С. Д. Полторацкий", "Stalin"],
    "papka": ["34", "12а"],
    "karton": ["79"],
    "sviazka": ["5"],
    "volume": ["2"],
    "part": ["1"],
    "extent": ["214 л."],
    "copy_note": ["Автограф", "Копия. Рукопись", "Заверенная копия"],
    "title": ["Троцкий Л. Д. Письмо членам ЦК", "Протокол № 5"],
}
FONDS = ["17", "Р-627", "059а", "R-9478", "4п", "7523c", "A-259", "33987"]
OPISI = ["1", "162", "5a", "2в", "3 доп.", "682524"]
DELA = ["685", "19-а", "1961а", "504-692", "P-25422", "1"]


@st.composite
def cited(draw: st.DrawFn) -> Reference:
    """References as people cite them: a level may be left out, but something is named."""
    fond = draw(st.sampled_from(["", *FONDS]))
    opis = draw(st.sampled_from(["", *OPISI]))
    delo = draw(st.sampled_from(["", *DELA] if fond or opis else DELA))
    keys = draw(st.lists(st.sampled_from(sorted(AUX)), unique=True, max_size=3))
    aux = [(key, draw(st.sampled_from(AUX[key]))) for key in keys]
    if not fond:
        aux = [pair for pair in aux if pair[0] != "fond_name"]
    if opis and "part" not in keys and draw(st.booleans()):
        aux.append(("year", draw(st.sampled_from(["1946", "1932"]))))
    folios = draw(st.lists(folio_ranges(st.integers(1, 3000)), max_size=4))
    repository = draw(st.sampled_from(["", *KNOWN, *UNKNOWN]))
    return Reference(repository, fond, opis, delo, tuple(folios), tuple(aux))


def carried(reference: Reference, convention: Convention) -> Reference:
    """What a convention keeps of a reference; the order of the remarks is not kept."""
    carries = convention.carries
    if "aux" not in carries:
        aux = tuple(sorted(pair for pair in reference.aux if pair[0] in carries))
    else:
        aux = tuple(sorted(reference.aux))
    levels = {"repository", "fond", "opis", "delo"} - carries
    folios = reference.folios if "folios" in carries else ()
    return replace(reference, folios=folios, aux=aux, **dict.fromkeys(levels, ""))


def is_named(reference: Reference) -> bool:
    return bool(reference.fond or reference.opis or reference.delo)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reference=cited())
def test_what_any_convention_prints_is_read_back(reference):
    for convention in CONVENTIONS:
        kept = carried(reference, convention)
        if is_named(kept):
            printed = write(reference, convention)
            found = parse(printed)
            assert carried(found.readings[0].reference, convention) == kept, printed
            assert found.start == 0 or "title" in dict(kept.aux)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reference=cited().filter(lambda each: each.repository in KNOWN and each.fond and each.opis))
def test_what_is_printed_is_found_in_running_text(reference):
    for convention in CONVENTIONS:
        if convention.slug == "canonical":  # for machines, which ask for it alone
            continue
        kept = carried(reference, convention)
        text = f"As he wrote in 1923:\n\n{write(kept, convention)}\n\nand that was all, p. 12."
        found = find(text)
        assert len(found) == 1, text
        assert carried(found[0].readings[0].reference, convention) == kept, text
        assert found[0].raw in text
