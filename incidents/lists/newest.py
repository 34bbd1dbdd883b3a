"""The newest incidents of a kind, and how many there are: what pages of places, actors, facilities and sources list."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import pgettext

from archive.lists.beside import Beside
from archive.read_by_key import ReadByKey
from incidents.lists import tallies
from incidents.lists.at_a_glance import Glance
from incidents.lists.incident_listing import IncidentListing, listing_of
from incidents.presentation.rows import Row

SHOWN = 25


@dataclass(frozen=True)
class Newest(ReadByKey):
    """Incidents of every scope; ``attacks`` is the list of the attacks among them, which numbers begin with."""

    attacks: IncidentListing
    shown: int

    @cached_property
    def all(self) -> IncidentListing:
        filters = self.attacks.filters.with_values(scope="any")
        return self.attacks.like(filters, size=self.shown)

    @property
    def query(self) -> str:
        """The query of the list of all of them."""
        return self.attacks.query(scope="any")

    @property
    def rows(self) -> Sequence[Row]:
        return self.all.rows if self.attacks.is_readable else []

    @property
    def has_more(self) -> bool:
        return self.all.count.number > len(self.rows)

    @cached_property
    def numbers(self) -> list[Beside]:
        """How many attacks, series and totals there are, and reports, each with its list."""
        if not self.attacks.is_readable:
            return []
        return [*tallies.scopes(self.attacks), *tallies.reports(self.attacks)]

    @property
    def reports(self) -> list[Beside]:
        """The reports alone."""
        return [one for one in self.numbers if one.template == tallies.REPORTS]

    @property
    def description(self) -> str:
        """What is listed, and how many: “Attacks in Kafr Nobol: 22 attacks, 1 series of attacks, 4 reports”."""
        numbers = pgettext("list of names", ", ").join(one.words for one in self.numbers)
        return f"{self.attacks.sentence}: {numbers}." if numbers else ""

    @cached_property
    def glance(self) -> Glance:
        return Glance(self.attacks)


def newest(query: str = "", *, shown: int = SHOWN) -> Newest:
    """Return the newest incidents of a list, ``query`` being its parameters; read when they are asked for."""
    return Newest(listing_of(query), shown)
