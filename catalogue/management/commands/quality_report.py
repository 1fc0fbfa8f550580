"""``manage.py quality_report``: what a careful head of department would want mended."""

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from catalogue.quality.check import MOST_COUNTED, Check
from catalogue.quality.report import CHECKS

BATCH = 500


class Command(BaseCommand):
    help = "List what is missing or contradicts itself: every check, or the records of one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", choices=sorted(CHECKS), help="the records of one check")
        parser.add_argument("--format", choices=("text", "csv"), default="text")

    def handle(self, *args: Any, check: str | None, format: str, **options: Any) -> None:
        if check:
            self._print(format, ("code", "kind", "key", "record"), self._records(CHECKS[check]))
        else:
            self._print(format, ("code", "records", "check"), self._counts())

    def _print(self, form: str, heads: tuple[str, ...], rows: Any) -> None:
        if form == "csv":
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(heads)
            writer.writerows([_unexecuted(cell) for cell in row] for row in rows)
        else:
            for row in rows:
                self.stdout.write("  ".join(map(str, row)))

    def _counts(self) -> Any:
        for code, check in CHECKS.items():
            count = check.count()
            number = str(count) if count <= MOST_COUNTED else _("more than %d") % MOST_COUNTED
            yield code, number, str(check.title)

    def _records(self, check: Check) -> Any:
        last = 0
        while rows := check.page(last, BATCH):
            for row in rows:
                yield check.code, row._meta.model_name, row.pk, " ".join(str(row).split())
            last = rows[-1].pk


def _unexecuted(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    words = str(cell)
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words
