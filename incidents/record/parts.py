"""The parts of a record that state facts: what `places`, `actors`, `killed` and the others of an edition hold.

Keys with what they mean are read by `archive.fields.typed`: schemas, codebook and API print them.
"""

from typing import Annotated, Literal, NotRequired, TypedDict

from django.utils.translation import gettext_lazy as _

from archive.fields.typed import says
from archive.terms import LEVELS, DatePrecision, PartOfDay
from incidents.terms import Damage, Group, Precision

Claims = Annotated[list[str], says(_("The identifiers of the claims that it rests on."))]
Against = Annotated[list[str], says(_("The identifiers of the claims that dispute or deny it."))]
Contested = Annotated[bool, says(_("Whether claims contradict one another on it."))]
NameEn = Annotated[str, says(_("Its name in English."))]
NameAr = Annotated[str, says(_("Its name in Arabic; may be empty."))]
Slug = Annotated[str, says(_("Its permanent short name."), example="hospital")]
Pcode = Annotated[str, says(_("Its official P-code."), example="C4068")]
LabelEn = Annotated[
    str,
    says(
        _("What readers call it in English; name_en is the official name. Older editions have only that."),
        may_be_null=True,
    ),
]
LabelAr = Annotated[str, says(_("What readers call it in Arabic; may be empty."), may_be_null=True)]
LevelCode = Annotated[str, says(_("Its level."), enum=LEVELS)]
Nearness = Annotated[Precision, says(_("in this place; near it, but outside; somewhere in a part of it."))]
WithinMetres = Annotated[
    int | None,
    says(_("Within how many metres of where it happened the point is known to lie."), minimum=1, example=500),
]
FacilityId = Annotated[str, says(_("The identifier of the facility."))]
Low = Annotated[int | None, says(_("At least; null where no claim says it."), minimum=0)]
High = Annotated[int | None, says(_("At most; null where there is no upper limit."), minimum=0)]
Best = Annotated[int | None, says(_("The number that editors prefer, if they prefer one."), minimum=0)]
OfWhom = Annotated[Group, says(_("Of whom the number speaks."))]
OfWhomIfPeople = Annotated[Group | Literal[""], says(_("Of whom the number speaks; empty where it is not of people."))]
WhichDamage = Annotated[Damage, says(_("What became of the facility."), example="destroyed")]
IN_EDTF = says(
    _("The date in EDTF (ISO 8601-2): a day, a month, a year, an interval, with ~ or ? where uncertain."),
    example="2019-11-27/2019-11-28",
    may_be_null=True,
)
Edtf = Annotated[str, IN_EDTF]
DateInEdtf = Annotated[str | None, IN_EDTF]
FirstDay = Annotated[
    str | None,
    says(
        _(
            "The first day of the date as it is written, in the local calendar; empty if open or not known. An "
            "approximate date may reach further: see possible_from."
        ),
        kind="date",
        example="2019-11-27",
    ),
]
LastDay = Annotated[
    str | None,
    says(
        _("The last day of the date as it is written (included); empty if open or not known."),
        kind="date",
        example="2019-11-28",
    ),
]
HowLong = Annotated[
    DatePrecision,
    says(
        _(
            "How long the range from occurred_from to occurred_to is: day, days (2 to 6), week (7), month (8 to 31 "
            "days), year (32 to 366 days), or longer, which includes ranges with an open end."
        )
    ),
]
PartOfTheDay = Annotated[
    PartOfDay | Literal[""],
    says(_("The part of the day, where reports name it."), example="night", may_be_null=True),
]
HH_MM = "^[0-9]{2}:[0-9]{2}$"
LocalTime = Annotated[str | None, says(_("The local time, as HH:MM."), pattern=HH_MM)]
LocalTimeTo = Annotated[str, says(_("Until when, of a range; before “time” it is of the next day."), pattern=HH_MM)]
TimeIsAbout = Annotated[bool, says(_("True where the time is approximate."))]
PartOf = Annotated[list[str], says(_("The slugs of the actors that it is part of, topmost first."))]
DataSet = Annotated[str, says(_("The permanent short name of the data set."), example="acled")]
# A day, a month, …: functional, for a key that is a keyword.
Days = TypedDict("Days", {"edtf": Edtf, "from": FirstDay, "to": LastDay})


class TermNames(TypedDict):
    """A term of a vocabulary."""

    slug: Slug
    name_en: NameEn
    name_ar: NameAr


class PlaceNames(TypedDict):
    """A place; editions of before there were names to show lack those."""

    pcode: Pcode
    name_en: NameEn
    name_ar: NameAr
    label_en: NotRequired[LabelEn]
    label_ar: NotRequired[LabelAr]
    level: LevelCode


