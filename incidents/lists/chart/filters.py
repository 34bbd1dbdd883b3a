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
Selected = tuple[str, Pairs, IncidentFilters]  # a selection as it is written, taken apart, and as it is read


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
        """The selections that are drawn."""
        return [one for _text, _pairs, one in self.selections] or [self]

    @cached_property
    def selections(self) -> list[Selected]:
        """Those compared, each once, as it was first written; one alone with the whole, which is written as nothing."""
        found = {meaning(one): (text, pairs, one) for text, pairs, one in reversed(self.written)}
        each = [found[key] for key in dict.fromkeys(meaning(one) for _text, _pairs, one in self.written)]
        if len(each) != 1:
            return each
        whole = DrawnFilters(self.plain, self.queryset)
        return [("", [], whole), *(one for one in each if meaning(one[2]) != meaning(whole))]

    @property
    def repeated(self) -> list[str]:
        """Says of each selection that something that is drawn already selects the same."""
        drawn = {meaning(one): text for text, _pairs, one in self.selections}
        same = {text: drawn[meaning(one)] for text, _pairs, one in self.written}
        every = [text for value in self.data.getlist("compare") if (text := value.strip())]
        found = [(text, same[text]) for at, text in enumerate(every) if text != same[text] or text in every[:at]]
        return [again(shown(text), shown(first)) for text, first in dict.fromkeys(found)]

    @property
    def written(self) -> list[Selected]:
        return list(zip(self.given("compare"), self.value("compare") or [], self.compared, strict=True))

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


def meaning(filters: IncidentFilters) -> frozenset[tuple[str, Any]]:
    """What a selection is of: the same for all ways to write it."""
    read = {name: filters.value(name) for name in COMPARABLE}
    return frozenset(
        (name, frozenset(value) if isinstance(value, list) else value) for name, value in read.items() if value
    )


def again(text: str, same: str) -> str:
    """That a selection is drawn already: as itself, as another that is written otherwise, or as the whole."""
    if text == same:
        return _("“%(one)s” was given more than once, and is drawn once.") % {"one": text}
    if same:
        return _("“%(one)s” selects the same as “%(other)s”, and is drawn once.") % {"one": text, "other": same}
    return _("“%(one)s” selects all of these, and is drawn once.") % {"one": text}


def read_chart(params: QueryDict) -> ChartFilters:
    """The parameters of an address, over everything that readers may list."""
    return ChartFilters(params, PublishedIncident.objects.all())


def without_drawing(params: QueryDict) -> QueryDict:
    """The parameters of the list alone."""
    rest = params.copy()
    for name in DRAWING:
        rest.pop(name, None)
    return rest
