"""The parameters of charts: those of the list of incidents, and how they are drawn."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.lists.filters import Parameter
from archive.lists.parameter_fields import OneOfField, SeveralField, shown
from incidents.lists.chart.curves import MOST_CURVES
from incidents.lists.incident_filters import IncidentFilters
from incidents.models import PublishedIncident
from incidents.terms import Aspect, Scope, State

MOST_SERIES = 12
DRAWING = ("by", "measure", "split", "layout", "compare")
PEOPLE: tuple[str, ...] = (Aspect.KILLED.value, Aspect.INJURED.value)
COMPARABLE = tuple(name for name in IncidentFilters.base_filters if name not in ("order", "after", "expand"))
_NEXT = re.compile(rf",\s*(?=(?:{'|'.join(COMPARABLE)})\s*:)")
Pairs = Sequence[tuple[str, str]]


class CompareField(SeveralField):
    """Selections to compare, each `parameter:value`, several with commas between: `from:2016,to:2017`.

    Values → pairs. A comma that no parameter follows belongs to the value.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(look_up=read_pairs, unknown="", **kwargs)

    def clean(self, value: Any) -> list[Pairs]:
        found: list[Pairs] = super().clean(value)
        if len(found) > MOST_SERIES:
            raise ValidationError(_("At most %(number)s selections can be compared.") % {"number": MOST_SERIES})
        return found

    def message(self, value: str) -> str:
        text = _("“%(value)s” is no selection: write a filter and its value, such as town:C4068 or from:2016,to:2017.")
        return text % {"value": shown(value)}


def read_pairs(values: Sequence[str]) -> dict[str, Pairs]:
    """The values that can be taken apart → their parameters."""
    found: dict[str, Pairs] = {}
    for text in values:
        parts = [part.partition(":") for part in _NEXT.split(text)]
        pairs = [(name.strip(), value.strip()) for name, _colon, value in parts]
        if all(name in COMPARABLE and value for name, value in pairs):
            found[text] = pairs
    return found


class DrawnFilters(IncidentFilters):
    """A selection that is drawn. What was withdrawn or merged since has no facts to be counted."""

    @property
    def visible(self) -> QuerySet:
        return super().visible.filter(state=State.PUBLISHED)


class ChartFilters(DrawnFilters):
    """What is drawn, and how. ``by`` may stay open: then what fits is taken."""

    presentation = (*IncidentFilters.presentation, *DRAWING)

    by = Parameter(
        OneOfField,
        label=gettext_lazy("A bar for each"),
        choices=[
            ("fitting", pgettext_lazy("a bar for each", "what fits")),
            ("day", pgettext_lazy("a bar for each", "day")),
            ("week", pgettext_lazy("a bar for each", "week")),
            ("month", pgettext_lazy("a bar for each", "month")),
            ("quarter", pgettext_lazy("a bar for each", "quarter")),
            ("year", pgettext_lazy("a bar for each", "year")),
        ],
    )
    measure = Parameter(
        OneOfField,
        label=gettext_lazy("What is counted"),
        choices=[
            ("incidents", gettext_lazy("incidents")),
            ("killed", gettext_lazy("people killed")),
            ("injured", gettext_lazy("people injured")),
            ("facilities", gettext_lazy("facilities hit")),
        ],
    )
    split = Parameter(
        OneOfField,
        label=gettext_lazy("Split"),
        choices=[
            ("nothing", gettext_lazy("not at all")),
            ("actor", gettext_lazy("by actor")),
            ("facility_type", gettext_lazy("by kind of facility")),
            ("weapon", gettext_lazy("by weapon")),
            ("town", gettext_lazy("by place")),
        ],
    )
    layout = Parameter(
        OneOfField,
        label=gettext_lazy("Layout"),
        choices=[
            ("side", gettext_lazy("side by side")),
            ("stacked", gettext_lazy("stacked")),
            ("lines", gettext_lazy("lines on one scale")),
        ],
    )
    compare = Parameter(CompareField, label=gettext_lazy("Compare"))

    def checks(self) -> Iterator[tuple[str, Callable[[], str]]]:
        yield from super().checks()
        yield "measure", self.check_measure
        yield "split", self.check_split
        yield "layout", self.check_layout
        yield "compare", self.check_compared

    def check_measure(self) -> str:
        if self.value("measure") in PEOPLE and any(one.value("scope") != Scope.ATTACK for one in self.drawn):
            return _(
                "People are added up only for single attacks: series and totals of a period may count the same people."
            )
        return ""

    def check_split(self) -> str:
        if self.value("split") != "nothing" and self.value("compare"):
            return _("Either compare selections, or split one.")
        return ""

    def check_layout(self) -> str:
        match self.value("layout"):
            case "stacked":
                return self.check_stacked()
            case "lines":
                return self.check_lines()
        return ""

    def check_lines(self) -> str:
        if self.value("split") in (None, "nothing") and not self.value("compare"):
            return _("One list needs no lines: choose what to split by, or selections to compare.")
        if len(self.value("compare") or ()) > MOST_CURVES:
            return _("At most %(number)s lines can be told apart.") % {"number": MOST_CURVES}
        return ""

    def check_stacked(self) -> str:
        if self.value("split") in (None, "nothing"):
            return _("There is nothing to stack: choose what to split by.")
        if self.value("measure") not in (None, "incidents"):
            return _("Only incidents can be stacked: numbers of people have a range, and a facility may be hit twice.")
        return ""

    def check_compared(self) -> str:
        for text, one in zip(self.given("compare"), self.compared, strict=False):
            for messages in one.problems.values():
                return _("“%(value)s”: %(message)s") % {"value": shown(text), "message": messages[0]}
        return ""

    @property
    def drawn(self) -> list[IncidentFilters]:
        """The selections that are drawn: those compared (one alone with the whole), else the whole."""
        if len(self.compared) == 1:
            return [DrawnFilters(self.plain, self.queryset), *self.compared]
        return self.compared or [self]

    @cached_property
    def compared(self) -> list[IncidentFilters]:
        """The filters of each selection to compare: those of the whole, with its own in place of them."""
        return [DrawnFilters(self.with_pairs(pairs), self.queryset) for pairs in self.value("compare") or []]

    def with_pairs(self, pairs: Pairs) -> QueryDict:
        params = self.plain.copy()
        for name, _value in pairs:
            params.pop(name, None)
        for name, value in pairs:
            params.appendlist(name, value)
        return params


def read_chart(params: QueryDict) -> ChartFilters:
    """The parameters of an address, over everything that readers may list."""
    return ChartFilters(params, PublishedIncident.objects.all())


def without_drawing(params: QueryDict) -> QueryDict:
    """The parameters of the list alone."""
    rest = params.copy()
    for name in DRAWING:
        rest.pop(name, None)
    return rest
