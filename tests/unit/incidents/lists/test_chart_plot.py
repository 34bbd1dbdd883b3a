"""The geometry of a panel: nothing stands outside, heights follow amounts, names below the axis do not collide."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from incidents.lists.chart.plot import BOTTOM, DIGIT, LEFT, RIGHT, SHADES, SLANTS, TOP, WEFTS, Plot

STACKS = st.lists(st.lists(st.integers(0, 5_000), min_size=3, max_size=3), min_size=1, max_size=400)
WIDTHS = st.sampled_from([800.0, 390.0])
KINDS = ("certain", "range", "possible")


@given(STACKS, WIDTHS)
def test_pieces_stand_on_each_other_within_the_panel(stacks: list[list[int]], width: float) -> None:
    plot = Plot(width, 240.0, len(stacks), max(map(sum, stacks)))

    for at, amounts in enumerate(stacks):
        pieces = plot.pieces(at, [(kind, 0, amount) for kind, amount in zip(KINDS, amounts, strict=True)])
        assert [piece.kind for piece in pieces] == [kind for kind, amount in zip(KINDS, amounts, strict=True) if amount]
        base = 240.0 - BOTTOM
        for piece in pieces:
            assert abs(piece.y + piece.height - base) < 0.02
            assert piece.height > 0
            assert piece.x >= LEFT - 0.01
            assert piece.x + piece.width <= width - RIGHT + 0.01
            base = piece.y
        assert base >= TOP - 1.5 * len(pieces) - 0.05


@given(st.integers(1, 400), st.integers(4, 10), WIDTHS)
def test_names_below_the_axis_have_room(number: int, longest: int, width: float) -> None:
    plot = Plot(width, 240.0, number, 10)

    named = [plot.middle(at) for at, label in enumerate(plot.labels(number, longest)) if label]

    assert named
    assert all(after - before >= longest * DIGIT for before, after in itertools.pairwise(named))


def test_labels_of_many_bars_are_there_all_or_none() -> None:
    few, many = Plot(800.0, 240.0, 12, 10), Plot(800.0, 240.0, 60, 10)

    assert lines(few, [["7", "+1"], ["120–135", "+12"], ["1200–1350"], ["9"]]) == [
        ["7+1"],
        ["120–135", "+12"],
        [],
        ["9"],
    ]
    assert lines(many, [["7"]] * 30 + [["12"]] + [["7"]] * 29) == [[]] * 60
    assert lines(many, [["7"]] * 59 + [[]]) == [["7"]] * 59 + [[]]


def lines(plot: Plot, texts: list[list[str]]) -> list[list[str]]:
    return [list(tag.lines) for tag in plot.tags(texts)]


@given(st.lists(st.text("0123456789–≥+", max_size=9), min_size=1, max_size=16), WIDTHS)
def test_labels_of_few_bars_stand_within_the_picture_and_not_on_each_other(texts: list[str], width: float) -> None:
    plot = Plot(width, 240.0, len(texts), 10)

    shown = [tag for tag in plot.tags([[text] if text else [] for text in texts]) if tag.lines]

    spans = [(tag.x - len(tag.lines[0]) * DIGIT / 2, tag.x + len(tag.lines[0]) * DIGIT / 2) for tag in shown]
    assert all(begins >= LEFT - 0.1 and ends <= width + 0.1 for begins, ends in spans)
    assert all(before[1] <= after[0] + 0.1 for before, after in itertools.pairwise(spans))


def test_signs_are_wider_than_figures() -> None:
    tags = Plot(400.0, 240.0, 17, 1).tags([["+1"]] * 17)  # 20 units each

    assert not any(tag.lines for tag in tags)
    assert all(tag.lines for tag in Plot(400.0, 240.0, 16, 1).tags([["+1"]] * 16))


def test_a_label_wider_than_its_bar_stands_over_the_empty_ones_beside() -> None:
    first, *_others = Plot(390.0, 200.0, 9, 10).tags([["23–223", "+26"], [], [], ["15"], [], [], [], [], []])

    assert first.lines == ["23–223", "+26"]


def test_patterns_and_colours_are_named() -> None:
    plain, woven, hatched = Plot(800.0, 240.0, 1, 3).pieces(
        0, [("certain", 0, 1), ("certain", 2, 1), ("possible", 2, 1)]
    )

    assert (plain.look, plain.fill, plain.colour) == ("certain", SHADES[0], SHADES[0])
    assert (woven.look, woven.fill, woven.colour) == ("part", "url(#part-2)", SHADES[2])
    assert hatched.fill == "url(#possible-2)"


def test_parts_of_a_stack_are_told_apart_without_colours() -> None:
    kinds = [(WEFTS.get(shade, SHADES[shade]), SLANTS[shade]) for shade in range(len(SHADES))]

    assert len({certain for certain, _slant in kinds}) == len({slant for _certain, slant in kinds}) == len(SHADES)
