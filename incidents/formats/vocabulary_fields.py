"""The fields of what incidents name: places, facilities, actors, weapons, sources."""

from django.utils.translation import gettext_lazy as _

from archive.fields import Field
from archive.terms import LEVELS, SourceKind, TextPolicy, values
from incidents.terms import ActorKind

NAME_EN = Field(name="name_en", kind="string", is_required=True, description=_("The name in English."))
NAME_AR = Field(name="name_ar", kind="string", description=_("The name in Arabic."))
PARENT = Field(name="parent", kind="string", description=_("The slug of what it is part of or a kind of."))


def term(what: str) -> tuple[Field, ...]:
    slug = Field(name="slug", kind="string", is_required=True, description=_("The permanent short name."), example=what)
    return slug, NAME_EN, NAME_AR


PLACE = (
    Field(
        name="pcode", kind="string", is_required=True, description=_("The official P-code (UN OCHA)."), example="C4068"
    ),
    Field(name="level", kind="string", is_required=True, enum=LEVELS, description=_("The level in the hierarchy.")),
    NAME_EN,
    NAME_AR,
    Field(name="parent", kind="string", description=_("The P-code of the unit that it lies in."), example="SY070100"),
    Field(
        name="lat",
        kind="number",
        minimum=-90,
        maximum=90,
        description=_("The latitude of its reference point (WGS 84)."),
    ),
    Field(
        name="lon",
        kind="number",
        minimum=-180,
        maximum=180,
        description=_("The longitude of its reference point (WGS 84)."),
    ),
)
FACILITY = (
    Field(name="id", kind="string", is_required=True, description=_("The permanent identifier of the facility.")),
    NAME_EN,
    NAME_AR,
    Field(name="facility_type", kind="string", is_required=True, description=_("Its kind: a slug.")),
    Field(
        name="place_pcode",
        kind="string",
        is_required=True,
        description=_(
            "The P-code of its town, or of its district where no more is told. Its own position is never published."
        ),
    ),
    Field(
        name="merged_into",
        kind="string",
        description=_(
            "The identifier of the facility that it was found to be: editions of before name it still, its address and "
            "lists that ask for it lead there. Empty for one that stands."
        ),
    ),
)
FACILITY_TYPE = term("hospital")
WEAPON = (*term("air-strike"), PARENT)
ACTOR = (
    *term("unknown"),
    Field(
        name="kind",
        kind="string",
        is_required=True,
        enum=tuple(values(ActorKind)),
        description=_("State forces, an armed group, a coalition, or unknown."),
    ),
    PARENT,
    Field(
        name="merged_into",
        kind="string",
        description=_("The slug of the actor that it was found to be, likewise. Empty for one that stands."),
    ),
)
SOURCE = (
    *term("example-herald"),
    Field(
        name="kind",
        kind="string",
        is_required=True,
        enum=tuple(values(SourceKind)),
        description=_("A news outlet, an organisation, an official body, a data set, or texts made for demonstration."),
    ),
    Field(
        name="text_policy",
        kind="string",
        is_required=True,
        enum=tuple(values(TextPolicy)),
        description=_("What readers see of its texts: all, the cited passages, or only the reference."),
    ),
    Field(name="homepage", kind="string", description=_("Its own address.")),
    Field(name="licence", kind="string", description=_("The licence under which its texts are shown, if any.")),
)
