"""What a page of a place, facility, actor or source says at a glance: people hit, attacks through time, who reports.

All of it is of the single attacks of one list. People are added up of those attacks alone that certainly belong to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.http import QueryDict
from django.utils.translation import ngettext

from archive.lists.histogram import Placed
from archive.lists.integers import Rows, places_of
from archive.lists.selection import Selection
from archive.localisation import grouped
from archive.models import Source
from archive.read_by_key import ReadByKey
from incidents.lists.chart import counting, wording
from incidents.lists.chart.counting import Figure
from incidents.lists.chart.filters import read_chart
from incidents.lists.chart.listing import ChartListing
from incidents.lists.incident_listing import IncidentListing
from incidents.lists.tallies import Tally, tally_of

MOST_SOURCES = 8
FEWEST_DRAWN = 2  # attacks


@dataclass(frozen=True)
class Glance(ReadByKey):
    """Read when it is asked for."""

    attacks: IncidentListing

    @cached_property
    def certain(self) -> Rows:
        """The attacks that certainly belong here: not those that name an actor as one of several."""
        sure = self.attacks.certain_rows
        return self.attacks.selection.rows if sure is None else sure & self.attacks.selection.rows

    @property
    def has_attacks(self) -> bool:
        return self.attacks.is_readable and self.attacks.selection.count > 0

    @property
    def killed(self) -> str:
        return self.people("killed")

    @property
    def injured(self) -> str:
        return self.people("injured")

    def people(self, column: str) -> str:
        """“12–15 · 3 incidents without a number”; nothing where no attack is certain."""
        return wording.figures(self.figure(column), column) if self.certain else ""

    def figure(self, column: str) -> Figure:
        """All of them in one bar: the dates do not matter here."""
        places, numbers = places_of(self.certain), self.attacks.selection.columns.numbers
        together = Placed.in_all(np.ones(len(places), dtype=bool))
        (figure,) = counting.of_people(together, numbers[column][places], numbers[f"{column}_high"][places])
        return figure

    @cached_property
    def left_out(self) -> str:
        """How many attacks are not among those whose people are added up."""
        number = self.attacks.selection.count - len(self.certain)
        words = ngettext(
            "%(number)s attack that may be another’s is not counted",
            "%(number)s attacks that may be another’s are not counted",
            number,
        )
        return words % {"number": grouped(number)} if number else ""

    @cached_property
    def drawing(self) -> ChartListing | None:
        """The attacks through time, over the same state of the table; nothing where there are too few for a picture.

        Nothing is looked up again.
        """
        if not self.has_attacks or self.attacks.selection.count < FEWEST_DRAWN:
            return None
        asked, filters = read_chart(QueryDict(self.attacks.query())), self.attacks.filters
        values = {name: asked.default(name) for name in asked.base_filters}
        values |= {name: filters.value(name) for name in filters.base_filters}
        listing = ChartListing(asked.read_as(values, query=filters.query))
        listing.__dict__["selection"] = Selection(listing.filters, listing.store, self.attacks.selection.columns)
        return listing if listing.is_readable and listing.chart.panels else None

    @cached_property
    def sources(self) -> Sequence[tuple[Source, Tally]]:
        """Who reports these attacks, the most attacks first: one query."""
        if not self.has_attacks:
            return []
        selection = self.attacks.selection
        counts = selection.columns.dimensions["source_ids"].counts(selection.rows)
        most = sorted(counts, key=lambda pk: (-counts[pk], pk))[:MOST_SOURCES]
        known = Source.objects.in_bulk(most)
        return [
            (known[pk], tally_of(counts[pk], self.attacks.query(source=known[pk].slug))) for pk in most if pk in known
        ]

    @property
    def further_sources(self) -> int:
        selection = self.attacks.selection
        return max(0, len(selection.columns.dimensions["source_ids"].counts(selection.rows)) - MOST_SOURCES)
