"""The list of incidents as its page shows it."""

from collections.abc import Iterator
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from archive.lists.beside import FIRST, SHARED, Beside, asked_of, finds_beside_articles
from archive.lists.facets import Facet
from archive.lists.integers import Rows, places_of
from archive.lists.listing import Listing
from archive.lists.place_counts import tells_of_places
from archive.localisation import grouped
from archive.warming import warms
from incidents.lists import known_names, tallies  # noqa: F401 (names are found in queries from now on)
from incidents.lists.filter_sentence import among_several, sentence
from incidents.lists.incident_columns import STORE
from incidents.lists.incident_facets import incident_facets
from incidents.lists.incident_filters import IncidentFilters
from incidents.lists.map.town_map import TownMap
from incidents.lists.snippets import with_snippets
from incidents.lists.timeline import Timeline
from incidents.models import PublishedIncident, PublishedRecord
from incidents.presentation.rows import Row, rows
from incidents.record.opening import opened
from incidents.terms import State


class IncidentListing(Listing):
    """`rows` are in the order of the list; what was withdrawn or merged since is in `closed`."""

    store = STORE
    needed = ("edition", "state", "scope", "code", "version", "title_en", "changed_at")
    together = (("from", "to", "match"), ("actor", "stance"), ("q", "expand"))
    titles = (
        "(SELECT title_en || ' ' || title_ar FROM incidents_publishedincident WHERE state = 'published' "
        "ORDER BY sort_on DESC LIMIT 5000) UNION ALL SELECT name_en || ' ' || name_ar FROM incidents_facilitytype "
        "UNION ALL SELECT name_en || ' ' || name_ar FROM incidents_actor "
        "UNION ALL SELECT name_en || ' ' || name_ar FROM incidents_weapon"
    )
    fieldless = ("facility", "actor", "facility_type", "weapon", "source", "order")
    folded = ("match", "stance", "scope", "killed_min", "injured_min", "updated_since", "expand")

    @cached_property
    def rows(self) -> list[Row]:
        shown = [row for row in self.page.rows if row.state == State.PUBLISHED]
        records = PublishedRecord.objects.order_by().in_bulk([row.pk for row in shown])
        found = rows(opened(records[row.pk].record) for row in shown if row.pk in records)
        return with_snippets(found, [row.edition_id for row in shown], self.filters.query)

    @cached_property
    def beside(self) -> list[Beside]:
        """What else the same question finds: the other scopes, or each where all are listed, and the reports."""
        if not self.is_readable:
            return []
        others = [scope for scope in tallies.SCOPES if scope != self.filters.value("scope")]
        return [*tallies.scopes(self, others), *tallies.reports(self)]

    @property
    def is_of_all_scopes(self) -> bool:
        return bool(self.filters.value("scope") == "any")

    @cached_property
    def closed(self) -> list[PublishedIncident]:
        """Withdrawn and merged incidents of the page; only `updated_since` lists them."""
        return [row for row in self.page.rows if row.state != State.PUBLISHED]

    @cached_property
    def certain_rows(self) -> Rows | None:
        """Which rows certainly are of the dates and the actors asked for; None where none are, or where only such are
        listed."""
        filters = self.filters
        is_asked = self.is_readable and (self.has_dates or filters.asks_for_actors)
        return self.selection.with_values(match="certain") if is_asked and filters.value("match") != "certain" else None

    @property
    def has_dates(self) -> bool:
        return bool(self.filters.given("from") or self.filters.given("to"))

    @cached_property
    def certain(self) -> int | None:
        """How many of the set certainly are of the dates (and the actors) asked for; None where no dates are."""
        return None if self.certain_rows is None or not self.has_dates else len(self.certain_rows)

    @cached_property
    def among_several(self) -> str:
        """“3 of them name it as one of two”, where an actor is asked for and any do."""
        named = self.filters.certainly_ascribed(self.selection.columns) if self.is_readable else None
        if named is None:
            return ""
        only_possible = places_of(self.selection.rows - named)
        most = self.selection.columns.numbers["most_alternatives"][only_possible]
        return among_several(self.filters, len(most), int(most.max(initial=0)))

    @cached_property
    def doubts(self) -> str:
        """What follows the number of the set: “, of which 3 certainly; 2 of them name it as one of two”, or nothing."""
        said = self.certainty
        if self.among_several:
            said += pgettext("between two parts of a sentence", "; ") + self.among_several
        return said

    @property
    def certainty(self) -> str:
        if self.certain is None or not (number := self.count.number):
            return ""
        if self.certain == number:
            return ngettext(", certainly", ", all of them certainly", number)
        if self.certain:
            return _(", of which %(number)s certainly") % {"number": grouped(self.certain)}
        return ngettext(", not certainly", ", none of them certainly", number)

    @cached_property
    def map(self) -> TownMap:
        """The set as a map; only of a list that is readable."""
        return TownMap(self.selection, self.params(), self.certain_rows)

    @cached_property
    def timeline(self) -> Timeline:
        """The set through time; only of a list that is readable."""
        selection, filters = self.selection, self.filters
        ends = filters.value("from"), filters.value("to")
        return Timeline(filters.spans(selection.columns).of(places_of(selection.rows)), self.params(), *ends)

    def count_facets(self) -> list[Facet]:
        return incident_facets(self.selection, self.params())

    @cached_property
    def sentence(self) -> str:
        return sentence(self.filters) if self.is_readable else ""


def listing_of(query: str) -> IncidentListing:
    """The list at an address that the site itself writes."""
    return IncidentListing(read_incidents(QueryDict(query)))


def read_incidents(params: QueryDict) -> IncidentFilters:
    """The parameters of an address, over everything that readers may list."""
    return IncidentFilters(params, PublishedIncident.objects.all())


def beside_reports(listing: Listing) -> Iterator[Beside]:
    """The incidents that the question of a list of reports finds; none where it asks for what only reports have."""
    given = {name for name in listing.filters.base_filters if listing.filters.given(name)} - tallies.NEUTRAL
    if given <= set(SHARED):
        rows = PublishedIncident.objects.all()
        yield from tallies.scopes(IncidentListing(asked_of(IncidentFilters, listing.filters, rows), size=FIRST))


finds_beside_articles(beside_reports)
tells_of_places(STORE, PublishedIncident.objects.published)
warms(lambda: listing_of("").warm())