class Voice(TypedDict, total=False):
    """Who says something: a speaker, or the article that says it itself."""

    slug: Slug
    name_en: NameEn
    name_ar: NameAr
    article: Annotated[str, says(_("In place of a name: the article that says it itself."), may_be_null=True)]


class TimeSaid(TypedDict):
    """A local time, or a range of them."""

    time: LocalTime
    time_to: NotRequired[LocalTimeTo]
    time_about: NotRequired[TimeIsAbout]


class Occurred(Days, TimeSaid):
    """When it happened."""

    precision: HowLong
    part_of_day: PartOfTheDay
    contested: Contested
    claims: Claims
    against: Against


class PointSaid(TypedDict):
    """A point with how near it is known; what is null is not a fact, since those that claims give lie too far apart."""

    lat: Annotated[float | None, says(_("The latitude of the point, in degrees (WGS 84)."), minimum=-90, maximum=90)]
    lon: Annotated[float | None, says(_("The longitude of the point, in degrees (WGS 84)."), minimum=-180, maximum=180)]
    within_m: WithinMetres


class PointRecord(PointSaid):
    """The point of a place, as claims that count give it."""

    contested: Contested
    claims: Claims


class PlaceRecord(PlaceNames):
    """Where it happened, at the reference point of the town or area."""

    precision: Nearness
    lat: Annotated[float | None, says(_("The latitude of its reference point, in degrees (WGS 84)."))]
    lon: Annotated[float | None, says(_("The longitude of its reference point, in degrees (WGS 84)."))]
    ancestors: Annotated[list[PlaceNames], says(_("What it lies in, the country first."))]
    claims: Claims
    against: Against
    point: NotRequired[
        Annotated[PointRecord, says(_("The point off the gazetteer where it happened; only where a claim gives one."))]
    ]


class FacilityRecord(TypedDict):
    """A facility that was struck."""

    id: FacilityId
    name_en: NameEn
    name_ar: NameAr
    type: Annotated[TermNames, says(_("Its kind."))]
    pcode: Pcode
    claims: Claims
    against: Against


class TermRecord(TermNames):
    """A kind of facility that was struck, or a weapon."""

    claims: Claims


class ActorRecord(TermNames):
    """Who is said to have done it, and by whom."""

    ancestors: PartOf
    asserted: Annotated[bool, says(_("Whether a claim that counts says so."))]
    disputed: Annotated[bool, says(_("Whether a claim disputes or denies it."))]
    asserted_by: Annotated[list[Voice], says(_("Who says that it did it."))]
    denied_by: Annotated[list[Voice], says(_("Who denies it."))]
    disputed_by: Annotated[list[Voice], says(_("Who disputes it."))]
    claims: Claims
    against: Against


class Alternative(TermNames):
    """One of several actors of whom one did it."""

    ancestors: PartOf
    disputed: Annotated[bool, says(_("Whether a claim disputes or denies its part."))]


class OneOfRecord(TypedDict):
    """Several actors of whom one did it."""

    actors: Annotated[list[Alternative], says(_("The actors, two or more."))]
    asserted_by: Annotated[list[Voice], says(_("Who says that it was one of them."))]
    claims: Claims
    against: Against


class GroupCount(TypedDict):
    """How many of one group; ``against`` is there of further aspects only."""

    group: OfWhomIfPeople
    low: Low
    high: High
    best: Best
    contested: Contested
    claims: Claims
    against: NotRequired[Against]


class CountsRecord(TypedDict):
    """How many: the number of lists, and that of each group."""

    low: Low
    high: High
    best: Best
    group: Annotated[Group | Literal[""], says(_("Of whom the number of lists speaks; may be empty."))]
    contested: Contested
    groups: Annotated[list[GroupCount], says(_("The numbers of each group that claims speak of."))]
    claims: Claims


class FacilityNames(TypedDict):
    """A facility by its name."""

    id: FacilityId
    name_en: NameEn
    name_ar: NameAr


class DamageRecord(TypedDict):
    """What became of a facility, in one degree."""

    facility: Annotated[FacilityNames | None, says(_("Which facility; null where no claim names it."))]
    damage: WhichDamage
    contested: Contested
    claims: Claims
    against: Against


class IdentifierRecord(TypedDict):
    """What another data set calls the incident."""

    scheme: DataSet
    name_en: Annotated[str, says(_("The name of the data set in English."))]
    name_ar: Annotated[str, says(_("The name of the data set in Arabic; may be empty."))]
    value: Annotated[str, says(_("What that data set calls the incident."), example="SYR12345")]
    url: Annotated[str | None, says(_("The address of its record there, where one is known."))]
