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
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    STRIKES = "strikes"
    DAMAGE = "damage"
    LOOTED = "looted"
    OBSTRUCTED = "obstructed"
    THREATENED = "threatened"


# People, by groups. The first two are in every record, and have columns of lists and filters of their own.
LISTED = (Aspect.KILLED, Aspect.INJURED)
COUNTED = (*LISTED, Aspect.DETAINED, Aspect.ABDUCTED, Aspect.DISPLACED)
# What happened or did not; how many times may be said.
HAPPENED = (Aspect.LOOTED, Aspect.OBSTRUCTED, Aspect.THREATENED)
# All that have numbers, and those of them that a record has only where a claim speaks of them.
NUMBERED = (*COUNTED, Aspect.STRIKES, *HAPPENED)
FURTHER = tuple(aspect for aspect in NUMBERED if aspect not in LISTED)

# What a title says where nothing else was done.
DEEDS = (Aspect.ABDUCTED, Aspect.DETAINED, *HAPPENED)


class Damage(StrEnum):
    """What became of a facility, the worst first."""

    DESTROYED = "destroyed"
    HEAVILY_DAMAGED = "heavily_damaged"
    DAMAGED = "damaged"
    LIGHTLY_DAMAGED = "lightly_damaged"
    OUT_OF_SERVICE = "out_of_service"
    NOT_DAMAGED = "not_damaged"


# What cannot both be right of one facility.
DAMAGE_APART = (
    frozenset({Damage.NOT_DAMAGED, Damage.DESTROYED}),
    frozenset({Damage.NOT_DAMAGED, Damage.HEAVILY_DAMAGED}),
    frozenset({Damage.NOT_DAMAGED, Damage.DAMAGED}),
    frozenset({Damage.NOT_DAMAGED, Damage.LIGHTLY_DAMAGED}),
    frozenset({Damage.DESTROYED, Damage.LIGHTLY_DAMAGED}),
    frozenset({Damage.HEAVILY_DAMAGED, Damage.LIGHTLY_DAMAGED}),
)


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
    SHOWN_OTHERWISE = "shown_otherwise"  # what readers see of its editions changed, without a new one


class LinkKind(StrEnum):
    """How two incidents belong together, as editors say it: what ``one`` is to ``other``."""

    PART_OF = "part_of"
    SAME_OPERATION = "same_operation"
    REPEAT_ATTACK = "repeat_attack"  # one struck again what other had struck
    RESPONSE = "response"  # one is reported to answer other
    DIFFERENT_FROM = "different_from"  # two attacks that are easily taken for one


class Relation(StrEnum):
    """What a linked incident is to the one from which it is seen."""

    WHOLE = "whole"
    PART = "part"
    SAME_OPERATION = "same_operation"
    EARLIER_ATTACK = "earlier_attack"
    LATER_ATTACK = "later_attack"
    ANSWERED = "answered"
    ANSWER = "answer"
    DIFFERENT_FROM = "different_from"


# Kind of link → what ``other`` is to ``one``, what ``one`` is to ``other``.
RELATIONS: Mapping[LinkKind, tuple[Relation, Relation]] = {
    LinkKind.PART_OF: (Relation.WHOLE, Relation.PART),
    LinkKind.SAME_OPERATION: (Relation.SAME_OPERATION, Relation.SAME_OPERATION),
    LinkKind.REPEAT_ATTACK: (Relation.EARLIER_ATTACK, Relation.LATER_ATTACK),
    LinkKind.RESPONSE: (Relation.ANSWERED, Relation.ANSWER),
    LinkKind.DIFFERENT_FROM: (Relation.DIFFERENT_FROM, Relation.DIFFERENT_FROM),
}


class ActorKind(StrEnum):
    STATE = "state"
    GROUP = "group"
    COALITION = "coalition"
    UNKNOWN = "unknown"


class NameKind(StrEnum):
    """What is named by claims and may turn out to be the same as another."""

    FACILITY = "facility"
    ACTOR = "actor"
    SPEAKER = "speaker"


class SuggestionAnswer(StrEnum):
    """What an editor said of something that was suggested at the desk."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    REOPENED = "reopened"
