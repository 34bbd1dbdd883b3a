"""The whole record of an edition: what `/incidents/<code>.json` and the API's single record hold."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.exports.fields import Field, renamed
from archive.terms import LEVELS, DatePrecision, values
from incidents.exports.fields.incident import (
    CODE,
    EDTF,
    FIRST_DAY,
    FLAT,
    LAST_DAY,
    PART_OF_DAY,
    PUBLISHED_AT,
    SCOPE,
    TITLE_AR,
    TITLE_EN,
    VERSION,
)
from incidents.terms import Aspect, Group, Precision, Rank, Stance

GROUPS = tuple(values(Group))
NAME_EN = Field(name="name_en", kind="string", is_required=True, description=_("Its name in English."))
NAME_AR = Field(name="name_ar", kind="string", is_required=True, description=_("Its name in Arabic; may be empty."))
SLUG = Field(
    name="slug", kind="string", is_required=True, description=_("Its permanent short name."), example="hospital"
)
PCODE = Field(name="pcode", kind="string", is_required=True, description=_("Its official P-code."), example="C4068")
LEVEL = Field(name="level", kind="string", is_required=True, enum=LEVELS, description=_("Its level."))
PLACE_PRECISION = Field(
    name="precision",
    kind="string",
    is_required=True,
    enum=tuple(values(Precision)),
    description=_("in this place; near it, but outside; somewhere in a part of it."),
)
CLAIMS = Field(name="claims", kind="list", description=_("The identifiers of the claims that it rests on."))
AGAINST = Field(name="against", kind="list", description=_("The identifiers of the claims that dispute or deny it."))
CONTESTED = Field(
    name="contested", kind="boolean", is_required=True, description=_("Whether claims contradict one another on it.")
)
LOW = Field(name="low", kind="integer", minimum=0, description=_("At least; null where no claim says it."))
HIGH = Field(name="high", kind="integer", minimum=0, description=_("At most; null where there is no upper limit."))
BEST = Field(
    name="best", kind="integer", minimum=0, description=_("The number that editors prefer, if they prefer one.")
)
GROUP = Field(name="group", kind="string", is_required=True, enum=GROUPS, description=_("Of whom the number speaks."))
HEADLINE_GROUP = renamed(GROUP, enum=(*GROUPS, ""), description=_("Of whom the number of lists speaks; may be empty."))
TIME = Field(name="time", kind="string", pattern="^[0-9]{2}:[0-9]{2}$", description=_("The local time, as HH:MM."))
TERM = (SLUG, NAME_EN, NAME_AR)
LABEL_EN = Field(
    name="label_en",
    kind="string",
    may_lack=True,
    description=_("What readers call it in English; name_en is the official name. Older editions have only that."),
)
LABEL_AR = Field(
    name="label_ar", kind="string", may_lack=True, description=_("What readers call it in Arabic; may be empty.")
)
PLACE = (PCODE, NAME_EN, NAME_AR, LABEL_EN, LABEL_AR, LEVEL)
DAYS = (EDTF, FIRST_DAY, LAST_DAY)
SPEAKER_KEYS = (
    *(renamed(field, may_lack=True) for field in TERM),
    Field(
        name="article",
        kind="string",
        may_lack=True,
        description=_("In place of a name: the article that says it itself."),
    ),
)


def thing(name: str, description: Any, fields: tuple[Field, ...], **rest: Any) -> Field:
    return Field(name=name, kind="object", description=description, fields=fields, **rest)


def things(name: str, description: Any, fields: tuple[Field, ...]) -> Field:
    return Field(name=name, kind="list", items="object", description=description, fields=fields)


def speakers(name: str, description: Any) -> Field:
    return things(name, description, SPEAKER_KEYS)


def counts(name: str, description: Any) -> Field:
    group = (renamed(GROUP), LOW, HIGH, BEST, CONTESTED, CLAIMS)
    groups = things("groups", _("The numbers of each group that claims speak of."), group)
    return thing(name, description, (LOW, HIGH, BEST, HEADLINE_GROUP, CONTESTED, groups, CLAIMS))


PART = renamed(PART_OF_DAY, enum=(*PART_OF_DAY.enum, ""))
OCCURRED = thing(
    "occurred",
    _("When it happened; null where no claim says it."),
    (
        *DAYS,
        Field(
            name="precision",
            kind="string",
            is_required=True,
            enum=tuple(values(DatePrecision)),
            description=next(field for field in FLAT if field.name == "date_precision").description,
        ),
        PART,
        TIME,
        CONTESTED,
        CLAIMS,
        AGAINST,
    ),
)
FACILITY_ID = Field(name="id", kind="string", is_required=True, description=_("The identifier of the facility."))
KIND_OF_FACILITY = thing("type", _("Its kind."), TERM, is_required=True)
FACT_PLACE = (
    *PLACE,
    PLACE_PRECISION,
    Field(name="lat", kind="number", description=_("The latitude of its reference point, in degrees (WGS 84).")),
    Field(name="lon", kind="number", description=_("The longitude of its reference point, in degrees (WGS 84).")),
    things("ancestors", _("What it lies in, the country first."), PLACE),
    CLAIMS,
    AGAINST,
)
PART_OF = Field(
    name="ancestors", kind="list", description=_("The slugs of the actors that it is part of, topmost first.")
)
ACTOR = (
    *TERM,
    PART_OF,
    Field(name="asserted", kind="boolean", is_required=True, description=_("Whether a claim that counts says so.")),
    Field(name="disputed", kind="boolean", is_required=True, description=_("Whether a claim disputes or denies it.")),
    speakers("asserted_by", _("Who says that it did it.")),
    speakers("denied_by", _("Who denies it.")),
    speakers("disputed_by", _("Who disputes it.")),
    CLAIMS,
    AGAINST,
)
ALTERNATIVE = (
    *TERM,
    PART_OF,
    Field(
        name="disputed", kind="boolean", is_required=True, description=_("Whether a claim disputes or denies its part.")
    ),
)
ONE_OF = (
    things("actors", _("The actors, two or more."), ALTERNATIVE),
    speakers("asserted_by", _("Who says that it was one of them.")),
    CLAIMS,
    AGAINST,
)
VALUE = (
    *(
        renamed(field, may_lack=True, is_required=False)
        for field in (*DAYS, PART, TIME, *PLACE, PLACE_PRECISION, FACILITY_ID, LOW, HIGH, GROUP, SLUG)
    ),
    renamed(
        things("one_of", _("Of several actors of whom one did it: these."), TERM), may_lack=True, is_required=False
    ),
)
CLAIM = (
    Field(name="id", kind="string", is_required=True, description=_("The permanent identifier of the claim.")),
    Field(
        name="aspect", kind="string", is_required=True, enum=tuple(values(Aspect)), description=_("What it speaks of.")
    ),
    thing("value", _("What it says, with the keys that the fact has."), VALUE, is_required=True),
    Field(
        name="stance",
        kind="string",
        is_required=True,
        enum=tuple(values(Stance)),
        description=_("Whether it asserts, disputes or denies the value."),
    ),
    Field(
        name="rank",
        kind="string",
        is_required=True,
        enum=tuple(values(Rank)),
        description=_("preferred claims outrank normal ones; deprecated ones do not count, but stay on record."),
    ),
    thing("speaker", _("Who says it inside the report; null where the report itself does."), TERM),
    Field(name="article", kind="string", description=_("The identifier of the article that it comes from.")),
    Field(name="passage", kind="string", description=_("The identifier of the passage that says it.")),
    Field(
        name="judgement",
        kind="string",
        is_required=True,
        description=_("Where no passage says it: why editors hold it. Else empty."),
    ),
    Field(
        name="reasoning",
        kind="string",
        is_required=True,
        description=_("How the value was worked out of the words. May be empty."),
    ),
)
WITHHELD = Field(
    name="withheld",
    kind="boolean",
    may_lack=True,
    is_required=True,
    description=_("true where the archive may not show the words; then they are null."),
)
PASSAGE = (
    Field(name="article", kind="string", is_required=True, description=_("The identifier of its article.")),
    Field(name="text", kind="integer", is_required=True, minimum=1, description=_("The number of the article’s text.")),
    Field(name="text_sha256", kind="string", is_required=True, description=_("The SHA-256 of that text in UTF-8.")),
    Field(
        name="start",
        kind="integer",
        is_required=True,
        minimum=0,
        description=_("Where it begins, in Unicode code points from 0."),
    ),
    Field(
        name="end",
        kind="integer",
        is_required=True,
        minimum=1,
        description=_("Where it ends, in Unicode code points; the code point there is not part of it."),
    ),
    Field(name="exact", kind="string", description=_("The words, exactly as the text has them.")),
    Field(name="prefix", kind="string", description=_("Up to 32 code points before them.")),
    Field(name="suffix", kind="string", description=_("Up to 32 code points after them.")),
    WITHHELD,
)
CITED_ARTICLE = (
    Field(name="title", kind="string", description=_("Its title.")),
    Field(name="url", kind="string", description=_("Its address at its publisher.")),
    thing("source", _("Who published it; null where that is not known."), TERM),
    Field(name="published", kind="date", description=_("The day on which it was published.")),
    Field(name="language", kind="string", is_required=True, description=_("Its language (BCP 47). May be empty.")),
    WITHHELD,
)
SENTENCE = (
    Field(name="text_en", kind="string", is_required=True, description=_("The sentence in English.")),
    Field(name="text_ar", kind="string", is_required=True, description=_("The sentence in Arabic. May be empty.")),
    Field(name="passages", kind="list", description=_("The identifiers of the passages that it rests on.")),
)

EDITION = (
    Field(
        name="schema",
        kind="integer",
        is_required=True,
        minimum=1,
        description=_("The number of this form of the record."),
    ),
    CODE,
    VERSION,
    SCOPE,
    TITLE_EN,
    TITLE_AR,
    PUBLISHED_AT,
    Field(
        name="note",
        kind="string",
        is_required=True,
        description=_("The editors’ public note on what is new in this edition."),
    ),
    OCCURRED,
    things("places", _("Where it happened; the first place is that of maps and lists."), FACT_PLACE),
    things(
        "facilities",
        _("The facilities that were struck."),
        (FACILITY_ID, NAME_EN, NAME_AR, KIND_OF_FACILITY, PCODE, CLAIMS, AGAINST),
    ),
    things("facility_types", _("The kinds of facility that were struck."), (*TERM, CLAIMS)),
    things("actors", _("Who is said to have done it, and who says so."), ACTOR),
    renamed(
        things("actors_one_of", _("Several actors of whom one did it; only where a claim says so."), ONE_OF),
        may_lack=True,
    ),
    things("weapons", _("With what."), (*TERM, CLAIMS)),
    counts("killed", _("How many were killed; null where no claim says it.")),
    counts("injured", _("How many were injured; null where no claim says it.")),
    things("claims", _("Every claim, also those that do not count."), CLAIM),
    Field(name="passages", kind="map", fields=PASSAGE, description=_("The passages that claims cite, by identifier.")),
    Field(
        name="articles",
        kind="map",
        fields=CITED_ARTICLE,
        description=_("The articles that they are of, by identifier."),
    ),
    things("summary", _("The editors’ own summary, sentence by sentence; may be empty."), SENTENCE),
)
# What the JSON document of an edition holds beside its content.
DOCUMENT = (
    *EDITION,
    next(field for field in FLAT if field.name == "permalink"),
    Field(
        name="sha256",
        kind="string",
        is_required=True,
        pattern="^[0-9a-f]{64}$",
        description=_(
            "The SHA-256 of the edition as it was published: its JSON with sorted keys, no spaces, in UTF-8, without "
            "permalink and sha256. It stays the same where words are withheld later."
        ),
    ),
)
