"""The flat row of an incident: columns of `incidents.csv`, keys of JSON Lines, GeoJSON properties and the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.exports.fields import Field, renamed
from archive.terms import LEVELS, DatePrecision, PartOfDay, values
from incidents.terms import Scope, State

PLACE_PRECISIONS = tuple(f"{prefix}{level}" for prefix in ("", "near ", "part of ") for level in LEVELS)

CODE = Field(
    name="code",
    kind="string",
    is_required=True,
    description=_("The permanent code of the incident. It is never used for another incident."),
    example="b4c7d2x",
)
VERSION = Field(
    name="version",
    kind="integer",
    is_required=True,
    minimum=1,
    description=_("The number of the edition that this row states; the first is 1."),
    example=2,
)
SCOPE = Field(
    name="scope",
    kind="string",
    is_required=True,
    enum=tuple(values(Scope)),
    description=_(
        "attack: one attack. series: several attacks that are told as one. tally: the totals of a period, "
        "which must not be added to those of attacks."
    ),
    example="attack",
)
PUBLISHED_AT = Field(
    name="published_at",
    kind="datetime",
    is_required=True,
    description=_("When this edition was published, in UTC."),
    example="2024-05-03T10:00:00Z",
)
TITLE_EN = Field(
    name="title_en",
    kind="string",
    is_required=True,
    description=_("The title in English, made from the facts by fixed rules."),
    example="Air strikes on the hospital of Upper Town, 27 November 2019",
)
TITLE_AR = Field(
    name="title_ar",
    kind="string",
    is_required=True,
    description=_("The title in Arabic, made from the facts by fixed rules."),
)
EDTF = Field(
    name="edtf",
    kind="string",
    description=_("The date in EDTF (ISO 8601-2): a day, a month, a year, an interval, with ~ or ? where uncertain."),
    example="2019-11-27/2019-11-28",
)
FIRST_DAY = Field(
    name="from",
    kind="date",
    description=_(
        "The first day of the date as it is written, in the local calendar; empty if open or not known. An approximate "
        "date may reach further: see possible_from."
    ),
    example="2019-11-27",
)
LAST_DAY = Field(
    name="to",
    kind="date",
    description=_("The last day of the date as it is written (included); empty if open or not known."),
    example="2019-11-28",
)
DATE_PRECISION = Field(
    name="date_precision",
    kind="string",
    enum=tuple(values(DatePrecision)),
    description=_(
        "How long the range from occurred_from to occurred_to is: day, days (2 to 6), week (7), month (8 to 31 days), "
        "year (32 to 366 days), "
        "or longer, which includes ranges with an open end."
    ),
    example="days",
)
PART_OF_DAY = Field(
    name="part_of_day",
    kind="string",
    enum=tuple(values(PartOfDay)),
    description=_("The part of the day, where reports name it."),
    example="night",
)


def count(aspect: str, end: str, description: Any) -> Field:
    return Field(name=f"{aspect}_{end}", kind="integer", minimum=0, description=description)


FLAT = (
    CODE,
    VERSION,
    Field(
        name="permalink",
        kind="string",
        is_required=True,
        description=_("The address of this edition, which will always state what it states now: cite this one."),
        example="https://archive.example/incidents/b4c7d2x/v2/",
    ),
    SCOPE,
    Field(name="occurred_edtf", kind="string", description=EDTF.description, example=EDTF.example),
    Field(name="occurred_from", kind="date", description=FIRST_DAY.description, example=FIRST_DAY.example),
    Field(name="occurred_to", kind="date", description=LAST_DAY.description, example=LAST_DAY.example),
    Field(
        name="place_pcode",
        kind="string",
        description=_("The official P-code (UN OCHA) of the first place of the incident."),
        example="C4068",
    ),
    Field(
        name="place_name_en",
        kind="string",
        description=_("The official name of that place in English."),
        example="Kafr Nobol",
    ),
    Field(
        name="place_name_ar",
        kind="string",
        description=_("The official name of that place in Arabic."),
        example="كفر نبل",
    ),
    Field(
        name="place_precision",
        kind="string",
        enum=PLACE_PRECISIONS,
        description=_(
            "The level of that place: community and neighbourhood are towns and their parts. “near”: outside it but "
            "close; “part of”: somewhere in it, it is not known where."
        ),
        example="community",
    ),
    Field(
        name="admin1_pcode",
        kind="string",
        description=_("The P-code of the governorate that the place lies in."),
        example="SY07",
    ),
    Field(
        name="lat",
        kind="number",
        minimum=-90,
        maximum=90,
        description=_(
            "The latitude of the reference point of the place, in degrees (WGS 84). It is the point of the town or "
            "area, never that of a facility."
        ),
        example=35.6144,
    ),
    Field(
        name="lon",
        kind="number",
        minimum=-180,
        maximum=180,
        description=_("The longitude of the same point, in degrees (WGS 84)."),
        example=36.5627,
    ),
    Field(name="facility_types", kind="list", description=_("What was struck: slugs of kinds of facility.")),
    Field(name="facilities", kind="list", description=_("The English names of the facilities that were struck.")),
    Field(
        name="actors",
        kind="list",
        description=_("Who is said to have done it: slugs of actors whose part at least one claim asserts."),
    ),
    Field(
        name="actors_disputed",
        kind="list",
        description=_("Those of the actors whose part someone denies or disputes."),
    ),
    Field(name="weapons", kind="list", description=_("With what: slugs of weapons.")),
    count(
        "killed", "low", _("The lowest number of killed that the claims support. Empty means not known, never zero.")
    ),
    count(
        "killed",
        "high",
        _("The highest number of killed that the claims support; empty also where there is no upper limit."),
    ),
    count(
        "injured", "low", _("The lowest number of injured that the claims support. Empty means not known, never zero.")
    ),
    count(
        "injured",
        "high",
        _("The highest number of injured that the claims support; empty also where there is no upper limit."),
    ),
    Field(name="sources", kind="list", description=_("The sources of the reports that it rests on: their slugs.")),
    Field(
        name="articles",
        kind="list",
        description=_("The identifiers of the articles that it rests on; withheld ones are left out."),
    ),
    PUBLISHED_AT,
    Field(
        name="place_label_en",
        kind="string",
        description=_("What readers call that place in English: see “Names of places” on the method page."),
        example="Kafranbel",
    ),
    Field(
        name="place_label_ar", kind="string", description=_("What readers call that place in Arabic."), example="كفرنبل"
    ),
    Field(
        name="actors_possible",
        kind="list",
        description=_(
            "Who is only named as one of several, of whom one did it (“Syrian or Russian forces”): slugs of actors "
            "that no claim names alone. match=certain does not find them by these."
        ),
    ),
    TITLE_EN,
    TITLE_AR,
    Field(name="facility_ids", kind="list", description=_("The identifiers of the facilities, in the same order.")),
    Field(name="facilities_ar", kind="list", description=_("The Arabic names of the facilities, in the same order.")),
    Field(name="actor_names_en", kind="list", description=_("The English names of the actors, in the same order.")),
    Field(name="actor_names_ar", kind="list", description=_("The Arabic names of the actors, in the same order.")),
    Field(
        name="facility_type_names_en",
        kind="list",
        description=_("The English names of the kinds of facility, in the same order."),
    ),
    Field(
        name="facility_type_names_ar",
        kind="list",
        description=_("The Arabic names of the kinds of facility, in the same order."),
    ),
    Field(name="weapon_names_en", kind="list", description=_("The English names of the weapons, in the same order.")),
    Field(name="weapon_names_ar", kind="list", description=_("The Arabic names of the weapons, in the same order.")),
    Field(name="admin1_name_en", kind="string", description=_("The English name of the governorate."), example="Idleb"),
    Field(name="admin1_name_ar", kind="string", description=_("The Arabic name of the governorate."), example="ادلب"),
    DATE_PRECISION,
    PART_OF_DAY,
    count(
        "killed",
        "best",
        _("The number of killed that editors prefer; empty unless they prefer a claim with one number."),
    ),
    count(
        "injured",
        "best",
        _("The number of injured that editors prefer; empty unless they prefer a claim with one number."),
    ),
    Field(
        name="killed_contested",
        kind="boolean",
        is_required=True,
        description=_("Whether claims contradict one another on the killed."),
    ),
    Field(
        name="injured_contested",
        kind="boolean",
        is_required=True,
        description=_("Whether claims contradict one another on the injured."),
    ),
    Field(
        name="date_contested",
        kind="boolean",
        is_required=True,
        description=_("Whether claims contradict one another on the date."),
    ),
    Field(
        name="possible_from",
        kind="date",
        description=_(
            "The first day on which it may have happened: occurred_from, or earlier by the margin of an approximate "
            "date (two days for a day, half of a month, a season or a year). from and to are compared with this."
        ),
        example="2019-11-27",
    ),
    Field(
        name="possible_to",
        kind="date",
        description=_("The last day on which it may have happened, likewise."),
        example="2019-11-28",
    ),
    Field(
        name="date_certain",
        kind="boolean",
        is_required=True,
        description=_(
            "Whether it certainly happened between occurred_from and occurred_to; false where the date is approximate "
            "(~), uncertain (?) or not known: match=certain never lists those."
        ),
    ),
    Field(
        name="actors_one_of_en",
        kind="list",
        description=_("What is said of several actors of whom one did it, in English: “A or B”."),
    ),
    Field(
        name="actors_one_of_ar",
        kind="list",
        description=_("The same in Arabic, in the same order."),
    ),
)

# What every row of a list says besides, so that a copy kept elsewhere can follow with `updated_since`.
STATE = (
    Field(
        name="state",
        kind="string",
        is_required=True,
        enum=tuple(values(State)),
        description=_(
            "published; withdrawn: the archive no longer states it, take it out of your copy; merged: it was the same "
            "attack as the one that merged_into names. Only updated_since lists the last two, and without their facts."
        ),
        example="published",
    ),
    Field(
        name="changed_at",
        kind="datetime",
        is_required=True,
        description=_(
            "When it was last published, withdrawn, merged or restored, in UTC: give the latest one as updated_since."
        ),
        example="2024-05-03T10:00:00Z",
    ),
    Field(name="reason", kind="string", description=_("Why it was withdrawn or merged, in the words of the editors.")),
    Field(name="merged_into", kind="string", description=_("The code of the incident that it was merged into.")),
)
KEPT_WHEN_CLOSED = ("code", "version", "permalink")
# A row of a list: of a withdrawn or merged incident all facts are empty.
ROW = (
    *(field if field.name in KEPT_WHEN_CLOSED else renamed(field, is_required=False) for field in FLAT),
    *STATE,
)
