"""Permanent identifiers: opaque, minted once, never used again."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

# Digits and consonants: no word can arise, and 1/l or 0/o cannot be mistaken for each other.
ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
LENGTH = 12


def check_character(stem: str) -> str:
    """The last character: finds any one wrong character and any two changed places."""
    total = sum(place * ALPHABET.index(character) for place, character in enumerate(stem, start=1))
    return ALPHABET[total % len(ALPHABET)]


def mint() -> str:
    """A new identifier: twelve random characters and a check character."""
    stem = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return stem + check_character(stem)


def is_well_formed(identifier: str) -> bool:
    stem, last = identifier[:-1], identifier[-1:]
    return (
        len(stem) == LENGTH
        and all(character in ALPHABET for character in identifier)
        and check_character(stem) == last
    )


class Identified(models.Model):
    """What has a permanent address."""

    identifier = models.CharField(
        _("permanent identifier"), max_length=16, unique=True, default=mint, editable=False
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    modified = models.DateTimeField(_("last changed"), auto_now=True, db_index=True)

    class Meta:
        abstract = True


class Tombstone(models.Model):
    """What is left of a public record that was withdrawn, merged or undone.

    An identifier is never used again: its address answers that the record is gone, or leads to
    the one that took its place.
    """

    identifier = models.CharField(_("permanent identifier"), max_length=16, unique=True)
    kind = models.CharField(_("kind of record"), max_length=30)
    replaced_by = models.CharField(_("replaced by"), max_length=16, blank=True)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")

    def __str__(self) -> str:
        return self.identifier
