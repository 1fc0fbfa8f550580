"""What the database refuses, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.models import BaseConstraint, ProtectedError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# What a save or a deletion may raise although the form was valid: somebody else was quicker, or
# the database sees what a form cannot.
REFUSED = (IntegrityError, DataError, OverflowError, ValidationError, ProtectedError)

# The messages of the triggers (catalogue/migrations/0002_triggers.py).
TRIGGERS = {
    "a record cannot stand under itself": _("A record cannot stand under itself."),
    "the preferred derivations would form a cycle": _(
        "This would close a circle among the preferred derivations."
    ),
}

# The constraints of the models that bring no words of their own, by the end of their names.
CONSTRAINTS = {
    "_one_end": _("Name exactly one record that this is about."),
    "relation_one_source": _("Name exactly one record from which the relation goes out."),
    "relation_one_target": _("Name exactly one record to which the relation leads."),
    "evidence_one_source": _("Name one source only; for another one add more evidence."),
    "evidence_one_through": _("Name one source only through which it was reported."),
    "_superseded_by": _(
        "What is superseded names the statement that supersedes it, and nothing else names one."
    ),
    "agentrelation_two_agents": _("An agent has no relation to itself."),
    "part_number_once_in_a_document": _(
        "The document has a part of this kind with this number already."
    ),
    "part_number_once_in_a_witness": _(
        "The witness has a part of this kind with this number already."
    ),
    "distinction_once": _("It is on record already that these two are not the same."),
    "distinction_in_order": _("A record is always the same as itself."),
    "_not_its_own_parent": _("A record cannot stand under itself."),
    "_not_its_own_broader": _("A record cannot stand under itself."),
}


def words_of(constraint: BaseConstraint) -> str:
    """What is wrong where the constraint is violated."""
    own = constraint.violation_error_message
    if own and own != constraint.default_violation_error_message:
        return str(own)
    found = [words for name, words in CONSTRAINTS.items() if constraint.name.endswith(name)]
    return str(found[0] if found else constraint.get_violation_error_message())


def in_words(error: Exception) -> str:
    """A sentence for the person whose change was refused."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, ProtectedError):
        return gettext("Other records refer to this one; it cannot be deleted.")
    said = str(error)
    for message, words in TRIGGERS.items():
        if message in said:
            return str(words)
    for constraint in constraints():
        if constraint.name in said:
            return words_of(constraint)
    if isinstance(error, IntegrityError):
        return gettext(
            "The database refused this, because it contradicts what was saved meanwhile. Nothing"
            " was changed. Compare with the record as it is now, and save again."
        )
    return gettext("A number or date is too large for the database. Nothing was changed.")


def constraints() -> Iterator[BaseConstraint]:
    """Those of all models of the catalogue."""
    for model in apps.get_app_config("catalogue").get_models():
        yield from model._meta.constraints
