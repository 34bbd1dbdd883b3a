"""The filters of the list of articles."""

from collections.abc import Iterator

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy

from archive.lists import cursors, paging
from archive.lists.columns import Columns
from archive.lists.filters import ORDERS, ListFilters, Parameter
from archive.lists.integers import Rows, rows_where
from archive.lists.parameter_fields import LanguageField, OneOfField, TermsField
from archive.lists.public_sources import public_sources
from archive.lists.spans import NEVER, day_number
from archive.models import ArticleRow


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

    def asked(self) -> Iterator[tuple[str, Q]]:
        first, last = self.value("from"), self.value("to")
        if first or last:
            known = Q(published_on__gte=first, sort_on__gte=first) if first else Q()
            yield "dates", known & (Q(published_on__lte=last, sort_on__lte=last) if last else Q())
        if towns := self.value("town"):
            yield "town", Q(place_ids__overlap=[place.pk for place in towns])
        if sources := self.value("source"):
            yield "source", Q(source_id__in=[source.pk for source in sources])
        if language := self.value("language"):
            yield "language", Q(language=language)

    def within(self, columns: Columns, name: str) -> Rows | None:
        if name == "dates":
            first, last = self.value("from"), self.value("to")
            published = columns.numbers["published"]
            found = published > NEVER
            found = found & (published >= day_number(first)) if first else found
            return rows_where(found & (published <= day_number(last)) if last else found)
        if name in ("town", "source"):
            dimension = columns.dimensions["place_ids" if name == "town" else "source"]
            return dimension.having([row.pk for row in self.value(name)])
        return None
