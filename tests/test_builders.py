"""The records that other tests are built from."""

import pytest
from django.apps import apps
from django.db.models import Model

from catalogue.models import Account, FolioImage, Statement
from catalogue.models.visibility import Publishable
from tests.builders import MODELS, build


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_a_record_that_is_built_is_valid_and_public(model: type[Model]) -> None:
    record = build(model)
    record.full_clean()
    if isinstance(record, FolioImage):
        record.image.close()
    assert not isinstance(record, Publishable) or record.is_public


def test_every_model_can_be_built() -> None:
    ours = set(apps.get_app_config("catalogue").get_models())
    histories = {model for model in ours if model.__name__.startswith("Historical")}
    assert ours - histories - {Account, Statement} == set(MODELS)
