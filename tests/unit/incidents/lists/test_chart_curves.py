"""Lines on one scale: nothing stands outside, names stand apart, numbers only where there is room."""

import itertools
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from incidents.lists.chart.counting import Figure
from incidents.lists.chart.curves import HEIGHT, MOST_CURVES, WIDTH, apart, drawn
from incidents.lists.chart.samples import DASHES, MARKS, mark

AMOUNTS = st.integers(0, 5_000)


@dataclass
class Bar:
    figure: Figure
    told: list[str] = field(default_factory=lambda: ["7", "+1"])


@dataclass
class Panel:
    name: str
    bars: list[Bar]


@st.composite
def panels(draw: st.DrawFn) -> list[Panel]:
    number = draw(st.integers(1, 30))
    figures = st.builds(lambda low, more, possible: Figure(low, low + more, possible, certain=1), *[AMOUNTS] * 3)
    bars = st.lists(st.builds(Bar, figures), min_size=number, max_size=number)
    names = st.text(st.characters(categories=["L", "Zs"]), max_size=80)
    return draw(st.lists(st.builds(Panel, names, bars), min_size=2, max_size=MOST_CURVES))


@given(panels())
def test_points_and_numbers_stand_within_the_picture(given_panels: list[Panel]) -> None:
    found = drawn(given_panels, [str(at) for at in range(len(given_panels[0].bars))])

    tags: dict[float, list[float]] = {}
    for curve in found.curves:
        for point in curve.points:
            assert found.plot.top <= point.top <= point.high <= point.y <= found.plot.base
            assert 0 < point.aside < found.plot.width
            if point.tag:
                assert point.tag_y > 10
                tags.setdefault(point.x, []).append(point.tag_y)
    for heights in tags.values():
        assert all(abs(one - other) >= 12 for at, one in enumerate(heights) for other in heights[:at])


@given(st.lists(st.floats(32, 290), min_size=1, max_size=MOST_CURVES))
def test_names_stand_apart_within_the_picture(wanted: list[float]) -> None:
    heights = [31.0] * len(wanted)

    found = sorted(apart(wanted, heights, 32.0, 290.0))

    assert found[0] >= 32.0 - 0.01
    assert found[-1] + 31.0 <= 290.01
    assert all(after - before >= 30.99 for before, after in itertools.pairwise(found))


def test_every_line_has_a_dash_and_a_mark_of_its_own() -> None:
    assert len(set(DASHES)) == len(set(MARKS)) == MOST_CURVES
    assert len({mark(number, 0, 0) for number in range(5)}) == 5  # the last is the first as an outline
    assert WIDTH > HEIGHT
