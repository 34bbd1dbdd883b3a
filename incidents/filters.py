"""The filters of incidents: one set for page, CSV, JSON and whatever else lists them."""

from collections.abc import Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive import paging
from archive.filters import ListFilters, Parameter, public_sources
from archive.forms import MomentField, NumberField, OneOfField, SeveralField, TermsField
from incidents.models import Actor, Facility, FacilityType, Incident, PublishedIncident, Weapon

# Incidents with an unknown count come after those with none. The field of the column would refuse the -1.
KILLED = Coalesce(F("killed_low"), Value(-1), output_field=IntegerField())


def public_facilities(public_ids: Sequence[str]) -> dict[str, Facility]:
    """Facilities by id; one that no published incident names is as unknown to readers as one that does not exist."""
    as_array = Func(OuterRef("pk"), template="ARRAY[%(expressions)s]")
    struck = PublishedIncident.objects.published().filter(facility_ids__contains=as_array)
    found = Facility.objects.filter(Exists(struck), public_id__in=public_ids)
    return {facility.public_id: facility for facility in found}


class IncidentFilters(ListFilters):
    """The parameters of `/incidents/`, over `PublishedIncident`."""

    orders = {
        "newest": paging.Order("newest", F("sort_on"), paging.read_day),
        "oldest": paging.Order("oldest", F("sort_on"), paging.read_day, is_descending=False),
        "killed": paging.Order("killed", KILLED, paging.read_number),
        "updated": paging.Order("updated", F("changed_at"), paging.read_moment),
    }

    match = Parameter(
        OneOfField,
        label=pgettext_lazy("date", "Match"),
        choices=[
            ("possible", gettext_lazy("may have happened then")),
            ("certain", gettext_lazy("certainly happened then")),
        ],
    )
    actor = Parameter(
        TermsField,
        label=gettext_lazy("Said to have done it"),
        queryset=Actor.objects.all,
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
        queryset=public_sources,
        unknown=gettext_lazy("No source is known as “%(value)s”."),
    )
    scope = Parameter(
        OneOfField,
        label=gettext_lazy("What is listed"),
        choices=[
            ("attack", gettext_lazy("single attacks")),
            ("series", gettext_lazy("series of attacks")),
            ("tally", gettext_lazy("totals of a period")),
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
            ("newest", gettext_lazy("newest first")),
            ("oldest", gettext_lazy("oldest first")),
            ("relevance", gettext_lazy("best match first")),
            ("killed", gettext_lazy("most killed first")),
            ("updated", gettext_lazy("last published first")),
        ],
    )

    def select(self, queryset: QuerySet) -> QuerySet:
        since = self.value("updated_since")
        rows = queryset.changed_since(since) if since else queryset.published()  # type: ignore[attr-defined]
        if (scope := self.value("scope")) in Incident.Scope.values:
            rows = rows.filter(scope=scope)
        for column, ids in self.ids().items():
            if ids:
                rows = rows.filter(**{f"{column}__overlap": ids})
        if self.value("stance") == "disputed" and not self.value("actor"):
            rows = rows.exclude(actor_disputed_ids=[])
        for count in ("killed", "injured"):
            if (at_least := self.value(f"{count}_min")) is not None:
                rows = rows.filter(**{f"{count}_low__gte": at_least})
        return self.within_dates(rows, self.value("match"))

    def ids(self) -> dict[str, list[int]]:
        """Column of PublishedIncident → the ids of which it must hold one."""
        weapons = self.value("weapon") or []
        chosen = {weapon.pk for weapon in weapons}
        kinds = list(Weapon.objects.filter(parent__in=chosen)) if chosen else []
        actors = "actor_disputed_ids" if self.value("stance") == "disputed" else "actor_ids"
        named = {
            "place_ids": self.value("town"),
            actors: self.value("actor"),
            "facility_ids": self.value("facility"),
            "facility_type_ids": self.value("facility_type"),
            "weapon_ids": [*weapons, *kinds],
            "source_ids": self.value("source"),
        }
        return {column: [row.pk for row in rows or []] for column, rows in named.items()}

    def sorted_between(self) -> tuple[date | None, date | None]:
        first, last = super().sorted_between()
        return (first if self.value("match") == "certain" else None), last

    def within_dates(self, rows: QuerySet, match: str | None) -> QuerySet:
        """Rows that may have happened (`possible`) or did happen (`certain`) between `from` and `to`, both included.

        The conditions on single columns follow from the range; they let an index begin where the dates do.
        """
        first, last = self.value("from"), self.value("to")
        if not (first or last):
            return rows
        wanted = DateRange(first, last, "[]")
        if match == "certain":
            rows = rows.filter(occurred__contained_by=wanted)
            return rows.filter(sort_on__gte=first) if first else rows
        rows = rows.filter(occurred__overlap=wanted)
        return rows.filter(sort_on__lte=last) if last else rows
