"""From a point to the nearest place, and to what lies above it in the code table. Pure."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from archive.points import metres
from archive.terms import Level

KILOMETRES = 111.2  # in a degree of latitude
FIRST_BAND = 0.1  # degrees


class Spot(NamedTuple):
    """A place: P-code, name, level, its point in degrees or None, and the P-codes above it, country first."""

    pcode: str
    name: str
    level: int
    lat: float | None
    lon: float | None
    above: tuple[str, ...] = ()


class Places:
    """All places, to look up by P-code and by point."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self.by_pcode = {spot.pcode: spot for spot in spots}
        pointed = (spot for spot in self.by_pcode.values() if spot.lat is not None and spot.lon is not None)
        self.towns = sorted(
            (spot for spot in pointed if spot.level >= Level.COMMUNITY), key=lambda spot: spot.lat or 0.0
        )
        self.lats = [spot.lat or 0.0 for spot in self.towns]

    def nearest(self, lat: float, lon: float, *, deepest: int, within: str = "") -> tuple[Spot, float] | None:
        """The nearest town, or a neighbourhood where ``deepest`` is that level, and how many kilometres away.

        ``within`` is the P-code of an area that it has to lie in. None where there is none at all.
        """
        best: tuple[Spot, float] | None = None
        band = FIRST_BAND
        while True:
            first, last = bisect_left(self.lats, lat - band), bisect_left(self.lats, lat + band)
            for spot in self.towns[first:last]:
                if spot.level <= max(deepest, Level.COMMUNITY) and (not within or within in (spot.pcode, *spot.above)):
                    away = kilometres(lat, lon, spot)
                    if best is None or away < best[1]:
                        best = spot, away
            if (best and best[1] <= band * KILOMETRES) or (first == 0 and last == len(self.towns)):
                return best
            band *= 2

    def at_level(self, spot: Spot, level: int) -> Spot:
        """The spot itself, or what lies above it at that level, or higher where the code table leaves it out."""
        line = [*(self.by_pcode[pcode] for pcode in spot.above if pcode in self.by_pcode), spot]
        return next((one for one in reversed(line) if one.level <= level), line[0])


def kilometres(lat: float, lon: float, spot: Spot) -> float:
    """Along the great circle."""
    assert spot.lat is not None
    assert spot.lon is not None
    return metres((lat, lon), (spot.lat, spot.lon)) / 1000
