"""Memento (RFC 7089): which copies there are of an address, each with when it was taken from its source.

Our copies are text renditions: a text's page with its permalink, as far as its publisher lets us show it. A publisher
who is kept as a reference only has none, nor has a copy of which nobody said when it was taken: when it came to us is
another thing. A copy in a web archive is named only where a capture was made from it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote

from django.utils.http import http_date

from archive import addresses, withheld
from archive.articles.article_citations import is_on_the_web, permalink
from archive.models import Article, Capture, TextVersion
from archive.source_urls import UnusableUrlError, normalise
from archive.terms import KeyScheme, TextPolicy
from archive.text.withheld import holds
from archive.web.linking import SAFE, Link

LINK_FORMAT = "application/link-format"
LONGEST = 2_000


class Memento(NamedTuple):
    """A copy at ``address``, taken from its source at ``moment``."""

    moment: datetime
    address: str


def article_at(url: str) -> Article | None:
    """Return the public article that has this address, however it is written. Raises UnusableUrlError."""
    if len(url) > LONGEST:
        raise UnusableUrlError(f"The address is longer than {LONGEST:,} characters.")
    key = normalise(url if ":/" in url[:10] else f"http://{url}")
    found = Article.objects.published().filter(keys__scheme=KeyScheme.URL, keys__value=key)
    return found.select_related("source").first()


def mementos_of(article: Article) -> list[Memento]:
    """Return the copies of an article, oldest first; of a copy with several texts, the newest text.

    A copy that says what an earlier one said stands for that one's text.
    """
    if is_closed(article):
        return []
    texts = TextVersion.objects.filter(article=article, capture__captured_at__isnull=False).select_related("capture")
    newest = {text.capture_id: text for text in texts.defer("text").order_by("number")}
    again = Capture.objects.filter(article=article, same_text__isnull=False).values_list(
        "captured_at", "same_text__capture"
    )
    taken = [(text.capture.captured_at, permalink(article, text)) for text in newest.values()]
    taken += [(moment, permalink(article, newest[first])) for moment, first in again if first in newest]
    ours = [Memento(moment, address) for moment, address in taken if moment]
    captures = Capture.objects.filter(article=article).only("original_url", "final_url")
    return sorted([*ours, *elsewhere(captures, article)])


def elsewhere(captures: Iterable[Capture], article: Article) -> list[Memento]:
    """Return the copies in web archives that these captures were made from, oldest first.

    None where words of the article are withheld: such a copy has them all.
    """
    if article.withheld:
        return []
    found = {address for capture in captures for address in (capture.original_url, capture.final_url)}
    return sorted(filter(None, map(in_web_archive, found)))


def in_web_archive(address: str) -> Memento | None:
    match = withheld.IN_WEB_ARCHIVE.fullmatch(address)
    if not match:
        return None
    try:
        return Memento(datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC), address)
    except ValueError:  # fourteen digits that are no date
        return None


def is_closed(article: Article) -> bool:
    """Whether a page here is no rendition of the article: readers may see no words of it, or not its address."""
    is_reference = article.source is not None and article.source.text_policy == TextPolicy.REFERENCE
    return is_reference or holds(article.url, withheld.words_of(article))


def taken_at(article: Article, text: TextVersion | None) -> datetime | None:
    """When the copy that a text's page stands for was taken from its source; None where the page is no memento."""
    if text is None or is_closed(article) or not is_on_the_web(article):
        return None
    return text.capture.captured_at


def nearest(mementos: Iterable[Memento], wanted: datetime) -> Memento:
    """Return the copy that was taken nearest to a moment; of two as near, the earlier."""
    return min(mementos, key=lambda one: (abs(one.moment - wanted), one.moment))


def links(article: Article) -> list[Link]:
    """Return the links from a page to the original and to what finds its copies."""
    if not is_on_the_web(article) or is_closed(article):
        return []
    return [
        Link(article.url, "original"),
        Link(addresses.whole("timegate", article.url), "timegate"),
        Link(addresses.whole("timemap", article.url), "timemap", LINK_FORMAT),
    ]


def timemap(article: Article, mementos: list[Memento]) -> str:
    """Return the list of all copies in link-format (RFC 6690, RFC 7089 §5); there is at least one."""
    first, last = mementos[0], mementos[-1]
    span = {"from": said(first.moment), "until": said(last.moment)}
    lines = [
        line(article.url, "original"),
        line(addresses.whole("timemap", article.url), "self", type=LINK_FORMAT, **span),
        line(addresses.whole("timegate", article.url), "timegate"),
    ]
    for one in mementos:
        ends = [word for word, end in (("first", first), ("last", last)) if one is end]
        lines.append(line(one.address, " ".join([*ends, "memento"]), datetime=said(one.moment)))
    return ",\n".join(lines) + "\n"


def line(target: str, rel: str, **attributes: str) -> str:
    told = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f'<{quote(target, safe=SAFE)}>; rel="{rel}"{told}'


def said(moment: datetime) -> str:
    """A moment as HTTP writes it."""
    return http_date(moment.timestamp())
