"""The codebook: every public field, every parameter, every format."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive import fields
from archive.articles.article_filters import ArticleFilters
from archive.exports.csv_options import BOM, CHOICES
from archive.marks import render_json
from incidents.formats import conflict_columns, licences
from incidents.formats.chart_fields import CHART
from incidents.formats.parameters import Parameter, parameters
from incidents.formats.tables import TABLES, Table
from incidents.lists.chart.filters import DRAWING, ChartFilters
from incidents.lists.incident_filters import IncidentFilters
from incidents.views.record_files import whole_set

KINDS = {
    "string": _("text"),
    "integer": _("whole number"),
    "number": _("number"),
    "boolean": _("true or false"),
    "date": _("day"),
    "datetime": _("date-time"),
    "list": _("list"),
    "object": _("object"),
    "map": _("objects by identifier"),
}
FORMATS = (
    ("incidents_csv", "CSV", _("Incidents, one row each: opens in any spreadsheet.")),
    (
        "incidents_xlsx",
        "XLSX",
        _("Incidents as a workbook, at most 20,000, with filters, licence and codebook; in Arabic below /ar/."),
    ),
    ("incidents_parquet", "Parquet", _("Incidents with typed columns, for programs of statistics.")),
    ("incidents_json", "JSON", _("Incidents, at most 1,000; next leads to the others.")),
    ("incidents_jsonl", "JSON Lines", _("Incidents, one object a line.")),
    (
        "incidents_geojson",
        "GeoJSON",
        _("Incidents for maps, at the point that reports give, with within_m; else at that of the town."),
    ),
    (
        "incidents_ftm",
        "FollowTheMoney",
        _(
            "Incidents with actors, facilities, places and reports as entities, one a line, for Aleph and the like. "
            "With updated_since, withdrawn and merged ones are events without facts that say so."
        ),
    ),
    ("incidents_atom", "Atom", _("Feed of the 50 incidents that were published or changed last.")),
    ("charts_csv", "CSV", _("The bars of a chart, one row each.")),
    ("charts_svg", "SVG", _("A chart as a drawing; in Arabic below /ar/.")),
    ("charts_png", "PNG", _("The same in pixels.")),
    ("map_svg", "SVG", _("A map as a drawing; in Arabic below /ar/.")),
    ("map_png", "PNG", _("The same in pixels.")),
    ("articles_csv", "CSV", _("Articles, one row each, without their texts.")),
    ("articles_xlsx", "XLSX", _("Articles as a workbook, at most 20,000, without their texts.")),
    ("articles_parquet", "Parquet", _("Articles with typed columns, without their texts.")),
    ("articles_jsonl", "JSON Lines", _("Articles, one object a line, without their texts.")),
    ("articles_atom", "Atom", _("Feed of the 50 newest articles.")),
    ("api", "JSON", _("The API, read-only, in pages of 100.")),
    ("api_schema", "OpenAPI", _("The schema of the API.")),
)
MARKED = Parameter(
    BOM,
    _("yes: the file begins with a byte order mark, by which Excel knows that it is UTF-8 and shows Arabic rightly."),
    is_repeatable=False,
    choices=tuple(name for name, _label in CHOICES),
    example="yes",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A field as the page shows it; ``path`` leads to a nested one: ``places[].pcode``."""

    path: str
    kind: Any
    description: Any
    words: list[str]
    is_required: bool


@dataclass(frozen=True, slots=True)
class Section:
    table: Table
    lines: list[Line]


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Document what may be taken away, and what each field means."""
    lists: Sequence[tuple[Any, Any, list[Parameter]]] = (
        ("/incidents", _("Lists of incidents"), parameters(IncidentFilters)),
        ("/charts", _("Charts, beside those of lists of incidents"), drawing_parameters()),
        ("/articles", _("Lists of articles"), parameters(ArticleFilters)),
        (_("/incidents.csv, /articles.csv and /charts.csv"), _("CSV files, beside those of their list"), [MARKED]),
    )
    context = {
        "formats": [(reverse(name), label, text) for name, label, text in FORMATS],
        "lists": lists,
        "sections": [
            Section(table, [line(path, field) for path, field in fields.paths(table.fields)])
            for table in (*TABLES, CHART)
        ],
        "absences": [
            ("ged", "UCDP GED", conflict_columns.GED_ABSENT),
            ("acled", "ACLED", conflict_columns.ACLED_ABSENT),
        ],
        "licence": licences.RECORDS,
        "jsonld": render_json(whole_set()),
    }
    return render(request, "incidents/data.html", context)


def drawing_parameters() -> list[Parameter]:
    """Those that say how a list is drawn; of `compare` each value is drawn apart."""
    found = [one for one in parameters(ChartFilters) if one.name in DRAWING]
    return [replace(one, is_repeatable=False) for one in found]


def line(path: str, field: fields.Field) -> Line:
    words = [word for word in field.enum if word]
    return Line(path, KINDS[field.kind], field.description, words, field.is_required and not field.may_lack)
