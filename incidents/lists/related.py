"""Incidents that are related to one: linked by editors, of one facility, town or day, each with the reason in words.

Those that nobody linked are found among what lists show, over the same columns: so nothing is related by what readers
may not see, and each reason leads to a list of all that share it (docs/adr/0053-related-incidents.md, for links 0063).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from archive.lists.columns import Columns
from archive.lists.filter_words import in_words
from archive.lists.integers import NO_ROWS, Rows, places_of
from archive.lists.labels import PLACES
from archive.localisation import isolated, localised
from archive.read_by_key import ReadByKey
from archive.terms import Level
from incidents.lists.incident_columns import spans_of
from incidents.lists.incident_listing import listing_of
from incidents.lists.related_days import OwnDays
from incidents.lists.tallies import Tally, tally_of
from incidents.models import Facility, PublishedIncident, PublishedRecord
from incidents.presentation.links import LinkedIncident, linked_incidents
from incidents.presentation.rows import Row, row
from incidents.record.links import LinkRecord
from incidents.record.opening import opened

SHOWN = 5  # incidents a reason
MOST_LISTS = 5  # links to lists a reason
HEADINGS: Mapping[str, Promise] = {
    "facility": _("The same facility"),
    "town": _("The same town, nearest in time"),
    "day": _("The same day, nearest in place"),
}
REASONS: Mapping[str, Promise] = {"facility": _("also hit %(name)s"), "town": _("also in %(name)s")}


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that incidents have in common: its name, who shares it, and the list of them, itself among them."""

    kind: str
    name: str
    rows: Rows
    query: str

    @property
    def tally(self) -> Tally:
        return tally_of(len(self.rows), self.query, "")


@dataclass(frozen=True, slots=True)
class RelatedRow(ReadByKey):
    """A related incident, and why it is one."""

    row: Row
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Group(ReadByKey):
    """Those that one kind of reason finds, nearest first, and the lists of all."""

    kind: str
    heading: str
    rows: Sequence[RelatedRow]
    lists: Sequence[tuple[str, Tally]]


@dataclass(frozen=True, slots=True)
class LinkedRow(ReadByKey):
    """An incident that editors linked, and what it shares besides."""

    incident: LinkedIncident
    reasons: Sequence[str]


