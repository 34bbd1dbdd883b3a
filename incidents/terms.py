"""The vocabularies of what happened, each said once: models, constraints, assessment, files and words read them here.

The order of each is that in which its terms are shown. Pure.
"""

from collections.abc import Mapping
from enum import StrEnum


class Aspect(StrEnum):
    """What a claim speaks of."""

    OCCURRED = "occurred"
    PLACE = "place"
    FACILITY = "facility"
    FACILITY_TYPE = "facility_type"
    ACTOR = "actor"
    WEAPON = "weapon"
    KILLED = "killed"
    INJURED = "injured"


COUNTED = (Aspect.KILLED, Aspect.INJURED)


class Stance(StrEnum):
    """Whether a claim asserts, disputes or denies its value."""

    ASSERTS = "asserts"
    DISPUTES = "disputes"
    DENIES = "denies"


class Rank(StrEnum):
    """How editors weigh a claim."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


class Precision(StrEnum):
    """How exact a place is, the most exact first: in it, near it but outside, somewhere in a part of it."""

    IN = "in"
    NEAR = "near"
    PART = "part"


class Group(StrEnum):
    """Of whom a number speaks. ``people`` is everybody, each other group a part of it."""

    PEOPLE = "people"
    CIVILIANS = "civilians"
    CHILDREN = "children"
    WOMEN = "women"
    HEALTH_WORKERS = "health_workers"
    RESCUE_WORKERS = "rescue_workers"
    FIGHTERS = "fighters"


# Group → groups that are a part of it, whoever counts them.
PARTS: Mapping[str, tuple[Group, ...]] = {
    Group.PEOPLE: tuple(group for group in Group if group is not Group.PEOPLE),
    Group.CIVILIANS: (Group.CHILDREN, Group.HEALTH_WORKERS, Group.RESCUE_WORKERS),
}


class Scope(StrEnum):
    """What an incident is: one attack, several told as one, or the totals of a period."""

    ATTACK = "attack"
    SERIES = "series"
    TALLY = "tally"


class Status(StrEnum):
    """How far editors are with an incident."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


CLOSED = (Status.WITHDRAWN, Status.MERGED)
OPEN = tuple(status for status in Status if status not in CLOSED)


class State(StrEnum):
    """What readers are told of an incident that was ever published."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


GONE = (State.WITHDRAWN, State.MERGED)


class Action(StrEnum):
    """What editors did with an incident."""

    CREATED = "created"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    MERGED = "merged"
    SPLIT = "split"


class ActorKind(StrEnum):
    STATE = "state"
    GROUP = "group"
    COALITION = "coalition"
    UNKNOWN = "unknown"
