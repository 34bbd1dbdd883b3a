"""What the rules look at: claims and facts as the assessment has them, and what stands beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from incidents.assessment import ClaimView, Facts, Vocabulary


@dataclass(frozen=True, slots=True)
class Report:
    """A cited article: its public id and title, and whether its source and its date are known."""

    id: str
    title: str
    has_source: bool
    has_date: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that has a point: its name, level, latitude and longitude."""

    name: str
    level: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Struck:
    """A facility: its name, and the P-code and name of its place."""

    name: str
    pcode: str
    place: str


@dataclass(frozen=True, slots=True)
class Speaking:
    """A speaker: slug and names; ``stands_for_actor`` where it speaks for an actor, as a spokesman does."""

    slug: str
    name_en: str
    name_ar: str
    stands_for_actor: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """What became of a cited passage in the text of its article that is current now: ``id`` of the row that says so."""

    id: int
    passage: str
    quote: str
    report: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An incident as it would be published. ``ids`` are the claims' public ids and ``shown`` their values in words;
    ``quotes`` are the words of passages by public id, ``doubtful`` those that a later text has not surely.
    ``vocabulary`` knows what lies above all places named here."""

    claims: Sequence[ClaimView]
    facts: Facts
    vocabulary: Vocabulary
    ids: Mapping[int, str] = field(default_factory=dict)
    shown: Mapping[int, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)
    reports: Sequence[Report] = ()
    doubtful: Sequence[Later] = ()
    facilities: Mapping[str, Struck] = field(default_factory=dict)
    speakers: Mapping[int, Speaking] = field(default_factory=dict)  # by the claim that lets them speak
    placed: Mapping[str, Placed] = field(default_factory=dict)  # places that have a point, by P-code
    names: Mapping[str, str] = field(default_factory=dict)  # of places by P-code, of actors by slug
