"""Maps as SVG. Not a template, as with the marks (docs/adr/0029-rendering.md): lengths are reckoned on every line.

Colours and widths stand as attributes, so that a picture needs nothing else; on pages `maps.css` overrules them,
and has others for dark screens and telephones.
"""

import math
from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString

from incidents.maps.canvas import Canvas, Corner, Look
from incidents.maps.labelling import Written
from incidents.maps.projection import Frame

SEA, LAND, ABROAD, INK, EDGE = "#e8edf0", "#fbfaf5", "#e9e6dc", "#3d3a34", "#857d6f"
HALOS = {"abroad": ABROAD, "water": SEA}  # what stands behind names; the land elsewhere
Attribute = str | float


def tag(name: str, content: str = "", /, **attributes: Attribute | None) -> str:
    """An element; underscores in names of attributes stand for hyphens, and those that are None are left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{written(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def written(value: Attribute) -> str:
    """A value as SVG reads it: numbers with two decimals at most."""
    return escape(value) if isinstance(value, str) else f"{round(value, 2):.10g}"


def boxed(frame: Frame) -> dict[str, Attribute]:
    return {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height}


def ground(canvas: Canvas) -> SafeString:
    """Sea, land and borders."""
    land, unit = canvas.land, canvas.unit
    paths = [
        tag("path", class_="neighbours", d=land.abroad, fill=ABROAD),
        tag("path", class_="abroad", d=land.abroad_lines, fill="none", stroke="#c4bdac", stroke_width=unit),
        tag("path", class_="country", d=land.country, fill=LAND, stroke=EDGE, stroke_width=1.6 * unit),
        tag("path", class_="districts", d=land.second, fill="none", stroke="#d3ccbb", stroke_width=0.8 * unit)
        if land.second
        else "",
        tag("path", class_="governorates", d=land.first, fill="none", stroke="#a59d8d", stroke_width=0.9 * unit),
    ]
    sea = tag("rect", class_="sea", fill=SEA, **boxed(canvas.frame))
    return SafeString(sea + tag("g", "".join(paths), class_="land", stroke_linejoin="round", aria_hidden="true"))


def names(canvas: Canvas, *, is_alone: bool = False) -> SafeString:
    """The names, each at its place; towns for orientation have a small ring beside theirs.

    ``is_alone``: without those that stand so on telephones only, which a style sheet hides.
    """
    return SafeString(tag("g", "".join(groups(canvas, is_alone=is_alone)), class_="names", aria_hidden="true"))


def groups(canvas: Canvas, *, is_alone: bool) -> Iterator[str]:
    for look, every in canvas.groups:
        found = [one for one in every if not is_alone or one.where != "narrow"]
        if not found:
            continue
        letters = found[0].wish.size * canvas.unit
        yield tag(
            "g",
            "".join(name(canvas, look, one, is_alone=is_alone) for one in found),
            class_=f"of-{look.kind}",
            fill=look.fill,
            font_size=letters,
            font_weight=None if look.weight == "normal" else look.weight,
            font_style=None if look.style == "normal" else look.style,
            letter_spacing=look.spacing * letters if found[0].wish.is_wide else None,
            stroke=HALOS.get(look.kind, LAND),
            stroke_width=3 * canvas.unit,
            stroke_linejoin="round",
            paint_order="stroke",
        )


def name(canvas: Canvas, look: Look, one: Written, *, is_alone: bool) -> str:
    """A name; a group of its own moves it to its place, and within it the page makes letters larger or smaller. Names
    of marks have what the script needs to write them elsewhere.
    """
    ring = tag(
        "circle", r=2.2 * canvas.unit, fill=LAND, stroke=look.fill, stroke_width=canvas.unit, paint_order="normal"
    )
    reach = " ".join(written(length * canvas.unit) for length in one.reach)
    again: dict[str, Attribute] = {"data_name": one.wish.text, "data_number": one.wish.instead, "data_reach": reach}
    text = tag(
        "text",
        escape(one.text),
        x=one.dx * canvas.unit or None,
        y=one.dy * canvas.unit,
        text_anchor=None if one.anchor == "start" else one.anchor,
        **(again if not is_alone and one.wish.instead else {}),
    )
    spot = tag(
        "g",
        (ring if look.kind == "town" else "") + (leader(canvas, one) if one.is_led else "") + text,
        class_="spot" if one.where == "always" else f"spot {one.where}",
    )
    return tag("g", spot, transform=f"translate({written(one.x)} {written(one.y)})")


def leader(canvas: Canvas, one: Written) -> str:
    """A line from a mark to its number that stands off, up to its letters."""
    x, y = one.dx, one.dy - one.wish.size * 0.35
    share = max(0.0, 1 - one.wish.size * 0.7 / math.hypot(x, y))
    end = f"{written(x * share * canvas.unit)} {written(y * share * canvas.unit)}"
    return tag("path", class_="leader", d=f"M0 0L{end}", fill="none", stroke=INK, stroke_width=canvas.unit)


def corners(canvas: Canvas) -> SafeString:
    """The scale, and the inset."""
    inset = inset_of(canvas, canvas.corner) if canvas.corner else ""
    return SafeString(tag("g", scale(canvas) + inset, class_="corners", aria_hidden="true"))


def scale(canvas: Canvas) -> str:
    unit, bar = canvas.unit, canvas.scale
    tick = written(5 * unit)
    line = f"M0-{tick}V0H{written(bar.length)}V-{tick}"
    letters = tag(
        "text",
        escape(canvas.scale_words),
        y=-5 * unit,
        text_anchor="end" if bar.is_at_right else None,
        fill=INK,
        font_size=11.5 * unit,
        stroke=LAND,
        stroke_width=3 * unit,
        stroke_linejoin="round",
        paint_order="stroke",
    )
    content = tag("path", class_="bar", d=line, fill="none", stroke=INK, stroke_width=1.3 * unit) + tag(
        "g", tag("g", letters, class_="spot"), transform=f"translate({written(bar.length if bar.is_at_right else 0)} 0)"
    )
    return tag(
        "g",
        content,
        class_="scale",
        data_km=bar.kilometres,
        data_length=bar.length,
        data_right="yes" if bar.is_at_right else None,
        transform=f"translate({written(bar.x)} {written(bar.y)})",
    )


def inset_of(canvas: Canvas, corner: Corner) -> str:
    shown, box = corner.inset.shown, corner.inset.box
    pixel = shown.width / box.width * canvas.unit
    content = [
        tag("rect", class_="sea", fill=SEA, **boxed(shown)),
        tag("path", class_="neighbours", d=corner.land.abroad, fill="#dcd7c7"),
        tag("path", class_="country", d=corner.land.country, fill="#a59d8d"),
        tag("rect", class_="here", fill="none", stroke="#8c2f1b", stroke_width=1.6 * pixel, **boxed(canvas.frame)),
    ]
    edge = tag("rect", class_="edge", fill="none", stroke=EDGE, stroke_width=canvas.unit, **boxed(box))
    return tag("svg", "".join(content), class_="inset", viewBox=str(shown), **boxed(box)) + edge
