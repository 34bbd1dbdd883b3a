"""The table that `make bench` prints."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.figures import MEDIAN, PAGE, bound, ratio, slowest_of

Result = dict[str, Any]
HEAD = (
    "| page | queries | p50 | p95 | again p50 | 8 clients p50 | p95 | slowest | floor p50 | p95 | bound "
    "| Datasette p50 | × |"
)


def table(results: Iterable[Result]) -> Iterator[str]:
    """One line a page; bold is what misses its bound."""
    yield HEAD
    yield "|" + " --- |" * (HEAD.count("|") - 1)
    for one in results:
        alone, together, floor = one["alone"], one["together"], one["floor"]
        limit = bound(floor["p50"])
        median = PAGE if one["name"] == "incident page" else MEDIAN
        beside = one.get("datasette", {}).get("p50")
        cells = [
            one["name"],
            one["queries"],
            marked(alone["p50"], median),
            marked(alone["p95"], limit),
            ms(one["again"]["p50"]),
            ms(together["p50"]),
            marked(together["p95"], slowest_of(one["name"])),
            ms(together["slowest"]),
            ms(floor["p50"]),
            ms(floor["p95"]),
            ms(limit),
            ms(beside) if beside else "",
            ratio(beside, alone["p50"]) if beside else "",
        ]
        yield "| " + " | ".join(map(str, cells)) + " |"


def written(results: Iterable[Result], limit: float) -> Iterator[str]:
    """One line a page while somebody writes; no answer to one client may take longer than ``limit`` milliseconds."""
    yield "| page | p50 | p95 | slowest | 8 clients p50 | p95 | slowest |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for one in results:
        alone, together = one["alone"], one["together"]
        slowest = marked(alone["slowest"], limit)
        crowd = [ms(together["p50"]), marked(together["p95"], slowest_of(one["name"])), ms(together["slowest"])]
        yield f"| {one['name']} | {ms(alone['p50'])} | {ms(alone['p95'])} | {slowest} | {' | '.join(crowd)} |"


def growth(small: Iterable[Result], large: Iterable[Result]) -> Iterator[str]:
    """How much slower each page is in the large archive."""
    yield "| page | small p50 | large p50 | × |"
    yield "| --- | --- | --- | --- |"
    before = {one["name"]: one["alone"]["p50"] for one in small}
    for one in large:
        if one["name"] in before:
            now = one["alone"]["p50"]
            times = ratio(now, before[one["name"]])
            yield f"| {one['name']} | {ms(before[one['name']])} | {ms(now)} | {marked(times or 0, 2, '.2f')} |"


def files(results: Iterable[Result]) -> Iterator[str]:
    yield "| file | first byte (ms) | whole (s) | MB | more memory (MB) |"
    yield "| --- | --- | --- | --- | --- |"
    for one in results:
        first, more = marked(one["first_ms"], 200), marked(one["memory_megabytes"], 150)
        yield f"| {one['name']} | {first} | {one['seconds']} | {one['megabytes']} | {more} |"


def loading(steps: Iterable[Result]) -> Iterator[str]:
    for one in steps:
        if one["rows"] > 1:
            rate = one["rows"] / one["seconds"]
            yield f"{one['step']}: {one['rows']:,} in {one['seconds']:,.0f} s, {rate:,.0f} a second"


def ms(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def marked(value: float, limit: float, form: str = "") -> str:
    written = format(value, form) if form else ms(value)
    return f"**{written}**" if value > limit else written
