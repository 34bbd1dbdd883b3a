"""The list of incidents as the page of charts shows it: its filters, and how it is drawn."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError

from incidents.lists.chart import wording
from incidents.lists.chart.choices import Box, comparable
from incidents.lists.chart.drawing import Chart
from incidents.lists.chart.filters import DRAWING, ChartFilters, without_drawing
from incidents.lists.chart.samples import Sample
from incidents.lists.incident_listing import IncidentListing

FEWEST_BOXES = 2  # in which selections to compare are written


class ChartListing(IncidentListing):
    """`chart` is what is drawn; only of a list that is readable."""

    filters: ChartFilters

    @cached_property
    def is_readable(self) -> bool:
        """Whether all can be read, and is not too much to be drawn; the problem then stands at `by`."""
        if self.filters.problems:
            return False
        if problem := self.chart.problem:
            self.filters.problems["by"] = [problem]
            self.filters.form.add_error("by", ValidationError(problem))
        return not problem

    @cached_property
    def chart(self) -> Chart:
        return Chart(self.filters, self.selection)

    @property
    def title(self) -> str:
        return wording.title(self.filters, self.chart.unit)

    @property
    def social_title(self) -> str:
        return self.title if self.is_readable else ""

    @property
    def seen(self) -> list[str]:
        return wording.seen(self.chart)

    @property
    def keys(self) -> list[Sample]:
        return wording.keys(self.chart)

    @property
    def rule(self) -> str:
        return wording.rule(self.chart)

    @property
    def drawing_notes(self) -> list[str]:
        return list(wording.notes(self.chart))

    @property
    def unordered_query(self) -> str:
        """The query of the same set as a list, map or timeline."""
        params = without_drawing(self.params())
        params.pop("order", None)
        return params.urlencode()

    @property
    def drawing_fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in DRAWING if name != "compare"]

    @cached_property
    def comparable(self) -> list[tuple[str, list[Box]]]:
        """What may be compared, kind by kind."""
        return list(comparable(self.filters, self.selection))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters that stay on when selections to compare are chosen."""
        return [
            (name, value)
            for name, values in self.params().lists()
            for value in values
            if name not in ("compare", "split", "layout")
        ]

    @property
    def layouts(self) -> list[tuple[str, str, bool]]:
        """How what is compared can be laid out: value, name, and which is on; of what is compared there is no stack."""
        chosen = self.filters.value("layout")
        return [
            (value, str(name), value == chosen or (value == "side" and chosen != "lines"))
            for value, name in self.filters.base_filters["layout"].field.choices
            if value in ("side", "lines")
        ]

    @property
    def has_further_filters(self) -> bool:
        """The boxes of selections to compare stand among the filters that are unfolded."""
        return super().has_further_filters or bool(self.filters.given("compare"))

    @property
    def compare_values(self) -> list[str]:
        """What the boxes of selections to compare hold, with one that is free."""
        given = self.filters.given("compare")
        return [*given, *[""] * max(1, FEWEST_BOXES - len(given))]
