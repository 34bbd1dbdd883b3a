"""The flat row of an incident: columns of `incidents.csv`, keys of JSON Lines, GeoJSON properties and the API."""

from typing import Annotated, TypedDict

from django.utils.translation import gettext_lazy as _

from archive.fields import names
from archive.fields.typed import fields_of, says
from archive.terms import LEVELS, PartOfDay
from incidents.record.parts import DateInEdtf, FirstDay, HowLong, LastDay, WithinMetres
from incidents.terms import Scope, State

PLACE_PRECISIONS = tuple(f"{prefix}{level}" for prefix in ("", "near ", "part of ") for level in LEVELS)

Code = Annotated[
    str,
    says(
        _("The permanent code of the incident. It is never used for another incident."),
        example="b4c7d2x",
    ),
]
Version = Annotated[
    int,
    says(_("The number of the edition that this row states; the first is 1."), minimum=1, example=2),
]
Permalink = Annotated[
    str,
    says(
        _("The address of this edition, which will always state what it states now: cite this one."),
        example="https://archive.example/incidents/b4c7d2x/v2/",
    ),
]
OfScope = Annotated[
    Scope,
    says(
        _(
            "attack: one attack. series: several attacks that are told as one. tally: the totals of a period, "
            "which must not be added to those of attacks."
        ),
        example="attack",
    ),
]
PublishedAt = Annotated[
    str, says(_("When this edition was published, in UTC."), kind="datetime", example="2024-05-03T10:00:00Z")
]
TitleEn = Annotated[
    str,
    says(
        _("The title in English, made from the facts by fixed rules."),
        example="Air strikes on the hospital of Upper Town, 27 November 2019",
    ),
]
TitleAr = Annotated[str, says(_("The title in Arabic, made from the facts by fixed rules."))]
PointLat = Annotated[
    float | None,
    says(
        _(
            "The latitude of the point where it happened, in degrees (WGS 84), as reports give it. Empty where none "
            "gives one, where those that they give lie too far apart, and where readers learn only the district."
        ),
        minimum=-90,
        maximum=90,
        example=35.6152,
    ),
]
PointLon = Annotated[
    float | None,
    says(_("The longitude of the same point, in degrees (WGS 84)."), minimum=-180, maximum=180, example=36.5601),
]


