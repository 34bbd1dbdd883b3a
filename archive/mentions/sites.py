"""The part that each place of a report has in its sentence: where an attack was, or only named. Pure.

`sites` is for those who read a report for its attacks; `MentionFinder.find` for those who want every place.
"""

from typing import NamedTuple

from archive.mentions.finder import MentionFinder
from archive.mentions.parts import Part, part_of
from archive.names.spelling_index import Candidate
from archive.names.surroundings import NOWHERE, Context
from archive.text.sentences import sentences

__all__ = ["Part", "Site", "sites"]

_SURE = 0.9  # `FoundMention`: a score under this says that others bear the name


class Site(NamedTuple):
    """A place in a report: code points of the text, the places that may be meant, its part, and by which rule.

    ``candidates`` are best first, ``pcode`` the first's; both are empty for a region that has no code, whose
    ``region`` says which it is. ``sentence`` is the span of the sentence around it.
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
    region: str = ""


def sites(text: str, finder: MentionFinder, context: Context = NOWHERE) -> list[Site]:
    """Every place of a text in its order, none overlapping, each with its part."""
    spans = sentences(text)
    found: list[Site] = []
    at = 0
    for mention in finder.find(text):
        while spans[at][1] <= mention.start:
            at += 1
        part, rule = part_of(text, mention.start, mention.end, spans[at])
        best = mention.candidates[0]
        found.append(
            Site(
                mention.start,
                mention.end,
                mention.exact,
                best.pcode,
                tuple(mention.candidates),
                best.score >= _SURE,
                part,
                rule,
                spans[at],
            )
        )
    return found
