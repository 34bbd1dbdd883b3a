"""Labels above bars on a telephone: the highest always, none on another, all within the picture."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from incidents.lists.chart.plot import Plot
from incidents.lists.chart.telephones import ends, moved, near


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=60))
def test_labels_of_the_highest_are_shown_and_none_on_another(tops: list[int]) -> None:
    plot = Plot(800.0, 240.0, len(tops), max(tops))
    texts = [[str(top)] if top else [] for top in tops]
    tags = plot.tags(texts)

    shown = near(plot, texts, tags, tops)

    assert not max(tops) or shown[tops.index(max(tops))]
    spans = [moved(*ends(plot, at, texts[at], tags[at]), plot.width) for at, is_shown in enumerate(shown) if is_shown]
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(sorted(spans)))
    assert all(begins >= 0 and stops <= plot.width for begins, stops in spans)


def test_few_bars_have_all_their_numbers() -> None:
    plot = Plot(800.0, 240.0, 12, 30)
    texts = [["3", "+1"]] * 12

    assert all(near(plot, texts, plot.tags(texts), [4] * 12))
