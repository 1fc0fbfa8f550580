"""The ways in which one number of a shelf is written: 17а and 17a, Р-627, P627 and R-627."""

import re
from functools import lru_cache

from catalogue.text import natural_key

# Letters that are typed for those of the other alphabet because they look alike ...
_LOOK = ("ABCEHIKMOPTXaceiopxy", "АВСЕНІКМОРТХасеіорху")
# ... and those that a transliteration puts for them.
_SOUND = ("ABVGDEZIKLMNOPRSTUFabvgdeziklmnoprstuf", "АБВГДЕЗИКЛМНОПРСТУФабвгдезиклмнопрстуф")
_ALPHABETS = tuple(
    str.maketrans(*direction) for pair in (_LOOK, _SOUND) for direction in (pair, pair[::-1])
)
_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d_])[\s.‐-―-]*(?=\d)")
_BEFORE_LETTER = re.compile(r"(?<=\d)[\s.‐-―-]+(?=[^\W\d_])")


@lru_cache(maxsize=50_000)
def spellings(segment: str) -> tuple[str, ...]:
    """A number as it is written, then as others may have written it."""
    if segment.isdecimal():
        return (segment,)
    closed = _BEFORE_LETTER.sub("", segment)
    forms = [closed, *(closed.translate(alphabet) for alphabet in _ALPHABETS)]
    joined = [_BEFORE_NUMBER.sub(joint, form) for joint in ("-", "", " ") for form in forms]
    return tuple(dict.fromkeys([segment, *forms, *joined]))


@lru_cache(maxsize=50_000)
def keys(segment: str) -> tuple[str, ...]:
    """`Unit.segment_key` in every spelling, the one as written first."""
    return tuple(dict.fromkeys(natural_key(form)[:200] for form in spellings(segment)))


def cased(segment: str) -> tuple[str, ...]:
    """The spellings in either case, for columns that are not folded."""
    both = (case for form in spellings(segment) for case in (form, form.upper(), form.lower()))
    return tuple(dict.fromkeys(both))
