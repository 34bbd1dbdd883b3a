"""What texts share: runs of words as numbers, and a small sketch of a text by which those that share much are found.

A text is the set of its runs of three words, folded as a quote is (case, marks, hamza seats, digits). Of many random
orders of all runs, the first one of each is the same in two texts as often as their sets overlap (MinHash; Broder,
"On the resemblance and containment of documents", 1997). Bands of two firsts are equal only where much is shared, so
that an index of the bands finds candidates; the firsts tell about how much they share, the sets themselves exactly.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archive.text.folding import fold

Runs = npt.NDArray[np.uint64]
Firsts = npt.NDArray[np.uint16]

RULES = 1  # of sketches: raise it with anything below, and make them again
RUN = 3  # words
ORDERS = 144
TOGETHER = 2  # orders of one band
LONGEST = 1_000_000  # code points; no report is that long, and memory is bounded
AT_ONCE = 2_048  # runs that are put into all orders together: some megabytes
FEWEST = 12  # runs of a text that has a sketch: less is a caption or a headline
_WORD = re.compile(r"[^\W_]+")
_RANDOM = np.random.Generator(np.random.PCG64(20_161_124))  # the same for ever
_FACTORS = _RANDOM.integers(0, 2**64, (ORDERS, 1), dtype=np.uint64) | np.uint64(1)
_SHIFTS = _RANDOM.integers(0, 2**64, (ORDERS, 1), dtype=np.uint64)
_PLACES = _RANDOM.integers(0, 2**64, RUN, dtype=np.uint64) | np.uint64(1)


class Sketch(NamedTuple):
    """``bands`` are signed numbers of 64 bits, ``firsts`` the last 16 bits of each first, ``size`` counts the runs."""

    bands: list[int]
    firsts: bytes
    size: int


def runs_of(text: str) -> Runs:
    """The runs of words of a text, each once, as numbers in their order; fewer words than a run are one.

    Of a text of more than `LONGEST` code points those of its beginning.
    """
    words = _WORD.findall(fold(text[:LONGEST]).text)
    numbers = np.fromiter(map(_number, words), np.uint64, len(words))
    if len(numbers) < RUN:
        return np.unique(_mixed(numbers.sum(keepdims=True, dtype=np.uint64))) if len(numbers) else numbers
    last = len(numbers) - RUN + 1
    runs = np.zeros(last, np.uint64)
    for place, factor in enumerate(_PLACES):
        runs = _mixed(runs + numbers[place : place + last] * factor)
    return np.unique(runs)


def sketch_of(runs: Runs) -> Sketch | None:
    """What a text is found by; None of one that is too short."""
    if len(runs) < FEWEST:
        return None
    firsts = np.full(ORDERS, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(runs), AT_ONCE):
        some = runs[None, start : start + AT_ONCE]
        firsts = np.minimum(firsts, _mixed(some * _FACTORS + _SHIFTS).min(axis=1))
    bands = np.arange(ORDERS // TOGETHER, dtype=np.uint64)
    for place in range(TOGETHER):
        bands = _mixed(bands * _PLACES[0] + firsts[place::TOGETHER])
    signed = [int(band) for band in bands.view(np.int64)]
    return Sketch(signed, firsts.astype("<u2").tobytes(), len(runs))


def estimates(one: Sketch, firsts: list[bytes], sizes: list[int]) -> npt.NDArray[np.float64]:
    """About which share of the shorter of two texts stands in the longer one, for each of some others."""
    theirs = np.frombuffer(b"".join(firsts), "<u2").reshape(len(firsts), ORDERS)
    overlap = (theirs == np.frombuffer(one.firsts, "<u2")).mean(axis=1)
    lengths = np.array(sizes, np.float64)
    both = overlap / (1 + overlap) * (lengths + one.size)
    shares: npt.NDArray[np.float64] = np.minimum(1.0, both / np.minimum(lengths, one.size))
    return shares


def shared(one: Runs, other: Runs) -> tuple[float, float]:
    """The share of the one that stands in the other too, and of the other in the one; 0 where either has no words."""
    if not len(one) or not len(other):
        return 0.0, 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / len(one), both / len(other)


@lru_cache(maxsize=65_536)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


def _mixed(numbers: Runs) -> Runs:
    """Numbers of 64 bits spread over all bits (the finaliser of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Runs = numbers ^ (numbers >> np.uint64(31))
    return mixed
