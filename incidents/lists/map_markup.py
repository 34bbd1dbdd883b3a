"""The marks of the map and the rows of its table as HTML. Not a template, as with the values of a facet.

There are up to 150 of each on a page, and a template takes ten times as long (docs/adr/0029-rendering.md).
"""

from html import escape

from django.utils.safestring import SafeString

from archive.localisation import grouped
from incidents.lists.town_map import Mark, TownMap


def town_marks(town_map: TownMap, address: str) -> SafeString:
    """Draw each mark as a link to its list; ``address`` is that of the list without a filter."""
    unit = town_map.canvas.unit
    return SafeString("".join(drawn_mark(mark, unit, escape(address)) for mark in town_map.marks))


def drawn_mark(mark: Mark, unit: float, address: str) -> str:
    radius = f"{round(mark.radius * unit, 2):g}"
    link = f'<a href="{address}?{escape(mark.query)}" transform="translate({escape(mark.at)})">'
    return f'{link}<title>{escape(mark.title)}</title><g class="spot"><circle r="{escape(radius)}"/></g></a>'


def town_rows(town_map: TownMap, address: str) -> SafeString:
    """Write each mark as a row of the table, with the columns that the map has."""
    columns = town_map.is_split, town_map.is_summable
    return SafeString("".join(row(mark, escape(address), *columns) for mark in town_map.marks))


def row(mark: Mark, address: str, is_split: bool, is_summable: bool) -> str:
    name = f'<a href="{address}?{escape(mark.query)}"><bdi>{escape(mark.name)}</bdi></a>'
    if mark.other_name:
        name += f' <span class="muted"><bdi>{escape(mark.other_name)}</bdi></span>'
    cells = [f'<data value="{mark.total}">{escape(grouped(mark.total))}</data>']
    if is_split:
        cells += [escape(grouped(mark.certain)), escape(grouped(mark.possible))]
    if is_summable:
        cells.append(escape(grouped(mark.killed)) if mark.killed else "–")
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row">{name}</th>{numbers}</tr>'
