"""Writes sitemaps (https://www.sitemaps.org/protocol.html), each address in every language of the site.

Not `django.contrib.sitemaps`: that pages by OFFSET, which costs more the deeper a crawler goes, and puts 50,000
addresses through a template. A section is cut by primary key instead, so that a file's address always has the same
rows, and written as it is read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import F, IntegerField, Max, QuerySet
from django.db.models.expressions import Combinable, ExpressionWrapper

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
BLOCK = 25_000  # primary keys a file: times two languages, the 50,000 addresses that a file may hold
MAX_BLOCK = 2**62 // BLOCK
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Section:
    """Pages of one kind: the rows that readers may see, when each last changed, and the path of a row's page.

    ``path`` takes the values of ``columns`` and is without a language.
    """

    name: str
    rows: QuerySet[Any]
    columns: tuple[str, ...]
    path: str
    changed_at: str = ""

    def blocks(self) -> Iterator[tuple[int, datetime | None]]:
        """Yield the number of each file that has rows, and when the last of them changed."""
        number: Combinable = ExpressionWrapper(F("pk") / BLOCK, output_field=IntegerField())
        grouped = self.rows.order_by().values(block=number)
        latest = grouped.annotate(latest=Max(self.changed_at)) if self.changed_at else grouped.distinct()
        for row in latest.order_by("block"):
            yield row["block"], row.get("latest")

    def entries(self, block: int) -> Iterator[tuple[str, datetime | None]]:
        """Yield path and last change of each row of a file."""
        wanted = [*self.columns, *([self.changed_at] if self.changed_at else [])]
        for values in self.within(block).order_by("pk").values_list(*wanted).iterator(chunk_size=2000):
            yield self.path.format(*values), values[-1] if self.changed_at else None

    def has(self, block: int) -> bool:
        return block < MAX_BLOCK and self.within(block).exists()

    def within(self, block: int) -> QuerySet[Any]:
        return self.rows.filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK)


def index(files: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    """Write the list of sitemaps: path and last change of each."""
    yield f"{HEAD}<sitemapindex xmlns={quoteattr(NAMESPACE)}>\n"
    for path, changed in files:
        yield f"<sitemap><loc>{escape(settings.SITE_URL + path)}</loc>{last_change(changed)}</sitemap>\n"
    yield "</sitemapindex>\n"


def sitemap(pages: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    """Write one sitemap: a page is named once in each language, and each names the others."""
    yield f"{HEAD}<urlset xmlns={quoteattr(NAMESPACE)} xmlns:xhtml={quoteattr(XHTML)}>\n"
    for path, changed in pages:
        addresses = {code: settings.SITE_URL + in_language(path, code) for code, _label in settings.LANGUAGES}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
            for code, address in addresses.items()
        )
        for address in addresses.values():
            yield f"<url><loc>{escape(address)}</loc>{last_change(changed)}{others}</url>\n"
    yield "</urlset>\n"


def in_language(path: str, code: str) -> str:
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"


def last_change(moment: datetime | None) -> str:
    return f"<lastmod>{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if moment else ""
