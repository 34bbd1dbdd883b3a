"""The list of incidents as its page shows it."""

from functools import cached_property

import numpy as np
from django.http import QueryDict

from archive.facets import Facet
from archive.listing import Listing
from incidents.columns import STORE
from incidents.facets import incident_facets
from incidents.filters import IncidentFilters
from incidents.models import PublishedIncident, PublishedRecord
from incidents.presentation.rows import Row, rows
from incidents.saying import sentence
from incidents.snippets import with_snippets


class IncidentListing(Listing):
    """`rows` are in the order of the list; what was withdrawn or merged since is in `closed`."""

    store = STORE
    fieldless = ("facility", "actor", "facility_type", "weapon", "source", "order")
    folded = ("match", "stance", "scope", "killed_min", "injured_min", "updated_since", "expand")

    @cached_property
    def rows(self) -> list[Row]:
        shown = [row for row in self.page.rows if row.state == PublishedIncident.State.PUBLISHED]
        records = PublishedRecord.objects.in_bulk([row.pk for row in shown])
        found = rows(records[row.pk].record for row in shown if row.pk in records)
        return with_snippets(found, [row.edition_id for row in shown], self.filters.query)

    @cached_property
    def closed(self) -> list[PublishedIncident]:
        """Withdrawn and merged incidents of the page; only `updated_since` lists them."""
        return [row for row in self.page.rows if row.state != PublishedIncident.State.PUBLISHED]

    @cached_property
    def certain(self) -> int | None:
        """How many of the set certainly happened then; None where no dates are asked for, or only such are listed."""
        filters = self.filters
        if (
            not self.is_readable
            or filters.value("match") == "certain"
            or not (filters.given("from") or filters.given("to"))
        ):
            return None
        return int(np.count_nonzero(self.selection.with_values(match="certain")))

    def count_facets(self) -> list[Facet]:
        return incident_facets(self.selection, self.params())

    @cached_property
    def sentence(self) -> str:
        return sentence(self.filters)


def read_incidents(params: QueryDict) -> IncidentFilters:
    """The parameters of an address, over everything that readers may list."""
    return IncidentFilters(params, PublishedIncident.objects.all())
