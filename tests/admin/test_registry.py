"""Every registered record, whatever it is: its pages answer, and a save changes nothing unasked."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import connection, models
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import STATEMENTS, Act, Distinction, Statement, Tombstone
from tests.admin.forms import errors, read_form
from tests.admin.holding import Holding, build_holding
from tests.builders import MODELS

REGISTERED = [model for model in admin.site._registry if model._meta.app_label == "catalogue"]
EDITED = [model for model in REGISTERED if model not in (Act, Statement, Tombstone)]
DERIVED = {"modified"}


def address(model: type[models.Model], page: str, *arguments: Any) -> str:
    return reverse(f"admin:catalogue_{model._meta.model_name}_{page}", args=arguments)


def columns(record: models.Model) -> dict[str, Any]:
    """What is stored of a record and does not follow from the time."""
    row: dict[str, Any] = type(record)._base_manager.filter(pk=record.pk).values().get()
    return {name: value for name, value in row.items() if name not in DERIVED}


def answer(client: Client, *where: Any) -> Any:
    response = client.get(address(*where))
    assert response.status_code == 200, where
    return response


def test_every_model_of_the_catalogue_is_registered() -> None:
    by_other_means = {Distinction}  # in the list of likely duplicates
    assert {*MODELS, Statement} - by_other_means == set(REGISTERED)


def test_lists_answer_with_every_filter(holding: Holding, chief: Client) -> None:
    for model in REGISTERED:
        found = answer(chief, model, "changelist").context["cl"]
        assert found.result_count > 0, model
        for specification in found.filter_specs:
            last = list(specification.choices(found))[-1]
            filtered = chief.get(address(model, "changelist") + last["query_string"])
            assert filtered.status_code == 200, (model, last)


def test_lists_do_not_ask_more_for_more_rows(holding: Holding, chief: Client) -> None:
    def queries(model: type[models.Model]) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer(chief, model, "changelist")
        return len(captured)

    few = {model: max(queries(model), queries(model)) for model in REGISTERED}
    build_holding()
    build_holding()
    assert {model: queries(model) for model in REGISTERED if queries(model) > few[model]} == {}


def test_forms_histories_and_questions_before_deletion_answer(
    holding: Holding, chief: Client
) -> None:
    for model in EDITED:
        record = holding[model]
        record.save()
        answer(chief, model, "add")
        answer(chief, model, "change", record.pk)
        answer(chief, model, "delete", record.pk)
        answer(chief, model, "history", record.pk)
        answer(chief, model, "simple_history", record.pk, record.history.latest().pk)


def test_a_form_saved_unchanged_changes_no_column(holding: Holding, chief: Client) -> None:
    for model in EDITED:
        before = columns(holding[model])
        page = address(model, "change", holding[model].pk)
        response = chief.post(page, read_form(chief.get(page)))
        assert response.status_code == 302, (model, errors(response))
        assert columns(holding[model]) == before


def test_restoring_the_last_state_changes_no_column(holding: Holding, chief: Client) -> None:
    for model in EDITED:
        before = columns(holding[model])
        page = address(
            model, "simple_history", holding[model].pk, holding[model].history.latest().pk
        )
        response = chief.post(page, read_form(chief.get(page)))
        assert response.status_code == 302, (model, errors(response))
        assert columns(holding[model]) == before


def test_every_relation_is_completed_while_typing(holding: Holding, chief: Client) -> None:
    request = RequestFactory().get("/")
    for model in EDITED:
        for name in admin.site.get_model_admin(model).get_autocomplete_fields(request):
            asked = {"app_label": "catalogue", "model_name": str(model._meta.model_name)}
            response = chief.get(reverse("admin:autocomplete"), {**asked, "field_name": name})
            assert response.status_code == 200, (model, name)
            assert all(found["text"] for found in response.json()["results"])


def test_no_relation_is_a_list_of_all_rows(holding: Holding, chief: Client) -> None:
    seen = 0
    for model in EDITED:
        context = answer(chief, model, "change", holding[model].pk).context
        forms = [context["adminform"].form]
        forms += [row.form for rows in context["inline_admin_formsets"] for row in rows]
        for field in [field for form in forms for field in form]:
            widget = getattr(field.field.widget, "widget", field.field.widget)
            if hasattr(field.field, "queryset") and not widget.is_hidden:
                assert "Autocomplete" in type(widget).__name__, (model, field.name)
                seen += 1
    assert seen > 100


def test_a_statement_has_its_evidence_on_its_page(holding: Holding, chief: Client) -> None:
    for model in STATEMENTS:
        context = answer(chief, model, "change", holding[model].pk).context
        rows = [inline.opts.model._meta.model_name for inline in context["inline_admin_formsets"]]
        assert rows == ["evidence"]
