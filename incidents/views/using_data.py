"""How to use the data from Python, R and QGIS: the code that is shown is the code that a test runs."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "examples"
PYTHON = (
    ("list.py.txt", _("A list with filters, as CSV. Only Python itself is needed.")),
    ("pages.py.txt", _("All incidents as JSON, a thousand at a time.")),
    ("parquet.py.txt", _("With typed columns, by pyarrow.")),
)
R = (("list.r.txt", _("A list as CSV, and its points as GeoJSON.")),)


@require_safe
def using(request: HttpRequest) -> HttpResponse:
    context = {
        "python": [(text, example(name, settings.SITE_URL)) for name, text in PYTHON],
        "r": [(text, example(name, settings.SITE_URL)) for name, text in R],
        "geojson": f"{settings.SITE_URL}/incidents.geojson?scope=attack&from=2019",
    }
    return render(request, "incidents/using_data.html", context)


@cache
def example(name: str, site: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").replace("{site}", site)
