"""How each column of the two tables for comparison is made: the column map to UCDP GED and ACLED."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.fields import Field
from incidents.formats.conflict_codes import COUNTRIES

PERMALINK = Field(
    name="permalink",
    kind="string",
    is_required=True,
    description=_("The address of the edition, with all its claims. Not a column of that data set."),
)
LATITUDE = Field(
    name="latitude",
    kind="number",
    minimum=-90,
    maximum=90,
    description=_(
        "point_lat, where within_m is at most 25000; else lat: the reference point of the place, never of a facility."
    ),
)
LONGITUDE = Field(
    name="longitude", kind="number", minimum=-180, maximum=180, description=_("point_lon or lon: of the same point.")
)
COUNTRY = Field(name="country", kind="string", description=_("The country that the place lies in."))
# Countries are few in an archive, and rarely others: libraries that know the numbers of all (country_converter with
# pandas, pycountry with 8 MB) are more than this is worth.
NUMBERED_COUNTRIES = format_lazy(
    _("The archive has the numbers and regions of {countries}; of other countries this is empty."),
    countries=", ".join(COUNTRIES),
)
REGION = Field(
    name="region",
    kind="string",
    description=format_lazy(_("The region of that country. {reason}"), reason=NUMBERED_COUNTRIES),
)
SUB_EVENTS = (
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Suicide bomb",
    "Chemical weapon",
)
YEAR = Field(name="year", kind="integer", description=_("The year of the first day; empty where that is not known."))

GED = (
    Field(name="id", kind="string", is_required=True, description=_("code: a text here, a number in GED.")),
    Field(name="relid", kind="string", is_required=True, description=_("code and version of the edition.")),
    YEAR,
    Field(
        name="side_a",
        kind="string",
        description=_(
            "The actors whose part is asserted; of several of whom one did it, “A or B”. The archive knows who is "
            "said to have done it, not two sides."
        ),
    ),
    Field(
        name="side_b",
        kind="string",
        description=_("Always empty: the archive does not code whom an attack was aimed at."),
    ),
    Field(
        name="number_of_sources",
        kind="integer",
        is_required=True,
        minimum=-1,
        description=_("How many sources it rests on; -1 where none can be named, as in GED."),
    ),
    Field(name="source_article", kind="string", description=_("The titles of the articles, in quotation marks.")),
    Field(name="source_office", kind="string", description=_("The names of the sources.")),
    Field(name="source_date", kind="string", description=_("When the articles were published.")),
    Field(name="source_headline", kind="string", description=_("The titles of the articles.")),
    Field(name="source_original", kind="string", description=_("The speakers that the articles quote.")),
    Field(
        name="where_prec",
        kind="integer",
        minimum=1,
        maximum=6,
        description=_(
            "Of a point by within_m: 1 to 5000, 2 to 25000. Else from place_precision: 1 in a town, 2 near a town, "
            "3 a district or sub-district, 4 a governorate, 5 near a larger unit or in a part of a governorate or "
            "country, 6 the country. Code 7 is not used."
        ),
    ),
    Field(
        name="where_coordinates", kind="string", description=_("The name of the place that the coordinates stand for.")
    ),
    Field(name="where_description", kind="string", description=_("The place with all that it lies in.")),
    Field(name="adm_1", kind="string", description=_("The governorate.")),
    Field(name="adm_2", kind="string", description=_("The district.")),
    LATITUDE,
    LONGITUDE,
    Field(name="geom_wkt", kind="string", description=_("The same point as well-known text.")),
    Field(
        name="priogrid_gid",
        kind="integer",
        minimum=1,
        maximum=259_200,
        description=_("The cell of PRIO-GRID (half a degree) in which that point lies."),
    ),
    COUNTRY,
    Field(
        name="country_id",
        kind="integer",
        description=format_lazy(
            _("The number of that country in the list of Gleditsch and Ward. {reason}"), reason=NUMBERED_COUNTRIES
        ),
    ),
    REGION,
    Field(
        name="event_clarity",
        kind="integer",
        is_required=True,
        minimum=1,
        maximum=2,
        description=_("1 for an attack, 2 for a series or a tally."),
    ),
    Field(
        name="date_prec",
        kind="integer",
        minimum=1,
        maximum=5,
        description=_(
            "From the days between possible_from and possible_to: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 a "
            "year or more; never 1 where date_certain is false."
        ),
    ),
    Field(name="date_start", kind="date", description=_("occurred_from.")),
    Field(name="date_end", kind="date", description=_("occurred_to.")),
    Field(
        name="deaths_civilians",
        kind="integer",
        minimum=0,
        description=_("The killed that claims call civilians: the number that editors prefer, else the lowest."),
    ),
    Field(
        name="deaths_unknown",
        kind="integer",
        minimum=0,
        description=_(
            "The killed of whom claims do not say who they were: the number that editors prefer, else the lowest; "
            "empty where claims also tell of groups among them."
        ),
    ),
    Field(
        name="best",
        kind="integer",
        minimum=0,
        description=_("killed_best, else killed_low. Empty where no number is known; GED has 0 there."),
    ),
    Field(
        name="high", kind="integer", minimum=0, description=_("killed_high; empty also where there is no upper limit.")
    ),
    Field(name="low", kind="integer", minimum=0, description=_("killed_low.")),
    PERMALINK,
)
ACLED = (
    Field(
        name="event_id_cnty", kind="string", is_required=True, description=_("code; it says nothing of the country.")
    ),
    Field(
        name="event_date",
        kind="date",
        description=_("The first day of the range (ACLED may choose a day in its middle)."),
    ),
    YEAR,
    Field(
        name="time_precision",
        kind="integer",
        minimum=1,
        maximum=3,
        description=_(
            "From the days between possible_from and possible_to: 1 a day, 2 within a week, 3 within a month; empty "
            "for longer ranges, which ACLED does not code; never 1 where date_certain is false."
        ),
    ),
    Field(
        name="disorder_type",
        kind="string",
        enum=("Political violence",),
        description=_("Political violence, where event_type is known."),
    ),
    Field(
        name="event_type",
        kind="string",
        enum=("Explosions/Remote violence",),
        description=_("From the weapons, where all of them are of one kind that ACLED codes so."),
    ),
    Field(
        name="sub_event_type",
        kind="string",
        enum=SUB_EVENTS,
        description=_("From the weapons likewise; empty where they are of several kinds or say nothing of it."),
    ),
    Field(name="actor1", kind="string", description=_("The first actor whose part is asserted.")),
    Field(name="assoc_actor_1", kind="string", description=_("The other actors whose part is asserted.")),
    Field(
        name="iso",
        kind="integer",
        description=format_lazy(_("The number of the country in ISO 3166-1. {reason}"), reason=NUMBERED_COUNTRIES),
    ),
    REGION,
    COUNTRY,
    Field(name="admin1", kind="string", description=_("The governorate.")),
    Field(name="admin2", kind="string", description=_("The district.")),
    Field(name="admin3", kind="string", description=_("The sub-district.")),
    Field(name="location", kind="string", description=_("The name of the place.")),
    LATITUDE,
    LONGITUDE,
    Field(
        name="geo_precision",
        kind="integer",
        minimum=1,
        maximum=3,
        description=_(
            "Of a point by within_m: 1 to 5000, 2 to 25000. Else 1 in a town, 2 near a town or in a district or "
            "sub-district, 3 a governorate or the country."
        ),
    ),
    Field(name="source", kind="string", description=_("The names of the sources.")),
    Field(name="notes", kind="string", is_required=True, description=_("title_en.")),
    Field(
        name="fatalities",
        kind="integer",
        minimum=0,
        description=_("killed_best, else killed_low. Empty where no number is known; ACLED has 0 there."),
    ),
    Field(name="tags", kind="string", description=_("The kinds of facility and the weapons.")),
    Field(
        name="timestamp",
        kind="integer",
        is_required=True,
        description=_("published_at, in seconds since 1970."),
    ),
    PERMALINK,
)

NOT_SIDES = _("It says between whom a conflict is. The archive records who is said to have done an attack.")
NOT_AIM = _("It says whom an attack was meant for. Reports tell what was struck; the archive does not judge intent.")
NOT_NUMBERED = _("It numbers actors as that data set does. The archive has its own, and makes no match for others.")
NOT_CODED = _("It says how that data set was coded, not what happened.")
NOT_WHOSE_DEAD = _("It counts the dead of one side. Claims say that fighters were killed, not of which side.")
# What those data sets have and our tables have not, and why.
GED_ABSENT = {
    "active_year": _("It follows from the deaths of a conflict in a year, which the archive does not add up."),
    "code_status": NOT_CODED,
    "type_of_violence": NOT_AIM,
    "conflict_dset_id": NOT_SIDES,
    "conflict_new_id": NOT_SIDES,
    "conflict_name": NOT_SIDES,
    "dyad_dset_id": NOT_SIDES,
    "dyad_new_id": NOT_SIDES,
    "dyad_name": NOT_SIDES,
    "side_a_dset_id": NOT_NUMBERED,
    "side_a_new_id": NOT_NUMBERED,
    "side_b_dset_id": NOT_NUMBERED,
    "side_b_new_id": NOT_NUMBERED,
    "deaths_a": NOT_WHOSE_DEAD,
    "deaths_b": NOT_WHOSE_DEAD,
    "gwnoa": NOT_NUMBERED,
    "gwnob": NOT_NUMBERED,
}
ACLED_ABSENT = {
    "inter1": _(
        "It sorts actors into domestic and foreign, rebels and militias; the archive knows states, groups and "
        "coalitions."
    ),
    "actor2": NOT_AIM,
    "assoc_actor_2": NOT_AIM,
    "inter2": NOT_AIM,
    "interaction": NOT_AIM,
    "civilian_targeting": NOT_AIM,
    "source_scale": _("It sorts sources by how far they reach, which the archive does not record."),
}
