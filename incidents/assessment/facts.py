"""What comes out of the assessment. Every fact names the claims it rests on and those that speak against it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.dates import UncertainDate
from incidents.terms import NUMBERED, Aspect, Damage

from .inputs import KnownPoint, LocalTime, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Ids of claims: `claims` decide the fact, `against` dispute or deny it, `alternatives` are outranked."""

    claims: tuple[int, ...] = ()
    against: tuple[int, ...] = ()
    alternatives: tuple[int, ...] = ()
    is_contested: bool = False

    @property
    def is_disputed(self) -> bool:
        return bool(self.against)


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurredFact(Evidence):
    date: UncertainDate | None = None
    part_of_day: str = ""
    time: LocalTime | None = None

    @property
    def lower(self) -> datetime.date | None:
        return self.date.lower if self.date else None

    @property
    def upper(self) -> datetime.date | None:
        return self.date.upper if self.date else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFact(Evidence):
    """A point of a place; ``point`` is None where those that claims give lie too far apart."""

    point: KnownPoint | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact(Evidence):
    pcode: str
    precision: str
    point: PointFact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Places(Evidence):
    """`pcode` is the one place, or the smallest unit that holds them all; empty when there is none."""

    items: tuple[PlaceFact, ...] = ()
    pcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFact(Evidence):
    """A facility, type, actor or weapon. `asserted_by` names everybody who says so, also when outranked;
    `is_asserted` tells whether it counts; `is_derived`, of a type, that it is the type of an asserted facility."""

    value: int | str
    asserted_by: tuple[Voice, ...] = ()
    disputed_by: tuple[Voice, ...] = ()
    denied_by: tuple[Voice, ...] = ()
    is_derived: bool = False

    @property
    def is_asserted(self) -> bool:
        return bool(self.claims)


@dataclass(frozen=True, slots=True)
class Values:
    """All values that a claim names, the asserted first."""

    items: tuple[ValueFact, ...] = ()
    is_contested: bool = False

    @property
    def asserted(self) -> tuple[ValueFact, ...]:
        return tuple(item for item in self.items if item.is_asserted)

    @property
    def disputed(self) -> tuple[ValueFact, ...]:
        """Asserted by one, disputed or denied by another."""
        return tuple(item for item in self.asserted if item.is_disputed)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOfFact(Evidence):
    """Several actors of whom one did it, as claims that count name them. `disputed` are those of them whose part
    somebody disputes or denies."""

    actors: tuple[str, ...]
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actors(Values):
    """`one_of`: what is only said of several together."""

    one_of: tuple[OneOfFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFact(Evidence):
    """Both ends included; None where not known; zero is a number, not a blank.
    `best` only when `is_preferred`: an editor preferred the claims that decide."""

    group: str
    low: int | None = None
    high: int | None = None
    best: int | None = None
    is_preferred: bool = False

    @property
    def is_known(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Counts:
    """A count for each group; `headline` is the one number of lists and filters, and names its group."""

    items: tuple[CountFact, ...] = ()
    headline: CountFact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DamageFact(Evidence):
    """One state of one facility (empty: of what was struck), as claims that count say; or as others only deny it."""

    facility: str
    damage: Damage

    @property
    def is_asserted(self) -> bool:
        return bool(self.claims)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that follows; ``counts`` has an entry for each aspect of `NUMBERED`."""

    occurred: OccurredFact = field(default_factory=OccurredFact)
    places: Places = field(default_factory=Places)
    facilities: Values = field(default_factory=Values)
    facility_types: Values = field(default_factory=Values)
    actors: Actors = field(default_factory=Actors)
    weapons: Values = field(default_factory=Values)
    counts: Mapping[str, Counts] = field(default_factory=lambda: {aspect: Counts() for aspect in NUMBERED})
    damage: tuple[DamageFact, ...] = ()

    @property
    def killed(self) -> Counts:
        return self.counts[Aspect.KILLED]

    @property
    def injured(self) -> Counts:
        return self.counts[Aspect.INJURED]
