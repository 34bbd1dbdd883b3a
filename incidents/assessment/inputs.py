"""What goes into the assessment: claims as plain records, and the vocabularies that relate their values."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.dates import UncertainDate
from archive.terms import values
from incidents.terms import NUMBERED, Aspect, Damage, Group, Precision, Rank, Stance


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A local time, or from one to another; ``end`` before ``start`` is of the next day."""

    start: datetime.time
    end: datetime.time | None = None
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class When:
    date: UncertainDate
    part_of_day: str = ""
    time: LocalTime | None = None


class KnownPoint(NamedTuple):
    """A point in degrees (WGS 84), known to within so many metres. Of two the more exact is the smaller."""

    within_m: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Where:
    """A place of the gazetteer, and the point where it was, where one is given."""

    pcode: str
    precision: str = Precision.IN
    point: KnownPoint | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Both ends included; None is an end that was not said: `low=60` is “at least 60”, neither is “some”.

    ``group`` is empty for what is not people: strikes, or how many times something happened.
    """

    low: int | None = None
    high: int | None = None
    group: str = Group.PEOPLE


@dataclass(frozen=True, slots=True)
class OneOf:
    """Several actors of whom one did it: their slugs, two at least, in order. “Syrian or Russian forces”."""

    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Harm:
    """What became of a facility, by its id; empty where the claim names none."""

    damage: Damage
    facility: str = ""


Value = When | Where | Count | OneOf | Harm | int | str

# What the value of each aspect is: a facility's id, a slug, or one of the records above.
ASPECTS: Mapping[str, type | tuple[type, ...]] = {
    Aspect.OCCURRED: When,
    Aspect.PLACE: Where,
    Aspect.FACILITY: (int, str),
    Aspect.FACILITY_TYPE: str,
    Aspect.ACTOR: (str, OneOf),
    Aspect.WEAPON: str,
    Aspect.DAMAGE: Harm,
    **dict.fromkeys(NUMBERED, Count),
}


class Voice(NamedTuple):
    """Who says it: a speaker, or with `speaker` empty the report itself, published by `source`."""

    speaker: str
    source: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim. `passage` is the passage's public id; without one, `judgement` is the editor's written reason."""

    id: int
    aspect: str
    value: Value
    stance: str = Stance.ASSERTS
    rank: str = Rank.NORMAL
    speaker: str = ""
    source: str = ""
    article: int | None = None
    passage: str = ""
    judgement: str = ""

    def __post_init__(self) -> None:
        if self.stance not in values(Stance) or self.rank not in values(Rank):
            raise ValueError(f"Claim {self.id}: unknown stance {self.stance!r} or rank {self.rank!r}.")
        if not isinstance(self.value, ASPECTS.get(self.aspect, ())):
            raise ValueError(f"Claim {self.id}: {self.value!r} is not a value of the aspect {self.aspect!r}.")

    @property
    def voice(self) -> Voice:
        return Voice(self.speaker, self.source)

    @property
    def statement(self) -> tuple[str, str | int]:
        """Claims of the same words, or of the same written judgement, are one statement."""
        if self.passage:
            return "passage", self.passage
        return ("judgement", self.judgement) if self.judgement else ("claim", self.id)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`ancestors`: P-code → the P-codes above it, from the country down. `facility_types`: facility → its type.
    `actor_ancestors`: actor → its parents. `unknown_actors`: actors that stand for “nobody knows who”."""

    ancestors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facility_types: Mapping[int | str, str] = field(default_factory=dict)
    actor_ancestors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown_actors: frozenset[str] = frozenset({"unknown"})
