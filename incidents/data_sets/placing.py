"""Where a row says that it was: by P-code, by the place nearest to its point, or by an area's name. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive.points import MOST_METRES, rounded
from archive.terms import Level
from incidents.data_sets.cells import CellError, read_degrees, read_number, shown
from incidents.data_sets.maps import PlaceColumns
from incidents.data_sets.nearest import Places, Spot
from incidents.data_sets.rows import RowText, Span
from incidents.terms import Aspect


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row by the names of their columns; ``nothing`` are those that say nothing, folded."""

    columns: Mapping[str, int]
    values: list[str]
    text: RowText
    nothing: frozenset[str]

    def said(self, column: str) -> str:
        """What the cell says, "" for a column that is not named and a cell that says nothing."""
        cell = self.values[self.columns[column]].strip() if column else ""
        return "" if cell.casefold() in self.nothing else cell

    def words(self, *columns: str) -> Span:
        span = self.text.words(self.columns[column] for column in columns if column)
        assert span is not None
        return span


def place_of(
    cells: Cells, columns: PlaceColumns | None, places: Places
) -> Iterator[tuple[str, dict[str, Any], Span, str]]:
    """The claim of the place, if the row says any. Raises `CellError`."""
    if columns is None:
        return
    if columns.pcode and (pcode := cells.said(columns.pcode)):
        if pcode not in places.by_pcode:
            raise CellError(f"column {columns.pcode}: no place has the P-code {shown(pcode)}")
        yield claim(cells, pcode, "", "", columns.pcode)
        return
    area = area_of(cells, columns, places)
    has_point = bool(columns.lat and cells.said(columns.lat) and cells.said(columns.lon))
    if has_point:
        yield by_point(cells, columns, places, area)
    elif area:
        yield claim(cells, area.pcode, "", "", columns.area)


def claim(
    cells: Cells, pcode: str, precision: str, reasoning: str, *columns: str, **point: Any
) -> tuple[str, dict[str, Any], Span, str]:
    values = {"place": pcode} | ({"place_precision": precision} if precision else {}) | point
    return Aspect.PLACE, values, cells.words(*columns), reasoning


def area_of(cells: Cells, columns: PlaceColumns, places: Places) -> Spot | None:
    name = cells.said(columns.area)
    if not name:
        return None
    pcode = columns.areas.get(name)
    if pcode is None:
        raise CellError(f"column {columns.area}: {shown(name)} is not among the areas of the map")
    return places.by_pcode[pcode] if pcode else None


def by_point(
    cells: Cells, columns: PlaceColumns, places: Places, area: Spot | None
) -> tuple[str, dict[str, Any], Span, str]:
    lat, lon = (read_degrees(cells.said(column), most) for column, most in ((columns.lat, 90), (columns.lon, 180)))
    level, precision = level_of(cells, columns)
    point = point_values(lat, lon, metres_of(cells, columns))
    used = [name for name in columns.columns if name != columns.pcode and cells.text.words([cells.columns[name]])]
    found = places.nearest(lat, lon, deepest=level, within=area.pcode if area else "")
    if found is None:
        raise CellError("the gazetteer has no place with a point")
    spot, away = found
    at = f"{lat:.5f}, {lon:.5f}"
    stated = f"; stated precision: {cells.said(columns.precision)}" if cells.said(columns.precision) else ""
    if level > Level.COUNTRY and away > columns.farthest:
        if area is None:
            raise CellError(f"the point {at} is {away:,.0f} km from the nearest place, {spot.name} ({spot.pcode})")
        why = f"The point {at} is {away:,.0f} km from the nearest place of {area.name}, which is named"
        return claim(cells, area.pcode, "", f"{why}{stated}.", *used)
    place = places.at_level(spot, level)
    if area is not None and place.level < area.level:
        place, precision = area, ""
    near = f"The nearest place to the point {at} is {spot.name} ({spot.pcode}), {away:.1f} km away"
    lies = "" if place is spot else f", in {place.name} ({place.pcode})"
    return claim(cells, place.pcode, precision, f"{near}{lies}{stated}.", *used, **point)


def metres_of(cells: Cells, columns: PlaceColumns) -> int | None:
    """Within how many metres the row says that its point is; None where neither the row nor the map says it."""
    if said := cells.said(columns.within):
        try:
            low, high = read_number(said)
        except CellError:
            low = high = None
        if low is None or low != high or not 0 < low <= MOST_METRES:
            raise CellError(f"column {columns.within}: {shown(said)} is no number of metres from 1 to {MOST_METRES}")
        return low
    return columns.metres.get(cells.said(columns.precision))


def point_values(lat: float, lon: float, within: int | None) -> dict[str, Any]:
    """The point as a claim takes it, if it is said how near it is known."""
    if within is None:
        return {}
    return {"latitude": rounded(Decimal(str(lat))), "longitude": rounded(Decimal(str(lon))), "within_m": within}


def level_of(cells: Cells, columns: PlaceColumns) -> tuple[int, str]:
    """How exact the point is: the level of the place that may be named, and the precision of that."""
    stated = cells.said(columns.precision)
    if not stated:
        return Level.COMMUNITY, ""
    if stated not in columns.levels:
        raise CellError(f"column {columns.precision}: {shown(stated)} is not among the levels of the map")
    return columns.levels[stated]
