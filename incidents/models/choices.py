"""What editors, and in translation readers, call the terms of `incidents.terms`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.models.choices import choices
from archive.terms import PartOfDay
from incidents.terms import (
    Action,
    ActorKind,
    Aspect,
    Damage,
    Group,
    LinkKind,
    NameKind,
    Precision,
    Rank,
    Relation,
    Scope,
    Stance,
    State,
    Status,
    SuggestionAnswer,
)

ASPECTS = choices(
    Aspect,
    {
        Aspect.OCCURRED: pgettext_lazy("aspect", "Date"),
        Aspect.PLACE: pgettext_lazy("aspect", "Place"),
        Aspect.FACILITY: pgettext_lazy("aspect", "Facility"),
        Aspect.FACILITY_TYPE: pgettext_lazy("aspect", "Kind of facility"),
        Aspect.ACTOR: pgettext_lazy("aspect", "Who did it"),
        Aspect.WEAPON: pgettext_lazy("aspect", "Weapon"),
        Aspect.KILLED: pgettext_lazy("aspect", "Killed"),
        Aspect.INJURED: pgettext_lazy("aspect", "Injured"),
        Aspect.DETAINED: pgettext_lazy("aspect", "Detained"),
        Aspect.ABDUCTED: pgettext_lazy("aspect", "Abducted"),
        Aspect.DISPLACED: pgettext_lazy("aspect", "Displaced"),
        Aspect.STRIKES: pgettext_lazy("aspect", "Number of strikes"),
        Aspect.DAMAGE: pgettext_lazy("aspect", "Damage"),
        Aspect.LOOTED: pgettext_lazy("aspect", "Looted"),
        Aspect.OBSTRUCTED: pgettext_lazy("aspect", "Obstructed"),
        Aspect.THREATENED: pgettext_lazy("aspect", "Threatened"),
    },
)
NAME_KINDS = choices(
    NameKind,
    {
        NameKind.FACILITY: pgettext_lazy("kind of name", "facility"),
        NameKind.ACTOR: pgettext_lazy("kind of name", "actor"),
        NameKind.SPEAKER: pgettext_lazy("kind of name", "speaker"),
    },
)
DAMAGES = choices(
    Damage,
    {
        Damage.DESTROYED: pgettext_lazy("damage", "destroyed"),
        Damage.HEAVILY_DAMAGED: pgettext_lazy("damage", "heavily damaged"),
        Damage.DAMAGED: pgettext_lazy("damage", "damaged"),
        Damage.LIGHTLY_DAMAGED: pgettext_lazy("damage", "lightly damaged"),
        Damage.OUT_OF_SERVICE: pgettext_lazy("damage", "out of service"),
        Damage.NOT_DAMAGED: pgettext_lazy("damage", "not damaged"),
    },
)
STANCES = choices(
    Stance,
    {
        Stance.ASSERTS: pgettext_lazy("stance", "asserts"),
        Stance.DISPUTES: pgettext_lazy("stance", "disputes"),
        Stance.DENIES: pgettext_lazy("stance", "denies"),
    },
)
RANKS = choices(
    Rank,
    {
        Rank.PREFERRED: pgettext_lazy("rank", "preferred"),
        Rank.NORMAL: pgettext_lazy("rank", "normal"),
        Rank.DEPRECATED: pgettext_lazy("rank", "deprecated"),
    },
)
PARTS_OF_DAY = choices(
    PartOfDay,
    {
        PartOfDay.MORNING: _("morning"),
        PartOfDay.AFTERNOON: _("afternoon"),
        PartOfDay.EVENING: _("evening"),
        PartOfDay.NIGHT: _("night"),
    },
)
PRECISIONS = choices(
    Precision,
    {
        Precision.IN: _("in this place"),
        Precision.NEAR: _("near this place"),
        Precision.PART: _("somewhere in a part of this area"),
    },
)
GROUPS = choices(
    Group,
    {
        Group.PEOPLE: pgettext_lazy("group", "people"),
        Group.CIVILIANS: pgettext_lazy("group", "civilians"),
        Group.CHILDREN: pgettext_lazy("group", "children"),
        Group.WOMEN: pgettext_lazy("group", "women"),
        Group.HEALTH_WORKERS: pgettext_lazy("group", "health workers"),
        Group.RESCUE_WORKERS: pgettext_lazy("group", "rescue workers"),
        Group.FIGHTERS: pgettext_lazy("group", "fighters"),
    },
)
SCOPES = choices(
    Scope,
    {
        Scope.ATTACK: pgettext_lazy("scope", "Attack"),
        Scope.SERIES: pgettext_lazy("scope", "Series of attacks"),
        Scope.TALLY: pgettext_lazy("scope", "Totals of a period"),
    },
)
STATUSES = choices(
    Status,
    {
        Status.DRAFT: _("Draft"),
        Status.IN_REVIEW: _("In review"),
        Status.PUBLISHED: pgettext_lazy("status", "Published"),
        Status.WITHDRAWN: _("Withdrawn"),
        Status.MERGED: _("Merged"),
    },
)
STATES = choices(State, {state: state.value for state in State})
ACTIONS = choices(
    Action,
    {
        Action.CREATED: pgettext_lazy("history", "created"),
        Action.SUBMITTED: pgettext_lazy("history", "submitted"),
        Action.SENT_BACK: pgettext_lazy("history", "sent back"),
        Action.PUBLISHED: pgettext_lazy("history", "published"),
        Action.WITHDRAWN: pgettext_lazy("history", "withdrawn"),
        Action.RESTORED: pgettext_lazy("history", "restored"),
        Action.MERGED: pgettext_lazy("history", "merged"),
        Action.SPLIT: pgettext_lazy("history", "split"),
        Action.SHOWN_OTHERWISE: pgettext_lazy("history", "shown otherwise"),
    },
)
LINK_KINDS = choices(
    LinkKind,
    {
        LinkKind.PART_OF: pgettext_lazy("link", "part of a series or of totals"),
        LinkKind.SAME_OPERATION: pgettext_lazy("link", "same operation or series"),
        LinkKind.REPEAT_ATTACK: pgettext_lazy("link", "repeat attack on the same site"),
        LinkKind.RESPONSE: pgettext_lazy("link", "reported response"),
        LinkKind.DIFFERENT_FROM: pgettext_lazy("link", "not the same attack"),
    },
)
RELATIONS = choices(
    Relation,
    {
        Relation.WHOLE: _("The series or totals that this is part of"),
        Relation.PART: _("Part of this series or of these totals"),
        Relation.SAME_OPERATION: _("Of the same operation or series"),
        Relation.EARLIER_ATTACK: _("An earlier attack on the same site"),
        Relation.LATER_ATTACK: _("A later attack on the same site"),
        Relation.ANSWERED: _("What this is reported to be a response to"),
        Relation.ANSWER: _("Reported to be a response to this"),
        Relation.DIFFERENT_FROM: _("Another attack, easily confused with this one"),
    },
)
SUGGESTION_ANSWERS = choices(SuggestionAnswer, {answer: answer.value.capitalize() for answer in SuggestionAnswer})
ACTOR_KINDS = choices(
    ActorKind,
    {
        ActorKind.STATE: pgettext_lazy("actor", "State forces"),
        ActorKind.GROUP: pgettext_lazy("actor", "Armed group"),
        ActorKind.COALITION: pgettext_lazy("actor", "Coalition"),
        ActorKind.UNKNOWN: pgettext_lazy("actor", "Unknown"),
    },
)
