"""The fields of a chart as a file."""

from django.utils.translation import gettext_lazy as _

from archive.fields import Field
from incidents.formats.tables import Table

MEASURES = ("incidents", "killed", "injured", "facilities")
BARS = ("day", "week", "month", "quarter", "year", "all")

FIELDS = (
    Field(
        name="series",
        kind="string",
        description=_(
            "What sets the selection apart, as compare takes it; of the parts of a stack also several, others and "
            "unknown. Empty for the whole."
        ),
        example="actor:unknown",
    ),
    Field(name="series_name", kind="string", description=_("The same in words of the language of the address.")),
    Field(
        name="bar",
        kind="string",
        is_required=True,
        enum=BARS,
        description=_("How long the bar is; all is the whole list of the selection, each incident once."),
    ),
    Field(name="from", kind="date", description=_("The first day of the bar; of all the first that was asked for.")),
    Field(name="to", kind="date", description=_("The last day of the bar; of all the last that was asked for.")),
    Field(name="measure", kind="string", is_required=True, enum=MEASURES, description=_("What is counted.")),
    Field(
        name="certain_low",
        kind="integer",
        description=_(
            "How many at least, of incidents that certainly are in the bar; empty where reports say no more than how "
            "many at most."
        ),
    ),
    Field(
        name="certain_high",
        kind="integer",
        description=_("How many at most, of the same incidents; empty where a report names no upper bound."),
    ),
    Field(
        name="possible_high",
        kind="integer",
        description=_(
            "How many more at most, of incidents that are only possibly in the bar. They may stand in several bars: "
            "not to be added up. Empty where a report names no upper bound."
        ),
    ),
    Field(
        name="incidents_certain",
        kind="integer",
        is_required=True,
        description=_("How many incidents certainly are in the bar."),
    ),
    Field(
        name="incidents_possible",
        kind="integer",
        is_required=True,
        description=_("How many more possibly are."),
    ),
    Field(
        name="incidents_without_number",
        kind="integer",
        description=_("How many of all these give no number of people; empty where none are counted."),
    ),
)
CHART = Table("chart", _("Charts"), _("charts.csv"), FIELDS)
