"""How many attacks, series and totals: the one way in which every page counts incidents.

A number is always the length of a list, and stands with the scope of that list. Totals of a period are never added to
attacks: they may count the same ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import ngettext

from archive.articles.article_filters import ArticleFilters
from archive.articles.article_listing import ArticleListing
from archive.lists.beside import FIRST, SHARED, Beside, asked_of
from archive.lists.filter_words import counted_articles
from archive.lists.listing import Listing
from archive.localisation import grouped
from archive.models import ArticleRow
from incidents.lists.filter_sentence import counted
from incidents.terms import Scope

SCOPES = list(Scope)
#: Parameters that say how a list is asked, not for what.
NEUTRAL = {"scope", "match", "stance", "order", "after", "expand"}
ROWS = "components/incident_rows.html"
REPORTS = "archive/parts/article_rows.html"


@dataclass(frozen=True, slots=True)
class Tally:
    """A number in words, and the address of the list that is as long."""

    number: int
    words: str
    href: str


def scopes(listing: Listing, wanted: Iterable[str] = SCOPES) -> Iterator[Beside]:
    """The same list in other scopes, those that have anything."""
    for scope in wanted:
        other = listing.like(listing.filters.with_values(scope=scope, after="", order="newest"), size=FIRST)
        if number := other.count.number:
            query = listing.query(scope="" if scope == Scope.ATTACK else scope)
            yield Beside(other, counted(scope, number), "incidents", query, ROWS)


def reports(listing: Listing) -> Iterator[Beside]:
    """The reports that the words, places, sources and days of a list find; none where it asks only for other things."""
    filters = listing.filters
    given = {name for name in filters.base_filters if filters.given(name)} - NEUTRAL
    if given and given.isdisjoint(SHARED):
        return
    asked = asked_of(ArticleFilters, filters, ArticleRow.objects.all())
    found = ArticleListing(asked, size=FIRST)
    if number := found.count.number:
        yield Beside(found, counted_articles(asked, number), "articles", found.query(), REPORTS)


def counted_reports(parameter: str, key: str, number: int) -> Tally:
    """The reports of a source, or those that mention a place: what a parameter of their list selects."""
    words = ngettext("%(number)s report", "%(number)s reports", number) % {"number": grouped(number)}
    return Tally(number, words, f"{reverse('articles')}?{parameter}={key}")


class Tallies:
    """The rows of a list by the values of a column, scope by scope; each number has its list.

    ``parameter`` is that of the column in addresses; with ``wanted`` only these values are counted.
    """

    def __init__(
        self, listing: Listing, columns: str | Sequence[str], parameter: str, wanted: Iterable[int] | None = None
    ) -> None:
        """``columns``: of several, no row has a value in more than one."""
        self.parameter = parameter
        self.listing = listing
        known = listing.selection.columns.dimensions
        dimensions = [known[name] for name in ([columns] if isinstance(columns, str) else columns)]
        ids = None if wanted is None else list(wanted)
        self.counts: dict[str, Mapping[int, int]] = {}
        for scope in SCOPES:
            rows = listing.selection.with_values(scope=scope)
            found = [one.counts(rows) if ids is None else one.counts_of(rows, ids) for one in dimensions]
            self.counts[scope] = found[0] if len(found) == 1 else sum(map(Counter, found), Counter())

    @property
    def found(self) -> set[int]:
        """The values that have anything."""
        return set[int]().union(*self.counts.values())

    def __contains__(self, pk: int) -> bool:
        return any(pk in counts for counts in self.counts.values())

    def of(self, pk: int, key: str) -> list[Tally]:
        """What there is of the value, which addresses write as ``key``; scopes that have nothing are left out."""
        return [self.tally(scope, counts[pk], key) for scope, counts in self.counts.items() if pk in counts]

    def tally(self, scope: str, number: int, key: str) -> Tally:
        params = QueryDict(mutable=True)
        params[self.parameter] = key
        if scope != Scope.ATTACK:
            params["scope"] = scope
        return tally_of(number, params.urlencode(), scope)


def tally_of(number: int, query: str, scope: str = Scope.ATTACK) -> Tally:
    """So many of the list of this query."""
    return Tally(number, counted(scope, number), f"{reverse('incidents')}?{query}")
