"""Which place of a sentence lies in which: `the town of Hass in Idlib province`, `حي الميدان في حلب`. Pure.

What stands between two names says so; the members of a list lie where the last of them, or the first, is said to lie.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.mentions.context import Hit
from archive.names.letters import fold_characters

_KIND = (
    r"(?:cit(?:y|ies)|towns?|villages?|neighbou?rhoods?|districts?|suburbs?|areas?|camps?|countryside|provinces?|quarters?"
    r"|governorates?|regions?|outskirts|subdistrict|sub-district|market|hospital|square|street|roundabout|rural)"
)
_SIDE = (
    r"(?:(?:the|far|mid|nearby|[\w-]+-(?:held|controlled)|northern|southern|eastern|western|central|north|south|east|west"
    r"|north-?east(?:ern)?|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?|besieged|embattled|ancient|coastal|divided"
    r"|syrian|syria'?s|provincial|capital|contested|war-torn|second|main|adjacent|neighbou?ring|own)\s+)"
)
_INSIDE = re.compile(
    rf"(?:\s+{_KIND})?(?:\s+(?:was|were|which|is|lies|located|situated))*"
    rf"(?:\s*[,(]\s*|\s+(?:in|of|on|inside|within|to|near|outside|around|at)\s+|\s*,\s*in\s+)"
    rf"(?:{_SIDE}|{_KIND}\s+)*(?:(?:of|in)\s+)?(?:{_SIDE}|{_KIND}\s+)*(?:of\s+)?",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(
    rf"(?:\s+{_KIND})?(?:['’]?s)?,?\s+(?:{_SIDE})*(?:{_KIND}\s+)*(?:of\s+(?:the\s+)?)?(?:{_KIND}\s+of\s+)?",
    re.IGNORECASE,
)
_HAS_KIND = re.compile(rf"\b{_KIND}\b|['’]s\b", re.IGNORECASE)
_BEYOND = re.compile(r"\b(?:near|outside|around|to)\b", re.IGNORECASE)
_ARABIC_KIND = (
    r"(?:مدينه|بمدينه|محافظه|بمحافظه|ريف|بريف|ريفي|منطقه|بمنطقه|ناحيه|بلده|ببلده|قريه|احياء|حي|بحي|ضواحي|اطراف|جنوب|شمال|شرق|غرب"
    r"|جنوبي|شمالي|شرقي|غربي|الجنوبي|الشمالي|الشرقي|الغربي|وسط)"
)
_ARABIC_INSIDE = re.compile(rf"\s*[،(]?\s*(?:(?:الواقعه|التابعه|في|من|ب|ل)\s*)*(?:{_ARABIC_KIND}\s*)*(?:ال)?")
_ARABIC_SAYS = re.compile(rf"(?:في|ب|الواقعه|التابعه|{_ARABIC_KIND})")
_LIST = re.compile(r"\s*(?:[,،]?\s*(?:and|or|و|أو|as well as)|,|،|/)\s*(?:و|the\s+)?(?:al-)?\s*", re.IGNORECASE)
_LONGEST_GAP = 80


def enclosing(text: str, hits: Sequence[Hit]) -> dict[Hit, Hit]:
    """For each hit that is said to lie in the place of another hit: that other one."""
    found: dict[Hit, Hit] = {}
    gaps = [_gap(text, one, other) for one, other in pairwise(hits)]
    for (one, other), gap in zip(pairwise(hits), gaps, strict=True):
        if gap is None:
            continue
        if says_inside(gap):
            found[one] = other
        elif _says_of_its_own(gap):
            found[other] = one
    for at in range(len(gaps) - 1, -1, -1):  # "in A, B and C in Y"
        _share(found, hits[at], hits[at + 1], gaps[at])
    for at in range(len(gaps)):  # "in Y's towns of A, B and C"
        _share(found, hits[at + 1], hits[at], gaps[at])
    return found


def _share(found: dict[Hit, Hit], one: Hit, other: Hit, gap: str | None) -> None:
    if gap is not None and one not in found and other in found and found[other] is not one and _LIST.fullmatch(gap):
        found[one] = found[other]


def _gap(text: str, one: Hit, other: Hit) -> str | None:
    """The folded words between two hits of one line, or nothing where they are too far apart."""
    between = text[one.end : other.start]
    if len(between) > _LONGEST_GAP or "\n" in between or "." in between:
        return None
    return fold_characters(between)[0]


def says_inside(gap: str) -> bool:
    """Whether the folded words between two places say that the first lies in, or near, the second."""
    if _LIST.fullmatch(gap):
        return False
    return bool(_INSIDE.fullmatch(gap)) or bool(_ARABIC_INSIDE.fullmatch(gap) and _ARABIC_SAYS.search(gap))


def _says_of_its_own(gap: str) -> bool:
    return bool(_HAS_KIND.search(gap)) and bool(_OF_ITS_OWN.fullmatch(gap))


def is_beside(text: str, inner: Hit, outer: Hit) -> bool:
    """Whether the words say that one place lies near another, and so not in it: `Hass near Idlib`."""
    return bool(_BEYOND.search(text, inner.end, outer.start))
