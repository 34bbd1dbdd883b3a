"""What each of the pages on which to start lists: towns, facilities, actors, sources."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.gazetteer.begun import begun
from archive.lists.public_sources import public_sources
from archive.lists.suggestions import alike
from archive.localisation import by_label, by_name, grouped
from archive.models import Place, Source
from archive.terms import Level
from incidents.lists.starting_points import Entry, StartingPoints, StartRow, entries_of
from incidents.lists.tallies import Tallies, Tally, counted_reports
from incidents.models import Actor, Facility
from incidents.terms import Scope

CERTAINLY, POSSIBLY = "actor_ids", "actor_possible_ids"
NAMED = (CERTAINLY, POSSIBLY)  # alone, or as one of several
ABOVE = (Level.GOVERNORATE, Level.DISTRICT)  # that are said of a place


class Towns(StartingPoints):
    """Towns and quarters that incidents or reports tell of; a search finds any place, in any spelling."""

    columns = reported = "place_ids"
    parameter = "town"

    def counted(self) -> str:
        words = ngettext("%(number)s place", "%(number)s places", self.number)
        return words % {"number": grouped(self.number)}

    def by_name(self) -> Iterator[Entry]:
        told = self.tallies.found | set(self.reports)
        places = Place.objects.filter(pk__in=told, level__gte=Level.COMMUNITY)
        return entries_of(self.searched() if self.filters.name else places.order_by(by_label(), "pk"))

    def searched(self) -> QuerySet[Place]:
        """The places with a spelling that begins with what was typed or holds it, else those whose names are like it.

        As the boxes of lists offer them.
        """
        found = [one.place_id for one in begun(self.filters.name)]
        found = found or [place.pk for place in alike(self.filters.name)]
        return Place.objects.filter(pk__in=found).order_by(by_label(), "pk")

    @cached_property
    def named(self) -> list[int]:
        return [entry.pk for entry in self.entries]

    def rows_of(self, keys: Sequence[int]) -> Mapping[int, Place]:
        return Place.objects.in_bulk(keys)

    @cached_property
    def above(self) -> dict[int, Place]:
        """The governorates and districts of the places of the page."""
        pks = {pk for place in self.found.values() for pk in place.ancestors}
        return {pk: place for pk, place in Place.objects.in_bulk(pks).items() if place.level in ABOVE}

    def line(self, one: Place) -> StartRow:
        number = self.reports.get(one.pk, 0)
        above = [self.above[pk] for pk in reversed(one.ancestors) if pk in self.above]
        return StartRow(
            one,
            self.tallies.of(one.pk, one.pcode),
            reports=counted_reports("town", one.pcode, number) if number else None,
            within=list({place.name: place for place in above}.values()),
        )


class Facilities(StartingPoints):
    """Facilities that a published incident names; of one that is generalised only the district is told."""

    columns = "facility_ids"
    parameter = "facility"

    def counted(self) -> str:
        words = ngettext("%(number)s facility", "%(number)s facilities", self.number)
        return words % {"number": grouped(self.number)}

    def by_name(self) -> Iterator[Entry]:
        known = Facility.objects.unmerged().filter(pk__in=self.tallies.found)
        return entries_of(known.order_by(by_name(), "pk"), "name_en", "name_ar", "aliases")

    def rows_of(self, keys: Sequence[int]) -> Mapping[int, Facility]:
        return Facility.objects.select_related("facility_type", "place", "general_place").in_bulk(keys)

    def line(self, one: Facility) -> StartRow:
        return StartRow(one, self.tallies.of(one.pk, one.public_id), within=[one.public_place])


class Actors(StartingPoints):
    """Every actor of the vocabulary; incidents of a part are those of the whole, too."""

    columns = NAMED
    parameter = "actor"

    def counted(self) -> str:
        words = ngettext("%(number)s actor", "%(number)s actors", self.number)
        return words % {"number": grouped(self.number)}

    def by_name(self) -> Iterator[Entry]:
        return entries_of(Actor.objects.order_by(by_name(), "pk"), "name_en", "name_ar", "aliases")

    def rows_of(self, keys: Sequence[int]) -> Mapping[int, Actor]:
        return Actor.objects.select_related("parent").in_bulk(keys)

    @cached_property
    def certain(self) -> Tallies:
        """Those that are ascribed to it alone."""
        return Tallies(self.incidents, CERTAINLY, self.parameter)

    def line(self, one: Actor) -> StartRow:
        every, sure = (each.counts[Scope.ATTACK].get(one.pk, 0) for each in (self.tallies, self.certain))
        href = f"{reverse('incidents')}?actor={one.slug}&match=certain"
        words = _("%(certain)s certain") % {"certain": grouped(sure)}
        return StartRow(
            one,
            self.tallies.of(one.pk, one.slug),
            certain=Tally(sure, words, href) if sure != every else None,
            within=[one.parent] if one.parent else [],
        )


class Sources(StartingPoints):
    """Sources of which readers may see a report."""

    columns = "source_ids"
    reported = "source_id"
    parameter = "source"

    def weight(self, pk: int) -> tuple[int, int, int]:
        """Reports first: every source has some."""
        attacks, others, reports = super().weight(pk)
        return reports, attacks, others

    def counted(self) -> str:
        words = ngettext("%(number)s source", "%(number)s sources", self.number)
        return words % {"number": grouped(self.number)}

    def by_name(self) -> Iterator[Entry]:
        return entries_of(public_sources().defer(None).order_by(by_name(), "pk"), "name_en", "name_ar")

    def rows_of(self, keys: Sequence[int]) -> Mapping[int, Source]:
        return Source.objects.in_bulk(keys)

    def line(self, one: Source) -> StartRow:
        number = self.reports.get(one.pk, 0)
        return StartRow(one, self.tallies.of(one.pk, one.slug), reports=counted_reports("source", one.slug, number))
