"""Rows that only the data package has: every claim of the current editions, and what was withdrawn or merged."""

from typing import Annotated, TypedDict

from django.utils.translation import gettext_lazy as _

from archive.fields.typed import fields_of, says
from archive.terms import PartOfDay, values
from incidents.record.cited_parts import (
    ClaimId,
    End,
    Judgement,
    OfArticle,
    OfAspect,
    OfPassage,
    OfRank,
    OfStance,
    Reasoning,
    Start,
    TextDigest,
    TextNumber,
)
from incidents.record.parts import (
    DateInEdtf,
    FirstDay,
    High,
    LastDay,
    LocalTime,
    LocalTimeTo,
    Low,
    Nearness,
    PartOfTheDay,
    TimeIsAbout,
    WhichDamage,
    WithinMetres,
)
from incidents.record.row import Code, Version
from incidents.terms import GONE, Group


class ClaimRow(TypedDict):
    """A row of `claims.csv`: a claim with its value in the columns of its aspect, and the words that it cites."""

    id: ClaimId
    code: Code
    version: Version
    aspect: OfAspect
    stance: OfStance
    rank: OfRank
    occurred_edtf: DateInEdtf
    occurred_from: FirstDay
    occurred_to: LastDay
    part_of_day: Annotated[PartOfTheDay | None, says(enum=tuple(values(PartOfDay)))]
    time: LocalTime
    place_pcode: Annotated[str | None, says(_("Of a place: its P-code."))]
    place_precision: Nearness | None
    facility_id: Annotated[str | None, says(_("Of a facility: its identifier."))]
    term: Annotated[
        str | None,
        says(
            _(
                "Of a kind of facility, an actor or a weapon: its slug; of actors of whom one did it: theirs, with “ "
                "| ” between."
            )
        ),
    ]
    name_en: Annotated[str | None, says(_("The English name of the place, facility or term."))]
    name_ar: Annotated[str | None, says(_("The Arabic name of the place, facility or term."))]
    count_low: Low
    count_high: High
    count_group: Annotated[Group | None, says(_("Of whom the number speaks."))]
    speaker: Annotated[str | None, says(_("Who says it inside the report: a slug."))]
    speaker_name_en: Annotated[str | None, says(_("The English name of the speaker."))]
    article: OfArticle
    passage: OfPassage
    text: TextNumber | None
    text_sha256: TextDigest | None
    start: Start | None
    end: End | None
    exact: Annotated[
        str | None,
        says(_("The words, exactly as the text has them; empty where the archive may not show them.")),
    ]
    judgement: Judgement | None
    reasoning: Reasoning | None
    permalink: Annotated[str, says(_("The address of the edition that the claim is part of."))]
    damage: WhichDamage | None
    time_to: LocalTimeTo | None
    time_about: TimeIsAbout | None
    point_lat: Annotated[float | None, says(_("Of a place: the latitude of the point that it gives (WGS 84)."))]
    point_lon: Annotated[float | None, says(_("Of a place: the longitude of the point that it gives (WGS 84)."))]
    within_m: WithinMetres


class ClosedRow(TypedDict):
    """A row of `closed.csv`."""

    code: Code
    state: Annotated[str, says(_("Which of both."), enum=tuple(state.value for state in GONE))]
    changed_at: Annotated[str, says(_("When it was withdrawn or merged, in UTC."), kind="datetime")]
    reason: Annotated[str | None, says(_("Why, in the words of the editors."))]
    merged_into: Annotated[str | None, says(_("The code of the incident that it was merged into."))]


CLAIM_ROW = fields_of(ClaimRow)
CLOSED = fields_of(ClosedRow)