class FlatRow(TypedDict):
    """What lists and files say of an edition, in the order of the columns; what is not known is None."""

    code: Code
    version: Version
    permalink: Permalink
    scope: OfScope
    occurred_edtf: DateInEdtf
    occurred_from: FirstDay
    occurred_to: LastDay
    place_pcode: Annotated[
        str | None, says(_("The official P-code (UN OCHA) of the first place of the incident."), example="C4068")
    ]
    place_name_en: Annotated[str | None, says(_("The official name of that place in English."), example="Kafr Nobol")]
    place_name_ar: Annotated[str | None, says(_("The official name of that place in Arabic."), example="كفر نبل")]
    place_precision: Annotated[
        str | None,
        says(
            _(
                "The level of that place: community and neighbourhood are towns and their parts. “near”: outside it "
                "but close; “part of”: somewhere in it, it is not known where."
            ),
            enum=PLACE_PRECISIONS,
            example="community",
        ),
    ]
    admin1_pcode: Annotated[
        str | None, says(_("The P-code of the governorate that the place lies in."), example="SY07")
    ]
    lat: Annotated[
        float | None,
        says(
            _(
                "The latitude of the reference point of the place, in degrees (WGS 84). It is the point of the town "
                "or area, never that of a facility. See point_lat for a point that reports give."
            ),
            minimum=-90,
            maximum=90,
            example=35.6144,
        ),
    ]
    lon: Annotated[
        float | None,
        says(_("The longitude of the same point, in degrees (WGS 84)."), minimum=-180, maximum=180, example=36.5627),
    ]
    facility_types: Annotated[list[str], says(_("What was struck: slugs of kinds of facility."))]
    facilities: Annotated[list[str], says(_("The English names of the facilities that were struck."))]
    actors: Annotated[
        list[str], says(_("Who is said to have done it: slugs of actors whose part at least one claim asserts."))
    ]
    actors_disputed: Annotated[list[str], says(_("Those of the actors whose part someone denies or disputes."))]
    weapons: Annotated[list[str], says(_("With what: slugs of weapons."))]
    killed_low: Annotated[
        int | None,
        says(_("The lowest number of killed that the claims support. Empty means not known, never zero."), minimum=0),
    ]
    killed_high: Annotated[
        int | None,
        says(
            _("The highest number of killed that the claims support; empty also where there is no upper limit."),
            minimum=0,
        ),
    ]
    injured_low: Annotated[
        int | None,
        says(_("The lowest number of injured that the claims support. Empty means not known, never zero."), minimum=0),
    ]
    injured_high: Annotated[
        int | None,
        says(
            _("The highest number of injured that the claims support; empty also where there is no upper limit."),
            minimum=0,
        ),
    ]
    sources: Annotated[list[str], says(_("The sources of the reports that it rests on: their slugs."))]
    articles: Annotated[
        list[str], says(_("The identifiers of the articles that it rests on; withheld ones are left out."))
    ]
    published_at: PublishedAt
    place_label_en: Annotated[
        str | None,
        says(
            _("What readers call that place in English: see “Names of places” on the method page."),
            example="Kafranbel",
        ),
    ]
    place_label_ar: Annotated[str | None, says(_("What readers call that place in Arabic."), example="كفرنبل")]
    actors_possible: Annotated[
        list[str],
        says(
            _(
                "Who is only named as one of several, of whom one did it (“Syrian or Russian forces”): slugs of "
                "actors that no claim names alone. match=certain does not find them by these."
            )
        ),
    ]
    title_en: TitleEn
    title_ar: TitleAr
    facility_ids: Annotated[list[str], says(_("The identifiers of the facilities, in the same order."))]
    facilities_ar: Annotated[list[str], says(_("The Arabic names of the facilities, in the same order."))]
    actor_names_en: Annotated[list[str], says(_("The English names of the actors, in the same order."))]
    actor_names_ar: Annotated[list[str], says(_("The Arabic names of the actors, in the same order."))]
    facility_type_names_en: Annotated[
        list[str], says(_("The English names of the kinds of facility, in the same order."))
    ]
    facility_type_names_ar: Annotated[
        list[str], says(_("The Arabic names of the kinds of facility, in the same order."))
    ]
    weapon_names_en: Annotated[list[str], says(_("The English names of the weapons, in the same order."))]
    weapon_names_ar: Annotated[list[str], says(_("The Arabic names of the weapons, in the same order."))]
    admin1_name_en: Annotated[str | None, says(_("The English name of the governorate."), example="Idleb")]
    admin1_name_ar: Annotated[str | None, says(_("The Arabic name of the governorate."), example="ادلب")]
    date_precision: Annotated[HowLong | None, says(example="days")]
    part_of_day: Annotated[PartOfDay | None, says(_("The part of the day, where reports name it."), example="night")]
    killed_best: Annotated[
        int | None,
        says(
            _("The number of killed that editors prefer; empty unless they prefer a claim with one number."), minimum=0
        ),
    ]
    injured_best: Annotated[
        int | None,
        says(
            _("The number of injured that editors prefer; empty unless they prefer a claim with one number."),
            minimum=0,
        ),
    ]
    killed_contested: Annotated[bool, says(_("Whether claims contradict one another on the killed."))]
    injured_contested: Annotated[bool, says(_("Whether claims contradict one another on the injured."))]
    date_contested: Annotated[bool, says(_("Whether claims contradict one another on the date."))]
    possible_from: Annotated[
        str | None,
        says(
            _(
                "The first day on which it may have happened: occurred_from, or earlier by the margin of an "
                "approximate date (two days for a day, half of a month, a season or a year). from and to are compared "
                "with this."
            ),
            kind="date",
            example="2019-11-27",
        ),
    ]
    possible_to: Annotated[
        str | None,
        says(_("The last day on which it may have happened, likewise."), kind="date", example="2019-11-28"),
    ]
    date_certain: Annotated[
        bool,
        says(
            _(
                "Whether it certainly happened between occurred_from and occurred_to; false where the date is "
                "approximate (~), uncertain (?) or not known: match=certain never lists those."
            )
        ),
    ]
    actors_one_of_en: Annotated[
        list[str], says(_("What is said of several actors of whom one did it, in English: “A or B”."))
    ]
    actors_one_of_ar: Annotated[list[str], says(_("The same in Arabic, in the same order."))]
    identifiers: Annotated[
        list[str],
        says(
            _("What other data sets call the incident: the short name of the data set, a colon, and its identifier."),
        ),
    ]
    strikes_low: Annotated[int | None, says(_("The lowest number of strikes that the claims support."), minimum=0)]
    strikes_high: Annotated[int | None, says(_("The highest number of strikes that the claims support."), minimum=0)]
    detained_low: Annotated[int | None, says(_("The lowest number of detained that the claims support."), minimum=0)]
    detained_high: Annotated[int | None, says(_("The highest number of detained that the claims support."), minimum=0)]
    abducted_low: Annotated[int | None, says(_("The lowest number of abducted that the claims support."), minimum=0)]
    abducted_high: Annotated[int | None, says(_("The highest number of abducted that the claims support."), minimum=0)]
    displaced_low: Annotated[int | None, says(_("The lowest number of displaced that the claims support."), minimum=0)]
    displaced_high: Annotated[
        int | None, says(_("The highest number of displaced that the claims support."), minimum=0)
    ]
    happened: Annotated[
        list[str],
        says(_("What claims that count say happened besides: looted, obstructed, threatened."), example=["looted"]),
    ]
    damage: Annotated[
        list[str],
        says(
            _(
                "What became of facilities: destroyed, heavily_damaged, damaged, lightly_damaged, out_of_service or "
                "not_damaged, with a colon and the identifier of the facility where a claim names it."
            ),
            example=["destroyed:b4c7d2x"],
        ),
    ]
    point_lat: PointLat
    point_lon: PointLon
    within_m: WithinMetres


class RowState(TypedDict):
    """What every row of a list says besides, so that a copy kept elsewhere can follow with `updated_since`."""

    state: Annotated[
        State,
        says(
            _(
                "published; withdrawn: the archive no longer states it, take it out of your copy; merged: it was the "
                "same attack as the one that merged_into names. Only updated_since lists the last two, and without "
                "their facts."
            ),
            example="published",
        ),
    ]
    changed_at: Annotated[
        str,
        says(
            _(
                "When it was last published, withdrawn, merged or restored, in UTC: give the latest one as "
                "updated_since."
            ),
            kind="datetime",
            example="2024-05-03T10:00:00Z",
        ),
    ]
    reason: Annotated[str | None, says(_("Why it was withdrawn or merged, in the words of the editors."))]
    merged_into: Annotated[str | None, says(_("The code of the incident that it was merged into."))]


FLAT = fields_of(FlatRow)
COLUMNS = tuple(names(FLAT))
STATE = fields_of(RowState)
