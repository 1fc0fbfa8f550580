"""A record of every kind."""

from __future__ import annotations

import pytest

from tests.admin.holding import Holding, build_holding


@pytest.fixture
def holding(db: None) -> Holding:
    return build_holding()
