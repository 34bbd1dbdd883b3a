"""The fields of `claims.csv`: every claim of the current editions, one row each."""

from django.utils.translation import gettext_lazy as _

from archive.exports.fields import Field, renamed
from archive.terms import values
from incidents.exports.fields.edition import CLAIM, HIGH, LOW, PASSAGE, PLACE_PRECISION, TIME, VALUE
from incidents.exports.fields.incident import CODE, VERSION
from incidents.terms import GONE, Group

OF_CLAIM = {field.name: field for field in CLAIM}
OF_PASSAGE = {field.name: field for field in PASSAGE}
OF_VALUE = {field.name: field for field in VALUE}


def value(name: str, key: str) -> Field:
    return renamed(OF_VALUE[key], name=name, may_lack=False)


def of_passage(name: str) -> Field:
    return renamed(OF_PASSAGE[name], is_required=False)


CLAIM_ROW = (
    OF_CLAIM["id"],
    CODE,
    VERSION,
    OF_CLAIM["aspect"],
    OF_CLAIM["stance"],
    OF_CLAIM["rank"],
    value("occurred_edtf", "edtf"),
    value("occurred_from", "from"),
    value("occurred_to", "to"),
    renamed(value("part_of_day", "part_of_day"), enum=tuple(part for part in OF_VALUE["part_of_day"].enum if part)),
    renamed(TIME, name="time"),
    Field(name="place_pcode", kind="string", description=_("Of a place: its P-code.")),
    renamed(PLACE_PRECISION, name="place_precision", is_required=False),
    Field(name="facility_id", kind="string", description=_("Of a facility: its identifier.")),
    Field(
        name="term",
        kind="string",
        description=_(
            "Of a kind of facility, an actor or a weapon: its slug; of actors of whom one did it: theirs, with “ | ” "
            "between."
        ),
    ),
    Field(name="name_en", kind="string", description=_("The English name of the place, facility or term.")),
    Field(name="name_ar", kind="string", description=_("The Arabic name of the place, facility or term.")),
    renamed(LOW, name="count_low"),
    renamed(HIGH, name="count_high"),
    Field(name="count_group", kind="string", enum=tuple(values(Group)), description=_("Of whom the number speaks.")),
    Field(name="speaker", kind="string", description=_("Who says it inside the report: a slug.")),
    Field(name="speaker_name_en", kind="string", description=_("The English name of the speaker.")),
    OF_CLAIM["article"],
    OF_CLAIM["passage"],
    of_passage("text"),
    of_passage("text_sha256"),
    of_passage("start"),
    of_passage("end"),
    renamed(
        OF_PASSAGE["exact"],
        description=_("The words, exactly as the text has them; empty where the archive may not show them."),
    ),
    renamed(OF_CLAIM["judgement"], is_required=False),
    renamed(OF_CLAIM["reasoning"], is_required=False),
    Field(
        name="permalink",
        kind="string",
        is_required=True,
        description=_("The address of the edition that the claim is part of."),
    ),
)
CLOSED = (
    CODE,
    Field(
        name="state",
        kind="string",
        is_required=True,
        enum=tuple(state.value for state in GONE),
        description=_("Which of both."),
    ),
    Field(
        name="changed_at", kind="datetime", is_required=True, description=_("When it was withdrawn or merged, in UTC.")
    ),
    Field(name="reason", kind="string", description=_("Why, in the words of the editors.")),
    Field(name="merged_into", kind="string", description=_("The code of the incident that it was merged into.")),
)