class Related(ReadByKey):
    """What is related to a published incident; one that is related in several ways stands under the first.

    ``links`` are those that editors made, as readers may see them.
    """

    def __init__(self, incident: PublishedIncident, links: Sequence[LinkRecord] = ()) -> None:
        self.incident = incident
        self.links = links
        self.listing = listing_of("scope=any")

    @property
    def columns(self) -> Columns:
        return self.listing.selection.columns

    @cached_property
    def own(self) -> int | None:
        """Where it stands among the rows; None where lists do not have it yet."""
        places, is_known = self.columns.places(np.array([self.incident.pk]))
        return int(places[0]) if is_known[0] and int(places[0]) in self.listing.selection.rows else None

    @cached_property
    def shared(self) -> list[Shared]:
        """All that others share, the most telling first."""
        if self.own is None:
            return []
        found = [*self.facilities(), *self.towns(), *self.shared_days()]
        return [one for one in found if len(one.rows) > 1]

    def having(self, column: str, pk: int) -> Rows:
        return self.columns.dimensions[column].rows.get(pk, NO_ROWS) & self.listing.selection.rows

    def facilities(self) -> Iterator[Shared]:
        for one in Facility.objects.filter(pk__in=self.incident.facility_ids).order_by("pk"):
            name = localised(one.name_en, one.name_ar)
            yield Shared("facility", name, self.having("facility_ids", one.pk), query(facility=one.public_id))

    def towns(self) -> Iterator[Shared]:
        labels = PLACES.of(self.incident.place_ids)
        towns = [labels[pk] for pk in self.incident.place_ids if pk in labels]
        for town in towns:
            if town.level == Level.COMMUNITY:
                yield Shared("town", town.name, self.having("place_ids", town.pk), query(town=town.key))

    def shared_days(self) -> Iterator[Shared]:
        """Its day with what certainly happened on it, then its days with what may have happened on one of them."""
        listed, before = self.listing.selection.rows, NO_ROWS
        for one in self.days.shared() if self.days else ():
            if (rows := one.rows & listed) == before:
                continue  # whatever may have been then certainly was
            asked = {"from": one.first.isoformat(), "to": one.last.isoformat(), "match": one.match}
            name = in_words(one.first, one.last)
            if one.match == "possible":
                name = pgettext("related incidents", "possibly %(days)s") % {"days": name}
            yield Shared("day", name, rows, query(**asked))
            before = rows

    @cached_property
    def spans(self) -> Any:
        return spans_of(self.columns)

    @cached_property
    def days(self) -> OwnDays | None:
        return OwnDays(self.spans, self.own) if self.own is not None else None

    @cached_property
    def linked(self) -> list[LinkedRow]:
        """What editors linked, in the order of what it is to this one; two queries where they linked any."""
        return [
            LinkedRow(one, list(self.reasons(place)) if (place := self.linked_places.get(one.code)) is not None else [])
            for one in linked_incidents(self.links)
        ]

    @cached_property
    def linked_places(self) -> dict[str, int]:
        """Where those that lists show stand among the rows, by code."""
        codes = {one["code"] for one in self.links}
        if not codes or self.own is None:
            return {}
        found = dict(PublishedIncident.objects.published().filter(code__in=codes).values_list("pk", "code"))
        places, are_known = self.columns.places(np.array(list(found), dtype=np.int64))
        ends = zip(found.values(), places, are_known, strict=True)
        return {code: int(place) for code, place, is_known in ends if is_known}

    @cached_property
    def groups(self) -> list[Group]:
        """The groups that have any; three queries at most, whatever is found."""
        chosen, taken = dict[str, list[int]](), {self.own, *self.linked_places.values()}
        for kind in HEADINGS:
            rows = Rows.union(NO_ROWS, *(one.rows for one in self.shared if one.kind == kind))
            nearest = [place for place in self.ordered(kind, rows) if place not in taken][:SHOWN]
            taken |= set(nearest)
            chosen[kind] = nearest
        shown = self.rows_of(place for places in chosen.values() for place in places)
        return [
            Group(
                kind, self.heading(kind, places), [shown[place] for place in places if place in shown], self.lists(kind)
            )
            for kind, places in chosen.items()
            if any(place in shown for place in places)
        ]

    def heading(self, kind: str, places: Sequence[int]) -> str:
        if kind == "day" and self.days is not None and self.days.are_possible(np.array(places, dtype=np.int64)).any():
            return gettext("The same day, or possibly the same, nearest in place")
        return str(HEADINGS[kind])

    def ordered(self, kind: str, rows: Rows) -> list[int]:
        """Places of rows: what happened on one day by nearness in space, everything else by nearness in time.

        Of days the certain come first, and those that may have been on few days before those on many.
        """
        places = places_of(rows)
        if kind == "day" and self.days is not None:
            places = places[self.days.are_near()[places]]
            keys = [self.days.lengths()[places], -self.nearness(places), self.days.are_possible(places)]
        else:
            keys = [np.abs(self.middle(places) - self.middle(self.own))]
        order = np.lexsort((-self.columns.ids[places], *keys))
        return [int(place) for place in places[order[: SHOWN * 4 + len(HEADINGS)]]]

    def middle(self, at: Any) -> Any:
        """The middle of the days on which something may have happened; without a beginning or an end, far away."""
        return (self.spans.lower[at].astype(np.int64) + self.spans.upper[at].astype(np.int64)) / 2

    def nearness(self, places: Any) -> Any:
        """How many units of places each shares."""
        found = np.zeros(len(places), dtype=np.int64)
        for pk in self.incident.place_ids:
            found += np.isin(places, places_of(self.columns.dimensions["place_ids"].rows.get(pk, NO_ROWS)))
        return found

    def rows_of(self, places: Iterable[int]) -> Mapping[int, RelatedRow]:
        keys = {int(self.columns.ids[place]): place for place in places}
        records = PublishedRecord.objects.order_by().in_bulk(list(keys)) if keys else {}
        return {
            keys[pk]: RelatedRow(row(opened(one.record)), list(self.reasons(keys[pk]))) for pk, one in records.items()
        }

    def reasons(self, place: int) -> Iterator[str]:
        """All that it shares, in words."""
        for one in self.shared:
            if place in one.rows and one.kind != "day":
                yield str(REASONS[one.kind]) % {"name": isolated(one.name)}
        if self.days and (said := self.days.apart(place)):
            yield said

    def lists(self, kind: str) -> list[tuple[str, Tally]]:
        """The names of what is shared with the lists of all that share it, the longest first; of days the certain."""
        found = [one for one in self.shared if one.kind == kind]
        if kind != "day":
            found.sort(key=lambda one: -len(one.rows))
        return [(one.name, one.tally) for one in found[:MOST_LISTS]]


def query(**params: str) -> str:
    """The query of a list of every scope."""
    return urlencode({**params, "scope": "any"})
