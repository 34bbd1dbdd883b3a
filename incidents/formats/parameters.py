"""What the parameters of lists mean: for the codebook and the API's schema. The filters say which there are."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.lists.filters import ListFilters
from archive.lists.parameter_fields import OneOfField

DESCRIPTIONS = {
    "q": _(
        "Words in English or Arabic: “a phrase”, -not, or. Names of places are found in every known spelling. "
        "Lists of incidents search titles, names, summaries and quotes; lists of articles titles and texts."
    ),
    "expand": _("no: search names of places only as they are written."),
    "from": _("YYYY, YYYY-MM or YYYY-MM-DD; the day, month or year is included."),
    "to": _("YYYY, YYYY-MM or YYYY-MM-DD; the day, month or year is included."),
    "match": _(
        "possible: may have happened between from and to, an approximate date within its margin; certain: happened "
        "within them, whatever the day; an approximate or uncertain date is never certain. Of actors: possible also "
        "finds those that are only named as one of several, certain does not."
    ),
    "town": _("A P-code of any level, which includes the places below it, or a name in any spelling."),
    "actor": _(
        "The slug of who is said to have done it; a parent includes those that are part of it. "
        "Incidents that name it as one of several are found too, unless match=certain."
    ),
    "stance": _("disputed: only where someone denies or disputes that actor’s part."),
    "facility": _("The identifier of a facility."),
    "facility_type": _("The slug of a kind of facility."),
    "weapon": _("The slug of a weapon; a kind includes those below it."),
    "source": _("The slug of a source."),
    "scope": _("attack, series, tally or any."),
    "killed_min": _("A whole number: at least so many killed (the low end counts)."),
    "injured_min": _("A whole number: at least so many injured (the low end counts)."),
    "updated_since": _(
        "A day or a date-time (ISO 8601): what was published, withdrawn or merged since, the last two included as "
        "such, and what is shown otherwise since, because a report, words or a place are withheld. To follow changes, "
        "ask with order=updated and give the latest changed_at next time."
    ),
    "by": _("How long a bar is, weeks from Monday; fitting: as many as can be read."),
    "measure": _(
        "What is counted: incidents, people killed or injured (lowest to highest; only of attacks), facilities hit."
    ),
    "split": _(
        "What the set is split by: its terms, the most frequent first. Of one that is chosen those below it; "
        "places begin with governorates."
    ),
    "layout": _(
        "side: a panel each, on one scale; stacked: on each other, each incident in one part (only incidents); "
        "lines: over each other on one scale, at most six."
    ),
    "compare": _(
        "A selection that is drawn beside the others: a parameter of the list and its value, several with commas "
        "between; they take the place of those of the list. Repeated for each, at most 12; one alone stands beside the "
        "whole."
    ),
    "language": _("A language code: en, ar, …"),
    "order": _("The order of the list; relevance needs words in q."),
    "after": _("The opaque cursor of the next page, as next gives it."),
}
EXAMPLES = {
    "q": "hospital",
    "from": "2019-11",
    "to": "2019-11-30",
    "town": "C4068",
    "actor": "unknown",
    "facility_type": "hospital",
    "weapon": "air-strike",
    "killed_min": "5",
    "injured_min": "5",
    "updated_since": "2024-05-03T10:00:00Z",
    "compare": "from:2016,to:2017",
    "language": "ar",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a list. ``choices``: the words that it takes, if only these; the first is the default."""

    name: str
    description: Any
    is_repeatable: bool
    choices: tuple[str, ...]
    example: str


def parameters(filters: type[ListFilters]) -> list[Parameter]:
    """Return the parameters that a list reads, in its order. KeyError for one without a description."""
    found = []
    for name, one in filters.base_filters.items():
        field: forms.Field = one.field
        choices = tuple(str(key) for key, _label in one.extra["choices"]) if isinstance(field, OneOfField) else ()
        is_repeatable = isinstance(field, forms.MultipleChoiceField)
        found.append(Parameter(name, DESCRIPTIONS[name], is_repeatable, choices, EXAMPLES.get(name, "")))
    return found
