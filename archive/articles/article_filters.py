"""The filters of the list of articles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy

from archive.lists import cursors, paging
from archive.lists.columns import Columns
from archive.lists.conditions import Condition, HasAny, OnlyInSql
from archive.lists.filters import ORDERS, ListFilters, Parameter
from archive.lists.integers import Rows, rows_where
from archive.lists.parameter_fields import LanguageField, OneOfField, TermsField
from archive.lists.public_sources import public_sources
from archive.lists.spans import NEVER, Spans
from archive.models import ArticleRow


@dataclass(frozen=True)
class PublishedWithin:
    """Articles of known date that were published between these days, both included."""

    first: date | None
    last: date | None

    @property
    def q(self) -> Q:
        known = Q(published_on__gte=self.first, sort_on__gte=self.first) if self.first else Q()
        return known & (Q(published_on__lte=self.last, sort_on__lte=self.last) if self.last else Q())

    def rows(self, columns: Columns) -> Rows:
        published = columns.numbers["published"]
        within = Spans.days(published).possibly_within(self.first, self.last)
        return rows_where(within & (published > NEVER))


class ArticleFilters(ListFilters):
    """The parameters of `/articles/`, over `ArticleRow`."""

    orders = {
        "newest": paging.Order("newest", F("sort_on"), cursors.read_day, "sort_on"),
        "oldest": paging.Order("oldest", F("sort_on"), cursors.read_day, "sort_on", is_descending=False),
    }

    source = Parameter(
        TermsField,
        label=gettext_lazy("Source"),
        queryset=public_sources,
        unknown=gettext_lazy("No source is known as “%(value)s”."),
    )
    language = Parameter(LanguageField, label=gettext_lazy("Language"))
    order = Parameter(OneOfField, label=gettext_lazy("Order"), choices=ORDERS)

    @property
    def visible(self) -> QuerySet:
        return ArticleRow.objects.published()

    def asked(self) -> Iterator[tuple[str, Condition]]:
        first, last = self.value("from"), self.value("to")
        if first or last:
            yield "dates", PublishedWithin(first, last)
        if towns := self.value("town"):
            yield "town", HasAny.of("place_ids", [place.pk for place in towns])
        if sources := self.value("source"):
            yield "source", HasAny.of("source_id", [source.pk for source in sources], is_key=True)
        if language := self.value("language"):
            yield "language", OnlyInSql(Q(language=language))
