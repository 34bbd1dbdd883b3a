"""Atom feeds (RFC 4287) of lists, whatever the filter."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

SIZE = 50  # entries of a feed
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not a character of XML 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: ``id`` stays when it is updated, ``path`` is where it is read; ``summary`` is plain text."""

    id: str
    path: str
    title: str
    summary: str
    updated_at: datetime
    published_at: datetime | None = None
    categories: tuple[str, ...] = ()


def atom(*, title: str, path: str, list_path: str, entries: Iterable[Entry]) -> HttpResponse:
    """Return the feed: ``path`` is its own address, ``list_path`` that of the page which lists the same."""
    feed = DatedFeed(
        title=written(f"{settings.SITE_NAME}: {title}"),
        link=settings.SITE_URL + list_path,
        feed_url=settings.SITE_URL + path,
        feed_guid=settings.SITE_URL + path,
        description="",
        language=settings.LANGUAGE_CODE,
        author_name=settings.SITE_NAME,
        author_link=settings.SITE_URL + "/",
    )
    for entry in entries:
        feed.add_item(
            title=written(entry.title),
            link=settings.SITE_URL + entry.path,
            description=escape(written(entry.summary)),
            unique_id=settings.SITE_URL + entry.id,
            pubdate=entry.published_at,
            updateddate=entry.updated_at.replace(microsecond=0),
            categories=entry.categories,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=CONTENT_TYPE)


class DatedFeed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """When the newest entry changed; an empty feed never did (Django would say now, and so something new)."""
        return max((item["updateddate"] for item in self.items), default=EPOCH)


def written(text: str) -> str:
    """Return the text without what XML cannot write."""
    return UNWRITABLE.sub("\ufffd", text)
