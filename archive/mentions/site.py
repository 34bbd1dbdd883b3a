"""A place of a report with its part. Pure."""

from typing import NamedTuple

from archive.mentions.parts import Part
from archive.names.spelling_index import Candidate


class Site(NamedTuple):
    """A place in a report: code points of the text, the places that may be meant, its part, and by which rule.

    ``candidates`` are best first, ``pcode`` is the first's. Both are empty for a region that has no code: ``region``
    is its name. ``governorates`` are the P-codes of those that it lies in (or is). ``sentence`` is the span of its
    sentence; ``has_casualties`` when that tells of people killed or injured.
    """

    start: int
    end: int
    exact: str
    pcode: str
    candidates: tuple[Candidate, ...]
    is_certain: bool
    part: Part
    rule: str
    sentence: tuple[int, int]
    governorates: tuple[str, ...]
    has_casualties: bool
    region: str = ""
