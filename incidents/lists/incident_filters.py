"""The filters of incidents: one set for page, CSV, JSON and whatever else lists them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from archive.dates import LONGEST_MARGIN
from archive.lists import cursors, paging
from archive.lists.columns import Columns
from archive.lists.conditions import Condition, HasAny, OnlyInSql
from archive.lists.filters import ORDERS, ListFilters, Parameter
from archive.lists.integers import Rows, places_of, rows_where
from archive.lists.parameter_fields import MomentField, NumberField, OneOfField, SeveralField, TermsField
from archive.lists.public_sources import public_articles
from archive.lists.spans import Spans
from archive.models import Source
from archive.terms import values
from incidents.lists.incident_columns import spans_of
from incidents.models import Actor, Facility, FacilityType, PublishedIncident, Weapon
from incidents.standing_names import moved_actors, standing_keys
from incidents.terms import LISTED, Scope

# Who is certainly named → who is only named as one of several.
POSSIBLY = {"actor_ids": "actor_possible_ids", "actor_disputed_ids": "actor_possible_disputed_ids"}
# Parameter → the column that holds what it names.
NAMED = {
    "town": "place_ids",
    "facility": "facility_ids",
    "facility_type": "facility_type_ids",
    "source": "source_ids",
}
# Incidents with an unknown count come after those with none. The field of the column would refuse the -1.
KILLED = Coalesce(F("killed_low"), Value(-1), output_field=IntegerField())


def public_facilities(public_ids: Sequence[str]) -> dict[str, Facility]:
    """Facilities by id, one that was merged by what it stands for; one that no published incident names is as unknown
    to readers as one that does not exist.
    """
    asked = Facility.objects.filter(public_id__in=public_ids)
    known = dict(asked.values_list("public_id", "pk"))
    stands = standing_keys(Facility, list(known.values()))
    as_array = Func(OuterRef("pk"), template="ARRAY[%(expressions)s]")
    struck = PublishedIncident.objects.published().filter(facility_ids__contains=as_array)
    found = Facility.objects.filter(Exists(struck), pk__in=stands.values()).in_bulk()
    return {public_id: found[stands[pk]] for public_id, pk in known.items() if stands[pk] in found}


def known_sources() -> QuerySet[Source]:
    """Sources that readers may know: of a public article, or of one that a published incident rests on."""
    as_array = Func(OuterRef("pk"), template="ARRAY[%(expressions)s]")
    resting = PublishedIncident.objects.published().filter(source_ids__contains=as_array)
    named = Source.objects.only("slug", "name_en", "name_ar")
    return named.filter(Exists(public_articles()) | Exists(resting))


@dataclass(frozen=True)
class HappenedWithin:
    """Incidents that may have happened between these days, both included; with ``is_certain``, that certainly did."""

    first: date | None
    last: date | None
    is_certain: bool

    @property
    def q(self) -> Q:
        """The conditions on single columns follow from the range; they let an index begin where the dates do."""
        first, last = self.first, self.last
        wanted = DateRange(first, last, "[]")
        if self.is_certain:
            return Q(certain__contained_by=wanted) & (Q(sort_on__gte=first) if first else Q())
        latest = last and last + min(LONGEST_MARGIN, date.max - last)
        return Q(possible__overlap=wanted) & (Q(sort_on__lte=latest) if latest else Q())

    def rows(self, columns: Columns) -> Rows:
        spans = spans_of(columns)
        within = spans.certainly_within if self.is_certain else spans.possibly_within
        return rows_where(within(self.first, self.last))


class IncidentFilters(ListFilters):
    """The parameters of `/incidents/`, over `PublishedIncident`."""

    orders = {
        "newest": paging.Order("newest", F("sort_on"), cursors.read_day, "sort_on"),
        "oldest": paging.Order("oldest", F("sort_on"), cursors.read_day, "sort_on", is_descending=False),
        "killed": paging.Order("killed", KILLED, cursors.read_number, "killed"),
        "updated": paging.Order("updated", F("changed_at"), cursors.read_moment, "changed_at"),
    }

    match = Parameter(
        OneOfField,
        label=gettext_lazy("Dates and actors"),
        choices=[
            ("possible", gettext_lazy("also what is only possible")),
            ("certain", gettext_lazy("only what is certain")),
        ],
    )
    actor = Parameter(
        TermsField,
        label=gettext_lazy("Attributed to"),
        queryset=Actor.objects.all,
        moved=moved_actors,
        unknown=gettext_lazy("No actor is known as “%(value)s”."),
    )
    stance = Parameter(
        OneOfField,
        label=gettext_lazy("Part of that actor"),
        choices=[
            ("asserted", gettext_lazy("said by someone")),
            ("disputed", gettext_lazy("said, and denied or disputed")),
        ],
    )
    facility = Parameter(
        SeveralField,
        label=gettext_lazy("Facility"),
        look_up=public_facilities,
        unknown=gettext_lazy("No facility has the id “%(value)s”."),
    )
    facility_type = Parameter(
        TermsField,
        label=gettext_lazy("Kind of facility"),
        queryset=FacilityType.objects.all,
        unknown=gettext_lazy("No kind of facility is known as “%(value)s”."),
    )
    weapon = Parameter(
        TermsField,
        label=gettext_lazy("Weapon"),
        queryset=Weapon.objects.all,
        unknown=gettext_lazy("No weapon is known as “%(value)s”."),
    )
    source = Parameter(
        TermsField,
        label=gettext_lazy("Source"),
        queryset=known_sources,
        unknown=gettext_lazy("No source is known as “%(value)s”."),
    )
    scope = Parameter(
        OneOfField,
        label=gettext_lazy("What is listed"),
        choices=[
            (Scope.ATTACK.value, gettext_lazy("single attacks")),
            (Scope.SERIES.value, gettext_lazy("series of attacks")),
            (Scope.TALLY.value, gettext_lazy("totals of a period")),
            ("any", gettext_lazy("all of these")),
        ],
    )
    killed_min = Parameter(NumberField, label=gettext_lazy("Killed, at least"))
    injured_min = Parameter(NumberField, label=gettext_lazy("Injured, at least"))
    updated_since = Parameter(MomentField, label=gettext_lazy("Published or changed since"))
    order = Parameter(
        OneOfField,
        label=gettext_lazy("Order"),
        choices=[
            *ORDERS,
            ("killed", gettext_lazy("most killed first")),
            ("updated", gettext_lazy("last published first")),
        ],
    )

    @cached_property
    def plain(self) -> QueryDict:
        """The parameters of the list alone, whatever a picture of it is asked besides."""
        params = QueryDict(mutable=True)
        for name in IncidentFilters.base_filters:
            if name not in IncidentFilters.presentation and (values := self.given(name)):
                params.setlist(name, values)
        return params

    @property
    def visible(self) -> QuerySet:
        """Published incidents; for who keeps a copy also those that were withdrawn or merged since."""
        since, rows = self.value("updated_since"), PublishedIncident.objects
        return rows.changed_since(since) if since else rows.published()

    def asked(self) -> Iterator[tuple[str, Condition]]:
        if (scope := self.value("scope")) in values(Scope):
            yield "scope", OnlyInSql(Q(scope=scope))
        for name in ("town", "facility", "facility_type", "source"):
            if chosen := self.value(name):
                yield name, HasAny.of(NAMED[name], [row.pk for row in chosen])
        if self.value("weapon"):
            yield "weapon", HasAny.of("weapon_ids", self.weapon_ids)
        if self.asks_for_actors:
            yield "actor", self.by_actor
        for count in LISTED:
            if (at_least := self.value(f"{count}_min")) is not None:
                yield f"{count}_min", OnlyInSql(Q(**{f"{count}_low__gte": at_least}))
        first, last = self.value("from"), self.value("to")
        if first or last:
            yield "dates", HappenedWithin(first, last, is_certain=self.value("match") == "certain")

    @property
    def asks_for_actors(self) -> bool:
        """Whether it is asked who did it, so that certain and possible may differ."""
        return bool(self.value("actor")) or self.value("stance") == "disputed"

    def actor_columns(self) -> tuple[str, ...]:
        """The columns that may hold an actor asked for: that of who certainly is named, and of who is one of several.

        No row has an actor in both.
        """
        certain = "actor_disputed_ids" if self.value("stance") == "disputed" else "actor_ids"
        return (certain,) if self.value("match") == "certain" else (certain, POSSIBLY[certain])

    @property
    def by_actor(self) -> Condition:
        """Rows that someone ascribes to one of the actors, or that someone denies or disputes, whoever is named."""
        ids = tuple(actor.pk for actor in self.value("actor") or [])
        return HasAny(self.actor_columns(), ids or None)

    def certainly_ascribed(self, columns: Columns) -> Rows | None:
        """Which rows certainly name an actor asked for; None where none is, or where only such are listed."""
        if not self.asks_for_actors or self.value("match") == "certain":
            return None
        return self.meeting(self.with_values(match="certain").by_actor, columns)

    def spans(self, columns: Columns) -> Spans:
        """When each row may have happened, and certainly did: of no days where an actor asked for is only possible.

        So what a year or a month certainly has is what `match=certain` lists of it.
        """
        named = self.certainly_ascribed(columns)
        return spans_of(columns) if named is None else spans_of(columns).certain_only_at(places_of(named))

    @property
    def weapon_ids(self) -> list[int]:
        """The weapons asked for, with their kinds."""
        chosen = [weapon.pk for weapon in self.value("weapon") or []]
        return [*chosen, *(pk for above in chosen for pk in self.kinds_of_weapons.get(above, ()))]

    @cached_property
    def kinds_of_weapons(self) -> dict[int, list[int]]:
        """Weapon → its kinds; of all, so that copies of these filters need not ask again."""
        found: dict[int, list[int]] = {}
        for pk, above in Weapon.objects.order_by().exclude(parent=None).values_list("pk", "parent_id"):
            found.setdefault(above, []).append(pk)
        return found
