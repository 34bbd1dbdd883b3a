"""Which part a place has in its sentence, told from the words around it, in English and Arabic. Pure."""

import re
from enum import StrEnum

__all__ = ["Part", "part_of"]


class Part(StrEnum):
    """What a report says of a place."""

    ATTACK = "attack"
    CONTAINING = "containing"  # the unit that another place of the report lies in: `the town of Hass in Idlib province`
    TREATED = "treated"  # where the injured were taken
    SPEAKER = "speaker"  # where a source lives, or who speaks: `a lawyer from Saraqib`, `Damascus denied`
    ORIGIN = "origin"  # where aircraft or fire came from
    ABROAD = "abroad"  # where people negotiate
    MENTIONED = "mentioned"


_ATTACK = re.compile(
    r"\b(?:attack|air ?strike|air-strike|strike|struck|bomb|shell|kill|hit\b|rocket|missile|mortar|raid|blast|explo)"
    r"|قصف|غار|استهد|قتل|صاروخ|صواريخ|انفج|مجزرة|برميل|براميل",
    re.IGNORECASE,
)


def part_of(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[Part, str]:
    """The part of the place at ``start`` to ``end``, and the name of the rule that says so."""
    if _ATTACK.search(text, *sentence):
        return Part.ATTACK, "attack in sentence"
    return Part.MENTIONED, "nothing said"
