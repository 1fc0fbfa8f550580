"""Lists that stay quick however long they are."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Pages(Paginator):
    """Counts no further than a person would leaf: a table may hold millions of rows."""

    farthest = 10_000

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: self.farthest].count())

    @property
    def is_cut_short(self) -> bool:
        return self.count >= self.farthest


class PreparedList(ChangeList):
    """A list whose rows are made ready together, so that no row asks the database for itself."""

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except OverflowError as error:  # a number in the address that SQLite cannot hold
            raise IncorrectLookupParameters from error
        administered: Any = self.model_admin
        self.result_list = administered.prepare(list(self.result_list))
        administered.note_versions(self.result_list)


class ReasonForm(ActionForm):
    """The actions of a list, with the reason for them."""

    reason = forms.CharField(label=_("Reason:"), required=False, max_length=500)
