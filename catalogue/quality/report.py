"""The quality report: every check, in the order in which it is read."""

from __future__ import annotations

from catalogue.quality import descriptions, statements, texts
from catalogue.quality.check import Check

CHECKS: dict[str, Check] = {
    check.code: check for group in (descriptions, texts, statements) for check in group.CHECKS
}
