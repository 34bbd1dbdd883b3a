"""The rules of assessment in plain words, in the order in which readers meet them; `RULES` says each exactly."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Chapter(NamedTuple):
    """Rules about one thing: their keys in `incidents.assessment.RULES`, each with its plain words."""

    key: str
    heading: Any
    rules: Mapping[str, Any]


CHAPTERS = (
    Chapter(
        "weighing",
        _("Which statements count"),
        {
            "deprecated": _("What editors set aside stays on record, but decides nothing."),
            "preferred": _(
                "If editors hold one statement to be better founded, that one decides. The others are shown beside it."
            ),
            "preferred_denial": _(
                "If the better founded statement is a denial, what it denies is no longer stated as a fact."
            ),
            "denials": _(
                "A denial does not delete anything. It is shown, with whoever denies it, beside what it denies."
            ),
        },
    ),
    Chapter(
        "when",
        _("When it happened"),
        {
            "date_overlap": _("One report says “in May”, another “on 18 May”: both can be right, so it was 18 May."),
            "date_apart": _(
                "One says 18 May, another 20 May: the archive shows 18 to 20 May, and that reports disagree."
            ),
            "date_series": _("A series of attacks lasts from its first day to its last."),
            "date_flags": _("“About” and “possibly” stay as long as no report is firmer."),
            "date_certain": _(
                "“About 18 May” may also have been the 16th or the 20th, and is never counted as certain. These "
                "examples show how each "
                "kind of date is read."
            ),
            "part_of_day": _("A time of day is given only if all reports that name one agree."),
        },
    ),
    Chapter(
        "where",
        _("Where it happened"),
        {
            "place_branch": _("One report names the district, another a town in it: the town counts."),
            "place_several": _(
                "Reports name two different towns: both are shown, and that they disagree, unless one report "
                "names both."
            ),
            "place_point": _(
                "If a report gives coordinates, they are shown as that report’s; no point is worked out from several."
            ),
        },
    ),
    Chapter(
        "what",
        _("What was hit, with what, by whom"),
        {
            "union": _(
                "One report names a school, another a market: both were hit. That a report does not mention "
                "something denies nothing."
            ),
            "facility_types": _(
                "A named hospital makes it an attack on a hospital; so does a report that says only “a hospital”."
            ),
            "actors_said": _("Who did it is always given as somebody’s word, with all who say so and all who deny it."),
            "actors_several": _("If reports name different forces, all are shown, and that reports disagree."),
            "actors_one_of": _("“Syrian or Russian forces” stays as it is: either is possible, neither is certain."),
            "damage": _(
                "Reports may say “out of service” and “heavily damaged”: both are shown. Only what cannot both "
                "be true is marked as contradicting."
            ),
        },
    ),
    Chapter(
        "people",
        _("How many people"),
        {
            "count_range": _("One report says 3 killed, another 5: the archive says 3 to 5."),
            "count_open": _("“At least 3” has no upper end, and none is made up."),
            "count_zero": _(
                "Nobody was killed only if a report says so. If none says anything, the number is unknown, not zero."
            ),
            "count_contested": _(
                "Three at most, says one report, at least ten, says another: both cannot be right, and this is marked."
            ),
            "count_best": _("A single “best” number is given only if editors prefer a statement, never as an average."),
            "headline": _(
                "Lists have room for one number: that of all people; if there is none, that of civilians; else "
                "the largest group."
            ),
            "people_further": _("People detained, abducted or displaced are counted in the same way."),
            "strikes": _("How many bombs or shells fell is what reports say; it is not the number of attacks."),
            "happened": _("Looting, obstruction and threats are recorded if a report says that they happened."),
            "never_summed": _(
                "Numbers are never added up: “five killed, three of them children” is five people, not eight."
            ),
        },
    ),
    Chapter(
        "before",
        _("Before anything is published"),
        {
            "publishing": _(
                "Without a date, a place, and what was hit or what came of it, each with the words that say so "
                "or an editor’s stated reason, nothing is published."
            ),
        },
    ),
)
