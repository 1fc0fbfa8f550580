"""The history of records: who, when, why, field by field; and going back."""

from catalogue.admin.history.pages import HistoryAdmin

__all__ = ["HistoryAdmin"]
