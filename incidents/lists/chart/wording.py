"""What a chart says: its title, its figures, what is seen, how it counts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from archive.lists.filter_words import period
from archive.lists.histogram import Unit
from archive.localisation import figures as kept_together
from archive.localisation import grouped
from incidents.lists.chart.counting import Figure
from incidents.lists.chart.filters import PEOPLE, ChartFilters
from incidents.lists.chart.plot import Shaded
from incidents.lists.chart.samples import Sample
from incidents.lists.filter_sentence import sentence

if TYPE_CHECKING:
    from incidents.lists.chart.drawing import Chart
    from incidents.lists.chart.panels import Panel
    from incidents.lists.chart.series import Series


def title(filters: ChartFilters, unit: Unit) -> str:
    """“Attacks on hospitals that may have happened in Idleb in 2019, by month”."""
    said = sentence(filters)
    match filters.value("measure"):
        case "killed":
            said = _("%(what)s: people killed") % {"what": said}
        case "injured":
            said = _("%(what)s: people injured") % {"what": said}
        case "facilities":
            said = _("%(what)s: facilities hit") % {"what": said}
    parts = [said, by(unit), split(filters)]
    return pgettext("parts of a title", ", ").join(part for part in parts if part)


def by(unit: Unit) -> str:
    return {
        "day": pgettext("chart", "by day"),
        "week": pgettext("chart", "by week"),
        "month": pgettext("chart", "by month"),
        "quarter": pgettext("chart", "by quarter"),
        "year": pgettext("chart", "by year"),
    }[unit]


def split(filters: ChartFilters) -> str:
    if filters.value("compare"):
        return pgettext("chart", "compared")
    return {
        "actor": pgettext("chart", "by actor"),
        "facility_type": pgettext("chart", "by kind of facility"),
        "weapon": pgettext("chart", "by weapon"),
        "town": pgettext("chart", "by place"),
    }.get(filters.value("split") or "", "")


def short(first: date, unit: Unit) -> str:
    """A bar on the axis: “2019-05”, “2019”; of a week its first day, of a quarter its number."""
    if unit == "quarter":
        quarter = {"year": first.year, "number": (first.month - 1) // 3 + 1}
        return pgettext("axis", "Q%(number)s %(year)s") % quarter
    return kept_together(first.isoformat()[: {"year": 4, "month": 7}.get(unit, 10)])


def shorts(firsts: Sequence[Sequence[date]], unit: Unit, *, have_own_days: bool) -> list[str]:
    """What stands below the axis that several panels share, given the first days of their bars.

    Of several periods only what they have in common: “05”, “Q2”; else the number of the bar, “1”, “2”.
    """
    longest = max(firsts, key=len)
    if not have_own_days:
        return [short(first, unit) for first in longest]
    if unit in ("day", "month", "quarter"):
        named = [[of_any_year(first, unit) for first in each] for each in firsts]
        most = max(named, key=len)
        if all(each == most[: len(each)] for each in named):
            return most
    return [grouped(at + 1) for at in range(len(longest))]


def of_any_year(first: date, unit: Unit) -> str:
    if unit == "quarter":
        return pgettext("axis", "Q%(number)s") % {"number": (first.month - 1) // 3 + 1}
    return kept_together(first.isoformat()[5 : 7 if unit == "month" else 10])


def count(figure: Figure) -> str:
    """“3”, “3–5”; “up to 5”; “at least 3”, “3–5 or more” where only some of what is added up has an upper bound."""
    low, high, is_open = figure.low, figure.high, figure.is_open
    if figure.has_no_low:
        return _("up to %(number)s") % {"number": grouped(high)}
    numbers = grouped(low)
    if low != high:
        numbers = pgettext("count", "%(low)s–%(high)s") % {"low": grouped(low), "high": grouped(high)}
    if not is_open:
        return numbers
    words = _("at least %(number)s") if low == high else _("%(number)s or more")
    return words % {"number": numbers}


def tag(figure: Figure, *, is_people: bool) -> list[str]:
    """What stands above a bar, in parts: “7”, “12–15”, “≥12”, “≤15”, “?” where none is known; “+1” that is possible."""
    more = [f"+{figure.possible}"] if figure.possible else []
    if not figure.certain:
        return more
    if is_people and not figure.is_known:
        return ["?", *more]
    sign = "≥" if figure.is_open else "≤" if figure.has_no_low else ""
    is_one = figure.low == figure.high or figure.has_no_low
    numbers = f"{figure.high}" if is_one else f"{figure.low}–{figure.high}"
    return [f"{sign}{numbers}", *more]


def figures(figure: Figure, measure: str, parts: Iterable[tuple["Series", Figure]] = ()) -> str:
    """“7 certain, 1 possible”; of people “12–15, possibly up to 3 more; 1 incident without a number”.

    Of a stack also what each of its parts has.
    """
    if measure in PEOPLE:
        return " · ".join(of_people(figure))
    said = [f"{series.name}: {''.join(tag(one, is_people=False))}" for series, one in parts if one.incidents]
    return " · ".join([certain_possible(figure.low, figure.possible), *said])


def of_people(figure: Figure) -> Iterator[str]:
    if figure.is_known:
        yield count(figure)
    elif figure.certain:
        yield _("number not known")
    if figure.further > figure.silent_further:
        yield _("possibly %(number)s more") % {"number": besides(figure)}
    if silent := figure.silent + figure.silent_further:
        yield ngettext("%(number)s incident without a number", "%(number)s incidents without a number", silent) % {
            "number": grouped(silent)
        }


def besides(figure: Figure) -> str:
    """“up to 8”, “8 or more”."""
    words = _("%(number)s or more") if figure.is_possible_open else _("up to %(number)s")
    return words % {"number": grouped(figure.possible)}


def certain_possible(certain: int, possible: int) -> str:
    shown = {"certain": grouped(certain), "possible": grouped(possible)}
    if possible and certain:
        return _("%(certain)s certain, %(possible)s possible") % shown
    return _("%(possible)s possible") % shown if possible else _("%(certain)s certain") % shown


def seen(chart: "Chart") -> list[str]:
    """What is seen: where the most are, and how many in all; of several panels one sentence each."""
    if not chart.panels:
        return [_("No date is known of any of these.") if chart.rows else _("Nothing matches all of this") + "."]
    return [(f"{panel.name}: " if panel.name else "") + said_of(panel, chart) for panel in chart.panels]


def said_of(panel: "Panel", chart: "Chart") -> str:
    if not panel.filled:
        return _("none.")
    return " ".join([most(panel.filled, chart.unit, chart.measure), in_all(panel.total, chart.measure)])


class Drawn(Protocol):
    """A bar, of a chart or of the timeline."""

    @property
    def name(self) -> str: ...
    @property
    def days(self) -> tuple[date, date]: ...
    @property
    def figure(self) -> Figure: ...


def rank(bar: Drawn) -> tuple[int, int]:
    """What is most: of as many that are certain, the one with most that are possible."""
    return bar.figure.low, bar.figure.top


def most(bars: Sequence[Drawn], unit: Unit, measure: str = "incidents") -> str:
    """“Most in May 2019: 7 certain, 1 possible.” Where another may have had more, the highest of those too."""
    best = max(bars, key=rank)
    alike = sum(rank(bar) == rank(best) for bar in bars) - 1
    said = _("Most %(time)s: %(figures)s") % {
        "time": when(best, unit),
        "figures": figures(best.figure, measure),
    }
    if alike:
        said += ngettext(" (and as many in %(number)s other)", " (and as many in %(number)s others)", alike) % {
            "number": grouped(alike)
        }
    others = [bar for bar in bars if rank(bar) != rank(best) and bar.figure.most > best.figure.low]
    if others:
        other = max(others, key=lambda bar: (bar.figure.top, bar.figure.most))
        said += _("; but it may have been more %(time)s: %(figures)s") % {
            "time": when(other, unit),
            "figures": figures(other.figure, measure),
        }
        if more := len(others) - 1:
            said += ngettext(" (or in %(number)s other)", " (or in %(number)s others)", more) % {
                "number": grouped(more)
            }
    return said + "."


def when(bar: Drawn, unit: Unit) -> str:
    """“in May 2019”, “in April–June 2019”, “on 5 May 2019”."""
    return pgettext("period", "in %(time)s") % {"time": bar.name} if unit == "quarter" else period(*bar.days)


def in_all(total: Figure, measure: str) -> str:
    return _("In all: %(figures)s.") % {"figures": figures(total, measure)}


def rule(chart: "Chart") -> str:
    """How uncertain dates count; nothing where all are certain."""
    measure = chart.measure
    if not chart.is_people and not any(bar.figure.possible for panel in chart.panels for bar in panel.bars):
        return ""
    if measure in PEOPLE:
        return _(
            "People are counted only in the bar that certainly holds their incident; where its date is uncertain, they "
            "stand as possible in each bar that it may belong to. Do not add up what is possible: the numbers “in all” "
            "count each incident once. Where no report gives a number, nothing is counted, which does not mean zero."
        )
    if measure == "facilities":
        return _(
            "Each facility that is known by name counts once a bar. Where the date is uncertain, it stands as possible "
            "in each bar that the incident may belong to: do not add those up."
        )
    return _(
        "An incident whose date is uncertain stands as possible in each bar that it may belong to: do not add those "
        "up. The numbers “in all” count each incident once."
    )


def keys(chart: "Chart") -> list[Sample]:
    """The legend. In a stack, and of lines, each part has its shade."""
    possible = _("possibly then: the date (or the actor) is uncertain")
    if chart.curves:
        return list(keys_of_lines(chart, possible))
    has = {(piece.kind, piece.shade) for panel in chart.panels for bar in panel.bars for piece in bar.pieces}
    kinds = {kind for kind, _shade in has}
    if chart.is_stacked:
        parts = zip(chart.shades, chart.stacked_series, strict=True)
        hatched = [Sample("possible", 0, possible)] if "possible" in kinds else []
        return [
            *(
                Sample("certain", shade, one.name, [Shaded("possible", shade)] if ("possible", shade) in has else [])
                for shade, one in parts
            ),
            *hatched,
        ]
    certain = _("certainly then, the lowest number") if "range" in kinds else _("certainly then")
    found = [Sample("certain", 0, certain)]
    if "range" in kinds:
        found.append(Sample("range", 0, _("up to the highest number")))
    return [*found, *([Sample("possible", 0, possible)] if "possible" in kinds else [])]


def keys_of_lines(chart: "Chart", possible: str) -> Iterator[Sample]:
    figures = [bar.figure for panel in chart.panels for bar in panel.bars]
    for shade, panel in enumerate(chart.panels):
        yield Sample("line", shade, panel.name)
    if any(one.high > one.low for one in figures):
        yield Sample("up-to", 0, _("the bar at a point: up to the highest number"))
    if any(one.possible for one in figures):
        yield Sample("maybe", 0, _("the broken bar at a point: %(meaning)s") % {"meaning": possible})


def notes(chart: "Chart") -> Iterator[str]:
    """What the picture does not show."""
    if chart.filters.value("updated_since"):
        yield _("What was withdrawn or merged since is listed, but not drawn.")
    yield from chart.filters.repeated
    if chart.open_ended:
        yield ngettext(
            "%(number)s incident has no known beginning or end.",
            "%(number)s incidents have no known beginning or end.",
            chart.open_ended,
        ) % {"number": grouped(chart.open_ended)}
    if chart.curves and chart.have_own_days:
        yield _("The periods lie over each other: each begins at the left.")
    if chart.left_out:
        yield ngettext(
            "%(number)s incident is in none of these: nothing is said of it, or only of what is not drawn.",
            "%(number)s incidents are in none of these: nothing is said of them, or only of what is not drawn.",
            chart.left_out,
        ) % {"number": grouped(chart.left_out)}
