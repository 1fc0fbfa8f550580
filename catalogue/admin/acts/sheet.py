"""Records to a spreadsheet, and back with a preview."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.acts import changing, sheets, tables
from catalogue.admin.acts import plan
from catalogue.models.act import ActKind
from catalogue.models.visibility import today
from catalogue.text import Misread

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = (
    ("xlsx", _("XLSX: Excel, LibreOffice")),
    ("csv", _("CSV for Excel: UTF-8 with a byte order mark, semicolons")),
    ("plain", _("CSV for programs: UTF-8, commas")),
)


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("The file that you have changed"),
        help_text=_("XLSX or CSV, as it was exported or as the spreadsheet saves it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, administered: Any) -> HttpResponse:
    """Take out, and bring back. What comes back need not be what was selected."""
    plan.require(administered, request)
    name, made = "", plan.Plan(str(administered.opts.model_name), [], "")
    if request.GET:
        name, made = plan.current(administered, request)
    form = SheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, Any] = {"form": form, "formats": FORMATS, "name": name}
    if request.method == "POST" and form.is_valid():
        try:
            table = tables.read_table(form.cleaned_data["file"])
        except Misread as error:
            form.add_error("file", gettext(error.sentence) % error.values)
        else:
            sheet = sheets.compare(administered.model, table)
            return _report(request, administered, sheet, table, context)
    context["title"] = gettext("Spreadsheet of %(kind)s") % {
        "kind": administered.opts.verbose_name_plural
    }
    return plan.show(request, administered, "sheet", made, context)


def _report(
    request: HttpRequest,
    administered: Any,
    sheet: sheets.Sheet,
    table: tables.Table,
    context: dict[str, Any],
) -> HttpResponse:
    """The problems of the sheet, and the way on to the preview of what it changes."""
    made = plan.Plan(
        str(administered.opts.model_name),
        list(sheet.wanted),
        gettext("the rows of the spreadsheet that differ"),
    )
    wanted = {str(key): dict(values) for key, values in sheet.wanted.items()}
    found = changing.survey(administered.model, sheet.wanted, sheet, plan.may(request))
    # The versions are those of the rows of the sheet.
    found.changed = {key: sheet.versions[key] for key in found.changed}
    made.take(ActKind.SHEET, {"wanted": wanted}, found)
    if found.changed and not sheet.problems and not sheet.mended:
        name = plan.keep(request, made)
        preview = plan.address(administered.model, "preview_many")
        return HttpResponseRedirect(f"{preview}?plan={name}")
    full = {
        **context,
        "title": gettext("What the spreadsheet changes"),
        "sheet": sheet,
        "table": table,
        "changed": len(found.changed),
        "refused": len(found.refused),
        "name": plan.keep(request, made) if found.changed or found.refused else "",
        "most": sheets.MOST_PROBLEMS,
    }
    return plan.show(request, administered, "report", made, full)


@require_safe
def export(request: HttpRequest, administered: Any) -> HttpResponse | StreamingHttpResponse:
    _name, made = plan.current(administered, request)
    wanted = request.GET.get("format", "xlsx")
    model = administered.model
    title = capfirst(str(model._meta.verbose_name_plural))
    rows = sheets.rows(model, made.selection)
    stem = f"{model._meta.model_name}-{today().isoformat()}"
    answer: HttpResponse | StreamingHttpResponse
    if wanted == "xlsx":
        answer = HttpResponse(tables.write_xlsx(rows, title), content_type=XLSX)
    else:
        excel = wanted == "csv"
        content = tables.write_csv(rows, mark=excel, delimiter=";" if excel else ",")
        answer = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    ending = "xlsx" if wanted == "xlsx" else "csv"
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
