"""Which labels above bars a telephone has room for, where letters are larger beside the bars. Pure."""

from collections.abc import Sequence

from incidents.lists.chart.plot import Plot, Tag, width_of

LARGER = 2.0  # times, of letters on a telephone (`static/css/charts.css`)


def sides(plot: Plot, texts: Sequence[Sequence[str]], tags: Sequence[Tag]) -> list[str]:
    """Where a label begins or ends at the middle of its bar lest it leave the picture: "early", "late" or ""."""
    return [side(*ends(plot, at, parts, tags[at]), plot.width) for at, parts in enumerate(texts)]


def side(begins: float, ends: float, width: float) -> str:
    return "early" if begins < 0 else "late" if ends > width else ""


def ends(plot: Plot, index: int, parts: Sequence[str], tag: Tag) -> tuple[float, float]:
    half = max(map(width_of, tag.lines or ["".join(parts)]), default=0.0) * LARGER / 2
    middle = tag.x if tag.lines else plot.middle(index)
    return middle - half, middle + half


def near(plot: Plot, texts: Sequence[Sequence[str]], tags: Sequence[Tag], tops: Sequence[int]) -> list[bool]:
    """Whether a telephone shows each label: the highest bars first, those that touch none shown and no higher bar."""
    shown: dict[int, tuple[float, float]] = {}
    half = plot.bar_width / 2
    for at in sorted(range(len(texts)), key=lambda one: -tops[one]):
        if not texts[at]:
            continue
        begins, stops = moved(*ends(plot, at, texts[at], tags[at]), plot.width)
        higher = [plot.middle(other) for other in range(len(texts)) if tops[other] > tops[at]]
        is_covered = any(begins < middle + half and middle - half < stops for middle in higher)
        if not is_covered and not any(begins < last and first < stops for first, last in shown.values()):
            shown[at] = begins, stops
    return [at in shown for at in range(len(texts))]


def moved(begins: float, stops: float, width: float) -> tuple[float, float]:
    """Where a label stands that begins, or ends, at the middle of its bar."""
    by = {"early": (stops - begins) / 2, "late": (begins - stops) / 2}.get(side(begins, stops, width), 0.0)
    return begins + by, stops + by
