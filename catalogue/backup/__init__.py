"""Keeping the catalogue safe: one file that holds it whole, and the way back.

``write`` makes the file while the catalogue is in use, ``verify`` finds any change of it,
``restore`` fills an empty catalogue from it, ``move`` carries the rows to a database of the other
kind. What the file looks like from within is told in ``docs/backup.md``.
"""

from catalogue.backup.archive import Damaged, verify
from catalogue.backup.filling import Refused
from catalogue.backup.moving import move
from catalogue.backup.restoring import restore
from catalogue.backup.writing import write

__all__ = ["Damaged", "Refused", "move", "restore", "verify", "write"]
