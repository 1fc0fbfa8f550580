"""Looking at image files that nobody has vouched for, and making copies of them to show.

Nothing here decodes an image in the process that calls it: a limited child does, see ``child``.
"""

from catalogue.imaging.copies import SIZES, Size
from catalogue.imaging.guessing import Guess, following, guess, in_order
from catalogue.imaging.limits import PIXELS
from catalogue.imaging.looking import (
    EXTENSIONS,
    Inspected,
    Refused,
    inspect,
    inspect_all,
    make_copies,
)

__all__ = [
    "EXTENSIONS",
    "PIXELS",
    "SIZES",
    "Guess",
    "Inspected",
    "Refused",
    "Size",
    "following",
    "guess",
    "in_order",
    "inspect",
    "inspect_all",
    "make_copies",
]
