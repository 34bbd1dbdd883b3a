"""Which part a place has in its sentence, told from the words around it, in English and Arabic. Pure.

The rules stand in `RULES` in their order; the first that holds decides, and its name is kept: a reader is told why.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from archive.mentions import attack_words as words
from archive.names.letters import fold_characters
from archive.names.place_words import COUNTRYSIDE, DIRECTIONS, LEVELS_OF

__all__ = ["RULES", "Around", "Part", "part_of", "tells_of_casualties"]

_BEFORE, _AFTER = 200, 80  # code points that are looked at


class Part(StrEnum):
    """What a report says of a place."""

    ATTACK = "attack"
    EARLIER = "earlier"  # an attack of another time, told as background
    CONTAINING = "containing"  # what another place of the report lies in, or near: `the town of Hass in Idlib province`
    TREATED = "treated"  # where the injured were taken
    SPEAKER = "speaker"  # where a source lives, or who speaks: `a lawyer from Saraqib`, `Damascus denied`
    ORIGIN = "origin"  # where aircraft or fire came from
    ABROAD = "abroad"  # where people negotiate
    MENTIONED = "mentioned"


class Around(NamedTuple):
    """What stands around a place in its sentence: ``head`` is what comes before the words that describe the place."""

    name: str
    head: str
    after: str
    sentence: str
    clause: str


_DESCRIBING = frozenset(
    fold_characters(
        "the a an of its their nearby in besieged embattled ancient syrian syria's syrias coastal area areas part "
        "parts neighbouring neighboring strategic outskirts main"
    )[0].split()
)


def _head(before: str) -> str:
    """What stands before a place without the words that describe it: `hit the northern city of` becomes `hit`.

    A preposition stays, but the `of` between a kind of place and its name, and an `in` inside the description, go.
    """
    parts = before.split()
    kept = len(parts)
    at = kept
    while at > 0:
        word = fold_characters(parts[at - 1])[0].strip(",'\"“”‘’(")
        bare = word.removesuffix("s")
        if word in LEVELS_OF or bare in LEVELS_OF or word in COUNTRYSIDE or word in DIRECTIONS:
            kept = at = at - 1
        elif word in _DESCRIBING or word.endswith(("-held", "-controlled")):
            at -= 1
            kept = at if word not in ("of", "in") else kept
        else:
            break
    while kept > 0 and parts[kept - 1].lower() in ("the", "a", "an"):
        kept -= 1
    return " ".join(parts[:kept])


def around(text: str, start: int, end: int, sentence: tuple[int, int]) -> Around:
    """The surroundings of the place at ``start`` to ``end``."""
    before = text[max(sentence[0], start - _BEFORE) : start]
    return Around(
        fold_characters(text[start:end])[0].strip(),
        _head(before),
        text[end : min(sentence[1], end + _AFTER)],
        text[sentence[0] : sentence[1]],
        _clause(text, start, end, sentence),
    )


def _clause(text: str, start: int, end: int, sentence: tuple[int, int]) -> str:
    """The part of a sentence that a place stands in, between words that set one thing against another."""
    begins = [cut.end() for cut in words.CLAUSE.finditer(text, sentence[0], start)]
    after = words.CLAUSE.search(text, end, sentence[1])
    return text[begins[-1] if begins else sentence[0] : after.start() if after else sentence[1]]


def _is_government(at: Around) -> bool:
    if words.GOVERNMENT_IN.search(at.head):
        return True
    if at.name not in words.CAPITAL_NAMES or words.PLACING.search(at.head):
        return False
    return bool(words.CAPITAL_BEFORE.search(at.head) or words.CAPITAL_AFTER.match(at.after))


def _is_speaker(at: Around) -> bool:
    if words.SPEAKER_AFTER.match(at.after) or words.ARABIC_SPEAKER_BEFORE.search(at.head):
        return True
    return bool(words.SPEAKER_BEFORE.search(at.head)) and not words.HURT_AFTER.match(at.after)


def _is_treated(at: Around) -> bool:
    return bool(words.TREATED_BEFORE.search(at.head)) and bool(words.HURT.search(at.sentence))


def _is_origin(at: Around) -> bool:
    if at.name in words.BASES:
        return not words.UPON.search(at.head)
    is_base = bool(words.AIR_BASE.match(at.after) or words.ARABIC_AIR_BASE.search(at.head))
    return (is_base and bool(words.ORIGIN_SAID.search(at.head))) or bool(words.ORIGIN_BEFORE.search(at.head))


def _is_attack(at: Around) -> bool:
    return _tells_of_attack(at.clause)


@lru_cache(maxsize=16)  # places of one clause follow each other
def _tells_of_attack(clause: str) -> bool:
    return bool(words.ATTACK.search(clause))


def tells_of_casualties(text: str, sentence: tuple[int, int]) -> bool:
    """Whether a sentence tells of people killed or injured."""
    return bool(words.CASUALTIES.search(text, *sentence))


Rule = tuple[str, Part, Callable[[Around], bool]]
RULES: tuple[Rule, ...] = (
    ("people negotiate there", Part.ABROAD, lambda at: bool(words.NEGOTIATION.search(at.head))),
    ("the capital stands for its government", Part.SPEAKER, _is_government),
    ("somebody who speaks is from there", Part.SPEAKER, _is_speaker),
    (
        "it says how far away another place lies",
        Part.CONTAINING,
        lambda at: bool(words.DISTANCE_BEFORE.search(at.head)),
    ),
    ("the injured were taken there", Part.TREATED, _is_treated),
    ("aircraft or fire came from there", Part.ORIGIN, _is_origin),
    ("people left it or went there", Part.MENTIONED, lambda at: bool(words.LEFT_BEFORE.search(at.head))),
    ("somebody holds or takes it", Part.MENTIONED, lambda at: bool(words.HELD_BEFORE.search(at.head))),
    ("an attack of another time", Part.EARLIER, lambda at: _is_attack(at) and bool(words.EARLIER.search(at.sentence))),
    ("its sentence tells of an attack", Part.ATTACK, _is_attack),
)


def part_of(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[Part, str]:
    """The part of the place at ``start`` to ``end``, and the name of the rule that says so."""
    at = around(text, start, end, sentence)
    return next(((part, name) for name, part, holds in RULES if holds(at)), (Part.MENTIONED, "nothing is said of it"))
