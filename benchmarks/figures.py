"""The statistics of the benchmark: what a series of times says, and how it stands to what is wanted."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

TIMES_FLOOR = 3
OVER_FLOOR = 20.0  # ms
MEDIAN, PAGE = 20.0, 8.0  # ms: the median of a list, and of the page of an incident
SLOWEST, SLOWEST_WORDS = 150.0, 250.0  # ms, 95 of 100 at eight clients; phrases and common words
AFTER_WRITE = 100.0  # ms: the slowest answer to one client after a change


@dataclass(frozen=True, slots=True)
class Times:
    """What a series of times says, in milliseconds."""

    count: int
    p50: float
    p95: float
    slowest: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that is at least as large as this share (0 to 1) of all: the nearest rank, no smoothing.

    Raises ValueError without values.
    """
    if not values:
        raise ValueError("there are no values")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def summarise(values: Sequence[float]) -> Times:
    """Say what a series of milliseconds comes to; raises ValueError without values."""
    return Times(
        count=len(values),
        p50=round(percentile(values, 0.5), 1),
        p95=round(percentile(values, 0.95), 1),
        slowest=round(max(values), 1),
    )


def bound(floor_ms: float) -> float:
    """The longest that 95 of 100 pages may take where the leanest SQL for the same data takes ``floor_ms``."""
    return TIMES_FLOOR * floor_ms + OVER_FLOOR


def slowest_of(page: str) -> float:
    """The longest that 95 of 100 answers of a kind of page may take while eight clients ask."""
    return SLOWEST_WORDS if "phrase" in page or "common word" in page else SLOWEST


def ratio(one: float, other: float) -> float | None:
    """How many times ``other`` goes into ``one``; None where that says nothing."""
    return round(one / other, 2) if other > 0 else None
