"""What goes into reading a report and what comes out: plain records, frozen."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from archive.mentions import MentionFinder
from incidents.assessment import Count, OneOf, When, Where
from incidents.terms import Aspect, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One text as it is stored. ``published`` is the day of publication, None when it is not known; ``language`` is a
    BCP 47 code or ""."""

    text: str
    title: str = ""
    published: date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A term of a vocabulary with all its names, in any script; of a speaker also the slug of whom it speaks for."""

    slug: str
    names: tuple[str, ...]
    actor: str = ""


@dataclass(frozen=True, slots=True)
class KnownFacility:
    """A facility on record: its public id, names, the slug of its type and the P-code of its place."""

    id: str
    names: tuple[str, ...]
    facility_type: str
    pcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabularies:
    """The terms that suggestions may name: nothing else is ever suggested. ``places`` finds places; None finds none."""

    actors: Sequence[Named] = ()
    weapons: Sequence[Named] = ()
    facility_types: Sequence[Named] = ()
    speakers: Sequence[Named] = ()
    facilities: Sequence[KnownFacility] = ()
    places: MentionFinder | None = None


@dataclass(frozen=True, slots=True)
class Struck:
    """A facility with a name: ``id`` is the public id of one that is on record, "" of one that is not."""

    name: str
    facility_type: str
    id: str = ""


Value = When | Where | Struck | OneOf | Count | str
"""`When` of `occurred`, `Where` of `place`, `Struck` of `facility`, `Count` of `killed` and `injured`, a slug of
`facility_type` and `weapon`, a slug or `OneOf` of `actor`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A claim that the words from ``start`` to ``end`` (code points of the text, end excluded) may support.

    ``voice`` are the words that name who says it, "" for the report itself; ``speaker`` is their slug, "" for one that
    no vocabulary has. ``rule`` is a key of `RULES`. ``is_certain`` is False where one should look twice.
    """

    aspect: Aspect
    start: int
    end: int
    value: Value
    rule: str
    stance: Stance = Stance.ASSERTS
    speaker: str = ""
    voice: str = ""
    is_certain: bool = True


def key_of(suggestion: Suggestion) -> str:
    """16 hexadecimal digits of what it says and where: the same for the same text, by whatever rule it was found.

    Also the same once the facility or the speaker has come on record: what was answered stays answered.
    """
    value = None if isinstance(suggestion.value, Struck) else suggestion.value
    said = (suggestion.aspect, suggestion.start, suggestion.end, value, suggestion.stance, suggestion.voice)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Attack:
    """What a report says of one attack, in the order of the text; letters go A … Z, AA …

    ``places`` are the P-codes that it suggests, the one that the report is most about first.
    """

    letter: str
    suggestions: tuple[Suggestion, ...]
    places: tuple[str, ...] = ()

    def of(self, *aspects: Aspect) -> Iterator[Suggestion]:
        return (suggestion for suggestion in self.suggestions if suggestion.aspect in aspects)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A place that the text names and where nothing is said to have been attacked. ``pcode`` "" for a region."""

    start: int
    end: int
    pcode: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """``attacks`` begin with the one that the report is about."""

    attacks: tuple[Attack, ...] = ()
    mentions: tuple[Mentioned, ...] = ()


__all__ = [
    "Attack",
    "Count",
    "KnownFacility",
    "Mentioned",
    "Named",
    "OneOf",
    "Reading",
    "Report",
    "Struck",
    "Suggestion",
    "Value",
    "Vocabularies",
    "When",
    "Where",
    "key_of",
]
