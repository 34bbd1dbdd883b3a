"""The marks of the map and the rows of its table as SVG and HTML. Not a template, as with the values of a facet.

There are up to 150 of each on a page, and a template takes ten times as long (docs/adr/0029-rendering.md).
"""

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString

from archive.localisation import grouped
from incidents.lists.chart.plot import SHADES
from incidents.lists.map.marks import Mark, Piece, Ring
from incidents.lists.map.town_map import TownMap
from incidents.maps import markup, symbols

PALE, DARK = 0.3, 0.8
EDGE = "#fdfcf9"


def town_marks(town_map: TownMap, list_address: str = "", map_address: str = "") -> SafeString:
    """Draw rings and marks, each as a link to its list, or to the map of what it stands for; without addresses none is
    one, as in a picture that stands alone.
    """
    unit = town_map.canvas.unit
    rings = (
        linked(ring_shape(one, unit), one.title, asked(list_address, one.area.query), (one.x, one.y))
        for one in town_map.rings
    )
    found = (*rings, *pieces(placed(town_map, is_alone=not list_address), unit, list_address, map_address))
    return SafeString("".join(found))


def placed(town_map: TownMap, *, is_alone: bool) -> Iterator[tuple[Mark, str]]:
    """The marks with where they stand so: on wide screens or telephones alone (a class), or on both."""
    wide, narrow = ({id(mark) for mark in marks} for marks in (town_map.wide, town_map.narrow))
    yield from ((mark, "" if is_alone or id(mark) in narrow else " wide") for mark in town_map.wide)
    if not is_alone:
        yield from ((mark, " narrow") for mark in town_map.narrow if id(mark) not in wide)


def pieces(marks: Iterable[tuple[Mark, str]], unit: float, list_address: str, map_address: str) -> Iterator[str]:
    for mark, where in marks:
        address = map_address if mark.leads_closer else list_address
        for piece in mark.pieces:
            yield linked(shape(piece, unit), mark.title(piece), asked(address, piece.query), (mark.x, mark.y), where)


def asked(address: str, query: str) -> str:
    return f"{address}?{query}" if address else ""


def linked(content: str, title: str, address: str, at: tuple[float, float], where: str = "") -> str:
    """What is drawn at a place of the sheet, as a link that says what it is; ``where`` is a class of it."""
    moved = f"translate({markup.written(at[0])} {markup.written(at[1])})"
    spot = markup.tag("g", content, class_="spot")
    if not address:
        return markup.tag("g", spot, transform=moved)
    title = markup.tag("title", escape(title))
    return markup.tag("a", title + spot, class_=where.strip() or None, href=address, transform=moved)


def shape(piece: Piece, unit: float) -> str:
    """A pale shape for all that may be of it, and within it a dark one for what certainly is."""
    is_moved = piece.dx or piece.dy
    moved = f"translate({markup.written(piece.dx * unit)} {markup.written(piece.dy * unit)})" if is_moved else None
    if piece.certain_radius >= piece.radius:
        return one_shape(piece.shape, piece.radius, unit, transform=moved)
    both = one_shape(piece.shape, piece.radius, unit, is_pale=True)
    if piece.certain_radius:
        both += one_shape(piece.shape, piece.certain_radius, unit)
    return markup.tag("g", both, transform=moved)


def one_shape(number: int, radius: float, unit: float, *, is_pale: bool = False, transform: str | None = None) -> str:
    colour = SHADES[number % len(SHADES)]
    return markup.tag(
        "path",
        class_=f"p{number} may" if is_pale else f"p{number}",
        d=symbols.outline(number, radius * unit),
        transform=transform,
        fill=colour,
        fill_opacity=PALE if is_pale else DARK,
        stroke=colour if is_pale else EDGE,
        stroke_width=unit,
        stroke_linejoin="round",
    )


def ring_shape(ring: Ring, unit: float) -> str:
    dashes = f"{markup.written(3.5 * unit)} {markup.written(2.5 * unit)}"
    return markup.tag(
        "circle", class_="ring", r=ring.radius * unit, fill="#ffffff", fill_opacity=0.55, stroke=SHADES[0],
        stroke_width=1.8 * unit, stroke_dasharray=dashes,
    )  # fmt: skip


def sample(kind: str, number: int, radius: float = 7.0) -> SafeString:
    """A sample of the legend, around 0, 0, in pixels."""
    if kind == "ring":
        dashes = markup.tag(
            "circle",
            class_="ring",
            r=radius,
            fill="none",
            stroke=SHADES[0],
            stroke_width=1.8,
            stroke_dasharray="3.5 2.5",
        )
        return SafeString(dashes)
    inner = radius * 0.6 if kind == "certain" else radius
    return SafeString(shape(Piece(number, "", "", 0, "", 0.0, 0.0, radius, inner), 1.0))


def town_rows(town_map: TownMap, address: str) -> SafeString:
    """Write each mark as a row of the table, with the columns that the map has."""
    columns = town_map.is_split, town_map.is_summable, town_map.canvas.is_numbered
    return SafeString("".join(row(mark, escape(address), *columns) for mark in town_map.marks))


def row(mark: Mark, address: str, is_split: bool, is_summable: bool, is_numbered: bool) -> str:
    name = f'<a href="{address}?{escape(mark.query)}"><bdi>{escape(mark.name)}</bdi></a>'
    if is_numbered:
        name = f'<span class="muted">{escape(mark.number)}</span> {name}'
    if mark.other_name:
        name += f' <span class="muted"><bdi>{escape(mark.other_name)}</bdi></span>'
    cells = [f'<data value="{mark.total}">{escape(grouped(mark.total))}</data>']
    if is_split:
        cells += [escape(grouped(mark.certain)), escape(grouped(mark.possible))]
    if is_summable:
        cells.append(escape(grouped(mark.killed)) if mark.killed else "–")
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    parts = " · ".join(f"<bdi>{escape(piece.name)}</bdi>: {escape(piece.words)}" for piece in mark.pieces if piece.name)
    if parts:
        name += f'<br><span class="muted small">{parts}</span>'
    return f'<tr><th scope="row">{name}</th>{numbers}</tr>'
