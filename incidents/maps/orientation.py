"""What is named on a map so that readers find their way: units, larger towns, what lies around. In their language."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from archive.lists.labels import Label, Labels
from archive.localisation import localised
from archive.models import Place
from archive.terms import Level
from incidents.maps.labelling import Wish
from incidents.maps.outlines import COARSE_FROM, Area, outlines
from incidents.maps.projection import Frame, project

SHOWN_UNIT = {0: "country", 1: "first", 2: "second"}
SIZES = {
    "mark": 13.0,
    "ring": 13.0,
    "country": 18.0,
    "first": 13.0,
    "second": 12.0,
    "abroad": 13.0,
    "water": 13.0,
    "town": 12.0,
}
FIRST_ARABIC, LAST_ARABIC = "\u0600", "\u06ff"
FIRST_MARKS = 6  # whose names come before those of units
TOWN_GAP = 6.0  # pixels between the middle of a town and its name
INNER = 0.04  # of the width: names of areas stay so far from the edge
RANKS = ((900.0, 1), (600.0, 2))  # in wider frames only towns up to this rank


def named_places() -> QuerySet[Place]:
    """The units and towns that maps may name."""
    return Place.objects.filter(Q(level__lte=Level.DISTRICT) | Q(pcode__in=list(outlines().towns)))


PLACES_NAMED = Labels(
    named_places, key="pcode", name_en="label_en", name_ar="label_ar", level="level", lat="lat", lon="lon"
)


def labels_by_key() -> Mapping[str, Label]:
    return {label.key: label for label in PLACES_NAMED.of(()).values()}


def wish(text: str, kind: str, spots: Iterable[tuple[float, float]], key: str = "", **beside: Any) -> Wish:
    """A name in the letters of its kind; ``beside``: its ``gap`` and ``reach``. Arabic letters join, and never stand
    apart.
    """
    is_wide = kind in ("country", "abroad") and not any(FIRST_ARABIC <= letter <= LAST_ARABIC for letter in text)
    return Wish(text, kind, list(spots), SIZES[kind], key=key, is_wide=is_wide, **beside)


def wishes(frame: Frame, *, marked: Iterable[Wish], taken: frozenset[str]) -> list[Wish]:
    """All names, the most important first: marks, units, what lies around, towns.

    ``marked`` are those of marks, ``taken`` the P-codes that these name already.
    """
    marks, labels = list(marked), labels_by_key()
    units, towns = list(of_units(frame, labels, taken)), list(of_towns(frame, labels, taken))
    upper = [one for one in units if one.kind != "second"]
    said = {one.text for one in marks}
    towns = [one for one in towns if one.text not in said]
    said |= {one.text for one in (*upper, *towns)}
    lower = [one for one in units if one.kind == "second" and one.text not in said]  # most are called as their town
    return [*marks[:FIRST_MARKS], *upper, *marks[FIRST_MARKS:], *lower, *of_surroundings(frame), *towns]


def of_units(frame: Frame, labels: Mapping[str, Label], taken: frozenset[str]) -> Iterator[Wish]:
    """Names of the first level, of the second in narrow frames, then that of the country."""
    bounds = _inner(frame)
    found: dict[int, list[Wish]] = {}
    for key, unit in outlines().units.items():
        is_too_small = unit.level > 1 and frame.width > COARSE_FROM
        if key in labels and key not in taken and not is_too_small and unit.meets(bounds):
            name = labels[key].name
            found.setdefault(unit.level, []).append(wish(name, SHOWN_UNIT[unit.level], unit.room(bounds), key))
    for level in (1, 2):
        yield from found.get(level, ())
    if frame.width > COARSE_FROM:
        yield from found.get(0, ())


def of_surroundings(frame: Frame) -> Iterator[Wish]:
    bounds = _inner(frame)
    for area in outlines().abroad:
        if area.name_en and area.meets(bounds):
            yield wish(named(area), "abroad", area.room(bounds))
    for water in outlines().waters:
        left, top, right, bottom = bounds
        spots = [spot for spot in water.spots if left < spot[0] < right and top < spot[1] < bottom]
        if spots:
            yield wish(localised(water.name_en, water.name_ar), "water", spots)


def named(area: Area) -> str:
    return localised(area.name_en, area.name_ar)


def of_towns(frame: Frame, labels: Mapping[str, Label], taken: frozenset[str]) -> Iterator[Wish]:
    """The larger towns in the frame, the largest first; those that are marked have their names."""
    left, top, right, bottom = _inner(frame, 0.01)
    highest = next((rank for width, rank in RANKS if frame.width > width), 9)
    for key, rank in sorted(outlines().towns.items(), key=lambda town: town[1]):
        label = labels.get(key)
        if label is None or label.lat is None or label.lon is None or key in taken or rank > highest:
            continue
        x, y = project(label.lat, label.lon)
        if left < x < right and top < y < bottom:
            yield wish(label.name, "town", [(x, y)], key, gap=TOWN_GAP)


def _inner(frame: Frame, share: float = INNER) -> tuple[float, float, float, float]:
    gap = frame.width * share
    return frame.x + gap, frame.y + gap, frame.x + frame.width - gap, frame.y + frame.height - gap
