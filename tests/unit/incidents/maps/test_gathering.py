"""Marks of several pieces, in a whole country or in the outskirts of one town: each is told from the others."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.lists.map.gathering import Group, Taken, gathered
from incidents.lists.map.marks import BETWEEN, in_rows
from incidents.maps import symbols

Town = tuple[float, float, list[tuple[int, float]]]
PIECES = st.lists(
    st.tuples(st.integers(0, len(symbols.SHAPES) - 1), st.floats(4, 16)),
    min_size=1,
    max_size=8,
    unique_by=lambda p: p[0],
)
TOWNS = st.lists(st.tuples(st.floats(0, 800), st.floats(0, 600), PIECES), max_size=14)
NEAR = st.lists(st.tuples(st.floats(0, 60), st.floats(0, 60), PIECES), max_size=8)


def taken_by(towns: list[Town], group: Group, size: float) -> Taken:
    """A mark amid its towns, with a piece of each shape that one of these has."""
    radii: dict[int, float] = {}
    for at in group:
        for shape, radius in towns[at][2]:
            radii[shape] = math.hypot(radii.get(shape, 0.0), radius)
    halves = [symbols.half(shape, radius) for shape, radius in sorted(radii.items())]
    pieces = [
        (dx * size, dy * size, aside * size, away * size)
        for (dx, dy), (aside, away) in zip(in_rows(halves), halves, strict=True)
    ]
    spots = [towns[at][:2] for at in group]
    return Taken(sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots), spots, pieces)


def corners(mark: Taken) -> list[tuple[float, float, float, float]]:
    return [
        (mark.x + dx - aside, mark.y + dy - away, mark.x + dx + aside, mark.y + dy + away)
        for dx, dy, aside, away in mark.pieces
    ]


@pytest.mark.parametrize("size", [1.0, 1.5])
@given(st.one_of(TOWNS, NEAR))
def test_no_two_marks_touch_and_each_is_nearest_to_its_own_town(size: float, towns: list[Town]) -> None:
    groups = gathered(len(towns), lambda group: taken_by(towns, group, size), 1.0)

    assert sorted(at for group in groups for at in group) == list(range(len(towns)))
    marks = [taken_by(towns, group, size) for group in groups]
    for one, two in combinations(marks, 2):
        for left, top, right, bottom in corners(one):
            for other in corners(two):
                assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    for mark in marks:
        for dx, dy, _aside, _away in mark.pieces:
            x, y = mark.x + dx, mark.y + dy
            own = min(math.dist((x, y), spot) for spot in [(mark.x, mark.y), *mark.spots])
            others = [math.dist((x, y), spot) for other in marks if other is not mark for spot in other.spots]
            assert all(own < distance for distance in others)


def test_towns_far_apart_have_marks_of_their_own() -> None:
    towns: list[Town] = [(0.0, 0.0, [(0, 10.0)]), (100.0, 0.0, [(0, 10.0), (1, 8.0)]), (104.0, 0.0, [(2, 4.0)])]

    assert gathered(3, lambda group: taken_by(towns, group, 1.0), 1.0) == [(0,), (1, 2)]


@given(PIECES)
def test_pieces_of_a_mark_lie_beside_each_other_around_its_middle(pieces: list[tuple[int, float]]) -> None:
    halves = [symbols.half(shape, radius) for shape, radius in pieces]
    spots = in_rows(halves)

    for (one, (aside, away)), (two, (aside_2, away_2)) in combinations(list(zip(spots, halves, strict=True)), 2):
        apart = abs(one[0] - two[0]) - aside - aside_2, abs(one[1] - two[1]) - away - away_2
        assert max(apart) > BETWEEN - 0.05
    if len(pieces) == 1:
        assert spots == [(0.0, 0.0)]
