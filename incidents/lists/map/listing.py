"""The list of incidents as the page of the map shows it: its filters, and how it is drawn."""

from collections.abc import Iterator
from functools import cached_property

from django import forms

from archive.lists.facets import Links
from archive.localisation import grouped
from archive.names.place_words import COMMUNITY, GOVERNORATE
from archive.terms import Level
from incidents.lists.incident_listing import IncidentListing
from incidents.lists.map import wording
from incidents.lists.map.filters import DRAWING, MapFilters, without

MOST_CLOSER = 14


class MapListing(IncidentListing):
    """`map` is what is drawn; only of a list that is readable."""

    filters: MapFilters

    @property
    def title(self) -> str:
        return wording.title(self.filters)

    @property
    def social_title(self) -> str:
        return self.title if self.is_readable else ""

    @property
    def unordered_query(self) -> str:
        """The query of the same set as a list, chart or timeline."""
        return without(self.params(), "order", *DRAWING).urlencode()

    @property
    def drawing_fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in DRAWING]

    @property
    def splits(self) -> Iterator[tuple[str, str, bool]]:
        """What marks can be split by: in words, query of the map, whether they are."""
        links = Links(self.params(), "split")
        for value, words in MapFilters.base_filters["split"].field.choices:
            if value:
                is_on = value == (self.map.split or "nothing")
                yield str(words), links.with_values([] if value == "nothing" else [value]), is_on

    @cached_property
    def closer(self) -> list[tuple[str, str, str]]:
        """The units of the next level in which there is something: name, how many, query of their map."""
        return list(self.ways_closer())

    def ways_closer(self) -> Iterator[tuple[str, str, str]]:
        units, found = self.map.units, self.map
        asked = [units.labels[pk] for pk in units.asked if pk in units.labels]
        if len(asked) > 1 or (asked and asked[0].level >= Level.DISTRICT):
            return
        level = asked[0].level + 1 if asked and asked[0].level >= GOVERNORATE else GOVERNORATE
        for label, count in units.at_level(level)[:MOST_CLOSER]:
            yield label.name, grouped(count), found.closer_links.with_values([label.key])

    @property
    def further_out(self) -> Iterator[tuple[str, str]]:
        """What lies around the one area that is asked for, the nearest first, and all: name, query of its map."""
        units, links = self.map.units, self.map.closer_links
        if not units.asked:
            return
        above = [units.labels[pk] for one in units.asked if one in units.labels for pk in units.labels[one].above]
        if len(units.asked) == 1:
            for label in reversed(
                [one for one in above if GOVERNORATE <= one.level < COMMUNITY and one.level != Level.SUBDISTRICT]
            ):
                yield label.name, links.with_values([label.key])
        yield "", links.with_values([])
