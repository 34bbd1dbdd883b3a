"""The parts of a record that show what its facts rest on: claims, passages, articles, the editors' summary."""

from typing import Annotated, NotRequired, TypedDict

from django.utils.translation import gettext_lazy as _

from archive.fields.typed import says
from incidents.record.parts import (
    Edtf,
    FacilityId,
    FirstDay,
    High,
    LabelAr,
    LabelEn,
    LastDay,
    LevelCode,
    LocalTime,
    LocalTimeTo,
    Low,
    NameAr,
    NameEn,
    Nearness,
    OfWhom,
    PartOfTheDay,
    Pcode,
    PointSaid,
    Slug,
    TermNames,
    TimeIsAbout,
    WhichDamage,
)
from incidents.terms import Aspect, Rank, Stance

NULL = says(may_be_null=True)
Withheld = Annotated[bool, says(_("true where the archive may not show the words; then they are null."))]
ClaimId = Annotated[str, says(_("The permanent identifier of the claim."))]
OfAspect = Annotated[Aspect, says(_("What it speaks of."))]
OfStance = Annotated[Stance, says(_("Whether it asserts, disputes or denies the value."))]
OfRank = Annotated[
    Rank, says(_("preferred claims outrank normal ones; deprecated ones do not count, but stay on record."))
]
OfArticle = Annotated[str | None, says(_("The identifier of the article that it comes from."))]
OfPassage = Annotated[str | None, says(_("The identifier of the passage that says it."))]
Judgement = Annotated[str, says(_("Where no passage says it: why editors hold it. Else empty."))]
Reasoning = Annotated[str, says(_("How the value was worked out of the words. May be empty."))]
TextNumber = Annotated[int, says(_("The number of the article’s text."), minimum=1)]
TextDigest = Annotated[str, says(_("The SHA-256 of that text in UTF-8."))]
Start = Annotated[int, says(_("Where it begins, in Unicode code points from 0."), minimum=0)]
End = Annotated[
    int, says(_("Where it ends, in Unicode code points; the code point there is not part of it."), minimum=1)
]


# What a claim says of when, as `Days`; functional, for a key that is a keyword.
DaysSaid = TypedDict("DaysSaid", {"edtf": Edtf, "from": FirstDay, "to": LastDay}, total=False)


class Value(DaysSaid, total=False):
    """What a claim says, with the keys that the fact of its aspect has, and no others."""

    part_of_day: PartOfTheDay
    time: LocalTime
    time_to: LocalTimeTo
    time_about: TimeIsAbout
    pcode: Annotated[Pcode, NULL]
    name_en: Annotated[NameEn, NULL]
    name_ar: Annotated[NameAr, NULL]
    label_en: LabelEn
    label_ar: LabelAr
    level: Annotated[LevelCode, NULL]
    precision: Annotated[Nearness, NULL]
    point: Annotated[PointSaid, says(_("Of a place: the point that the claim gives; only where it gives one."))]
    id: Annotated[FacilityId, NULL]
    low: Low
    high: High
    group: Annotated[OfWhom, NULL]
    slug: Annotated[Slug, NULL]
    damage: Annotated[WhichDamage, NULL]
    one_of: Annotated[list[TermNames], says(_("Of several actors of whom one did it: these."))]


class ClaimRecord(TypedDict):
    """What one passage, or the editors, say of one aspect."""

    id: ClaimId
    aspect: OfAspect
    value: Annotated[Value, says(_("What it says, with the keys that the fact has."))]
    stance: OfStance
    rank: OfRank
    speaker: Annotated[TermNames | None, says(_("Who says it inside the report; null where the report itself does."))]
    article: OfArticle
    passage: OfPassage
    judgement: Judgement
    reasoning: Reasoning


class PassageRecord(TypedDict):
    """The words that a claim rests on, and where they stand."""

    article: Annotated[str, says(_("The identifier of its article."))]
    text: TextNumber
    text_sha256: TextDigest
    start: Start
    end: End
    exact: Annotated[str | None, says(_("The words, exactly as the text has them."))]
    prefix: Annotated[str | None, says(_("Up to 32 code points before them."))]
    suffix: Annotated[str | None, says(_("Up to 32 code points after them."))]
    withheld: NotRequired[Withheld]


class CitedArticle(TypedDict):
    """The report that a passage is of."""

    title: Annotated[str | None, says(_("Its title."))]
    url: Annotated[str | None, says(_("Its address at its publisher."))]
    source: Annotated[TermNames | None, says(_("Who published it; null where that is not known."))]
    published: Annotated[str | None, says(_("The day on which it was published."), kind="date")]
    language: Annotated[str, says(_("Its language (BCP 47). May be empty."))]
    withheld: NotRequired[Withheld]


class Sentence(TypedDict):
    """One sentence of the editors' own summary."""

    text_en: Annotated[str, says(_("The sentence in English."))]
    text_ar: Annotated[str, says(_("The sentence in Arabic. May be empty."))]
    passages: Annotated[list[str], says(_("The identifiers of the passages that it rests on."))]
