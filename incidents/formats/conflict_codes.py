"""Codes of UCDP GED and ACLED that follow from what the archive knows: of countries, cells of a grid, weapons."""

from collections.abc import Iterable
from math import floor
from typing import NamedTuple


class Country(NamedTuple):
    """A country by its numbers: Gleditsch and Ward, ISO 3166-1."""

    gleditsch_ward: int
    iso: int
    region: str = "Middle East"


# By the code that P-codes begin with (ISO 3166-1 alpha-2). An archive of other countries adds them here.
COUNTRIES = {
    "EG": Country(651, 818, "Africa"),
    "IL": Country(666, 376),
    "IQ": Country(645, 368),
    "IR": Country(630, 364),
    "JO": Country(663, 400),
    "LB": Country(660, 422),
    "PS": Country(666, 275),
    "SA": Country(670, 682),
    "SY": Country(652, 760),
    "TR": Country(640, 792),
    "YE": Country(678, 887),
}
AIR = "Air/drone strike"
SHELLING = "Shelling/artillery/missile attack"
DEVICE = "Remote explosive/landmine/IED"
# Weapons of the archive → ACLED's sub_event_type, all of its event_type “Explosions/Remote violence”.
SUB_EVENTS = {
    "air-strike": AIR,
    "barrel-bomb": AIR,
    "drone": AIR,
    "missile": SHELLING,
    "ground-to-ground-missile": SHELLING,
    "shelling": SHELLING,
    "artillery": SHELLING,
    "mortar": SHELLING,
    "rocket": SHELLING,
    "explosive-device": DEVICE,
    "car-bomb": DEVICE,
    "landmine": DEVICE,
    "suicide-bomb": "Suicide bomb",
    "chemical-agent": "Chemical weapon",
}
# They may be dropped or fired, and say nothing of it.
EITHER_WAY = ("cluster-munition", "incendiary-weapon")
REMOTE, POLITICAL = "Explosions/Remote violence", "Political violence"
CELLS_A_ROW = 720  # of half a degree


def priogrid(lat: float | None, lon: float | None) -> int | None:
    """Return the number of the cell of PRIO-GRID: counted from 90° S, 180° W eastwards, then northwards; from 1."""
    if lat is None or lon is None or not (-90 <= lat < 90 and -180 <= lon < 180):
        return None
    return floor((lat + 90) * 2) * CELLS_A_ROW + floor((lon + 180) * 2) + 1


def sub_event(weapons: Iterable[str]) -> str | None:
    """Return the sub_event_type of these weapons (slugs), where they all have the same."""
    named = [slug for slug in weapons if slug not in EITHER_WAY]
    found = {SUB_EVENTS.get(slug) for slug in named}
    return found.pop() if len(found) == 1 else None
