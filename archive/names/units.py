"""Places and their spellings as an index holds them, and what it answers. Pure."""

from typing import NamedTuple

# part: one of the two names of a place that officially has two; fuzzy: a name that was tied to the place by likeness.
# accepted: a spelling that an editor saw in a text and an administrator accepted for the place.
OFFICIAL, PART, ACCEPTED, EXACT, FUZZY = "official", "part", "accepted", "exact", "fuzzy"
TRUSTED = (OFFICIAL, PART, ACCEPTED)  # good enough to look for in texts, whatever the other names of the place are
SCORES = {OFFICIAL: 1.0, PART: 0.98, ACCEPTED: 0.975, EXACT: 0.97, FUZZY: 0.85}


class Unit(NamedTuple):
    """A place: ``ancestors`` are the ids of all units above it, country first."""

    id: int
    pcode: str
    level: int
    ancestors: tuple[int, ...]


class Spelling(NamedTuple):
    """One spelling of a place: its `archive.names.name_key` and how sure the gazetteer is of it."""

    place_id: int
    key: str
    quality: str


class Candidate(NamedTuple):
    place_id: int
    pcode: str
    score: float


class Resolution(NamedTuple):
    """Places that a spelling may mean, best first; ``is_certain`` when the first may be taken without asking."""

    candidates: list[Candidate]
    is_certain: bool
