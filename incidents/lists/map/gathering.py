"""Marks that would lie on each other are drawn as one. Pure."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

Group = tuple[int, ...]  # the numbers of what one mark stands for, the first first
Point = tuple[float, float]
BETWEEN = 0.5  # of a pixel: how far apart marks stand at least


@dataclass(frozen=True, slots=True)
class Taken:
    """What a mark takes up: where it stands and of what places; its pieces as rectangles, each by how far its middle
    is moved and how far it reaches aside and away. All in one unit.
    """

    x: float
    y: float
    spots: Sequence[Point]
    pieces: Sequence[tuple[float, float, float, float]]

    @property
    def reach(self) -> float:
        """No corner of a piece is farther from where it stands."""
        corners = (math.hypot(abs(dx) + aside, abs(dy) + away) for dx, dy, aside, away in self.pieces)
        return max(corners, default=0.0)

    @property
    def spread(self) -> float:
        """How far its places are from where it stands."""
        return max((math.hypot(x - self.x, y - self.y) for x, y in self.spots), default=0.0)

    def meets(self, other: "Taken", gap: float) -> bool:
        """Whether pieces of two marks touch."""
        return any(
            abs(self.x + one[0] - other.x - two[0]) < one[2] + two[2] + gap
            and abs(self.y + one[1] - other.y - two[1]) < one[3] + two[3] + gap
            for one in self.pieces
            for two in other.pieces
        )

    def is_nearer_to(self, other: "Taken") -> bool:
        """Whether a piece stands nearer to a place of the other mark than to where its own stands and its places."""
        for dx, dy, _aside, _away in self.pieces:
            x, y = self.x + dx, self.y + dy
            own = min(math.hypot(x - left, y - top) for left, top in [(self.x, self.y), *self.spots])
            if any(math.hypot(x - left, y - top) <= own for left, top in other.spots):
                return True
        return False


def gathered(number: int, taken: Callable[[Group], Taken], unit: float) -> list[Group]:
    """Gather ``number`` places into marks, each told by ``taken`` in units of the sheet (``unit`` is a pixel), so that
    no two touch and each piece of a mark is nearer to its own places than to others.

    Neighbours join in pairs, the nearest first, until that holds.
    """
    groups: list[Group] = [(at,) for at in range(number)]
    while pairs := clashes([taken(group) for group in groups], unit):
        joined = dict(pairs)
        gone = set(joined.values())
        groups = [
            tuple(sorted((*group, *groups[joined[at]]))) if at in joined else group
            for at, group in enumerate(groups)
            if at not in gone
        ]
    return groups


def clashes(marks: Sequence[Taken], unit: float) -> list[tuple[int, int]]:
    """Return pairs of marks that cannot be told apart, each mark at most once, the nearest pair first."""
    found: list[tuple[int, int]] = []
    used: set[int] = set()
    for _distance, first, second in sorted(clashing(marks, unit)):
        if not {first, second} & used:
            used |= {first, second}
            found.append((first, second))
    return found


def clashing(marks: Sequence[Taken], unit: float) -> Iterator[tuple[float, int, int]]:
    reaches = [2 * mark.reach + mark.spread for mark in marks]
    for (at, one), (beside, two) in combinations(enumerate(marks), 2):
        distance = math.hypot(one.x - two.x, one.y - two.y)
        if distance > reaches[at] + reaches[beside] + unit:
            continue
        if one.meets(two, BETWEEN * unit) or one.is_nearer_to(two) or two.is_nearer_to(one):
            yield distance, at, beside
