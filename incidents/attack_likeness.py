"""How likely two accounts tell of one attack: by day, place, facility, numbers of people and who did it. Pure.

A question for an editor, never an answer. Weights were set with the pairs that `make evaluate` measures.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import NamedTuple, TypeVar

from archive.points import metres

DAYS = 3  # more days between them, and they are two attacks
NEAR = 12.0  # kilometres: further towns are two places
LIKELY = 0.55  # from this score on it is asked
UNPLACED = 0.5  # at most, where either says no day or no place
WITHIN = {0: 0.0, 1: 0.35, 2: 0.75, 3: 0.85, 4: 0.9}  # level of the area that one names and the other lies in
Thing = TypeVar("Thing")
Days = tuple[date, date]
Count = tuple[int | None, int | None]


class Where(NamedTuple):
    """A place: key, name, level (0 a country … 4 and more a town), the keys of all above it, its point in degrees."""

    key: int
    name: str
    level: int
    ancestors: tuple[int, ...] = ()
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of an attack; empty where nothing is.

    ``days`` are ranges of days, both ends included; numbers of people are low and high, None where it is not said.
    Facilities, kinds of facility and actors are names by key; so are weapons; ``parents`` and ``weapon_parents`` are
    the keys of what those actors and weapons are a part or a kind of.
    """

    days: tuple[Days, ...] = ()
    places: tuple[Where, ...] = ()
    facilities: Mapping[int, str] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)
    actors: Mapping[int, str] = field(default_factory=dict)
    parents: frozenset[int] = frozenset()
    weapons: Mapping[int, str] = field(default_factory=dict)
    weapon_parents: frozenset[int] = frozenset()
    killed: tuple[Count, ...] = ()
    injured: tuple[Count, ...] = ()


class Part(NamedTuple):
    """What one thing adds to the score, and why, in words for an editor."""

    points: float
    reason: str = ""


class Likeness(NamedTuple):
    """From 0 to 1, and what speaks for and against it."""

    score: float
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


NOTHING = Part(0.0)


def compare(one: Facts, other: Facts) -> Likeness:
    """How likely both tell of one attack. Symmetric; without a day or a place on both sides never likely by itself."""
    when, where = best(one.days, other.days, by_days), best(one.places, other.places, by_places)
    same = [name for key, name in one.facilities.items() if key in other.facilities]
    if same:
        where = Part(1.0, "")
    if (when and when.points == 0) or (where and where.points == 0):
        return Likeness(0.0, tuple(part.reason for part in (when, where) if part and part.points == 0))
    parts = [
        Part(0.45 * when.points, when.reason) if when else NOTHING,
        Part(0.4 * where.points, where.reason) if where else Part(0.1),
        by_facilities(one, other, same),
        by_names(one.kinds, other.kinds, "kinds of facility", 0.05, 0.1) if not same else NOTHING,
        by_actors(one, other),
        by_weapons(one, other),
        best(one.killed, other.killed, by_killed) or NOTHING,
        best(one.injured, other.injured, by_injured) or NOTHING,
    ]
    most = 1.0 if when and where else UNPLACED
    score = min(max(sum(part.points for part in parts), 0.0), most)
    return Likeness(round(score, 3), tuple(part.reason for part in parts if part.reason))


def best(ones: Iterable[Thing], others: Iterable[Thing], by: Callable[[Thing, Thing], Part]) -> Part | None:
    """The pair that speaks most for it; None when either side says nothing."""
    return max((by(one, other) for one, other in product(ones, others)), key=lambda part: part.points, default=None)


def by_days(one: Days, other: Days) -> Part:
    gap = max((one[0] - other[1]).days, (other[0] - one[1]).days, 0)
    if gap > DAYS:
        return Part(0.0, f"{gap} days apart")
    if gap:
        return Part({1: 0.8, 2: 0.6, 3: 0.3}[gap], f"{gap} day{'s' if gap > 1 else ''} apart")
    breadth = max((days[1] - days[0]).days for days in (one, other))
    if breadth == 0:
        return Part(1.0, "the same day")
    for limit, points in ((3, 1.0), (10, 0.8), (45, 0.55)):
        if breadth <= limit:
            return Part(points, "dates that overlap")
    return Part(0.3, "dates that overlap, one of them vague")


def by_places(one: Where, other: Where) -> Part:
    if one.key == other.key:
        return Part(1.0 if one.level > 3 else WITHIN.get(one.level, 0.9), f"the same place: {one.name}")
    for inner, outer in ((one, other), (other, one)):
        if outer.key in inner.ancestors:
            return Part(WITHIN.get(outer.level, 0.9) or 0.05, f"{inner.name} lies in {outer.name}")
    apart = kilometres(one, other)
    if apart is None or apart > NEAR or min(one.level, other.level) < 3:
        return Part(0.0, f"{one.name} is not near {other.name}")
    return Part(0.8 if apart <= 3 else 0.5, f"{one.name} and {other.name} are {apart:.0f} km apart")


def kilometres(one: Where, other: Where) -> float | None:
    """Along the great circle; None where one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return metres((one.lat, one.lon), (other.lat, other.lon)) / 1000


def by_facilities(one: Facts, other: Facts, same: list[str]) -> Part:
    if same:
        return Part(0.2, f"the same facility: {', '.join(same)}")
    if one.facilities and other.facilities:
        return Part(-0.2, f"other facilities: {', '.join(other.facilities.values())}")
    return NOTHING


def by_names(one: Mapping[int, str], other: Mapping[int, str], what: str, gain: float, loss: float) -> Part:
    if same := [name for key, name in one.items() if key in other]:
        return Part(gain, f"{', '.join(same)}")
    return Part(-loss, f"other {what}: {', '.join(other.values())}") if one and other else NOTHING


def by_actors(one: Facts, other: Facts) -> Part:
    if one.actors.keys() & other.parents or other.actors.keys() & one.parents:
        return Part(0.05, "actors of which one is part of the other")
    return by_names(one.actors, other.actors, "actors", 0.05, 0.1)


def by_weapons(one: Facts, other: Facts) -> Part:
    if one.weapons.keys() & other.weapon_parents or other.weapons.keys() & one.weapon_parents:
        return Part(0.05, "weapons of which one is a kind of the other")
    return by_names(one.weapons, other.weapons, "weapons", 0.05, 0.15)


def by_killed(one: Count, other: Count) -> Part:
    return by_counts(one, other, "killed", 0.1, 0.15)


def by_injured(one: Count, other: Count) -> Part:
    return by_counts(one, other, "injured", 0.05, 0.05)


def by_counts(one: Count, other: Count, what: str, gain: float, loss: float) -> Part:
    number, other_number = (count[0] if count[0] is not None else count[1] for count in (one, other))
    if number is None or other_number is None:
        return NOTHING
    less, more = sorted((number, other_number))
    if more - less <= max(2, more // 3):
        return Part(gain, f"{less if less == more else f'{less} and {more}'} {what}")
    return Part(-loss, f"{number} and {other_number} {what}") if more > 3 * less + 5 else NOTHING
