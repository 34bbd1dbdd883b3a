"""A chart as rows of a file: a row for each bar of each selection, and one for all of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from archive.fields import names
from incidents.formats.chart_fields import FIELDS
from incidents.lists.chart.counting import Figure
from incidents.lists.chart.drawing import Chart

COLUMNS = names(FIELDS)
Record = dict[str, Any]


def records(chart: Chart) -> Iterator[Record]:
    """``bar`` is day, week, …, or `all`, which counts each incident once. Empty means not known, never zero."""
    for series, days, figures, total in chart.drawn:
        about = {"series": series.key, "series_name": series.name, "measure": chart.measure}
        for bounds, figure in zip(days, figures, strict=True):
            yield {**about, "bar": chart.unit, **told(bounds, figure, is_people=chart.is_people)}
        yield {**about, "bar": "all", **told(chart.asked_days(series), total, is_people=chart.is_people)}


def told(days: tuple[date | None, date | None], figure: Figure, *, is_people: bool) -> Record:
    is_known = figure.is_known or not figure.certain or not is_people
    return {
        "from": days[0].isoformat() if days[0] else None,
        "to": days[1].isoformat() if days[1] else None,
        "certain_low": figure.low if is_known and not figure.has_no_low else None,
        "certain_high": figure.high if is_known and not figure.is_open else None,
        "possible_high": None if figure.is_possible_open or figure.further == figure.silent_further > 0
        else figure.possible,
        "incidents_certain": figure.certain,
        "incidents_possible": figure.further,
        "incidents_without_number": figure.silent + figure.silent_further if is_people else None,
    }  # fmt: skip
