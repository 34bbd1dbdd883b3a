"""When two records are the same article.

By the normalised address first. Else by source, title and date (`ArticleKey`, scheme `reference`), or by file name and
title where neither source nor date is known. Else by the same text, unless source or date say otherwise. Two addresses
are two articles, whatever else is alike. (An editor who corrects a date does not make the file's article another one:
its reference key stays.)
"""

from datetime import date
from hashlib import sha256
from typing import NamedTuple

from archive.models import Article
from archive.readers import Record
from archive.source_urls import normalise
from archive.terms import KeyScheme
from archive.text import sha256_of
from archive.text.folding import fold

FULL_DATE = 10  # characters of an ISO 8601 day

Key = tuple[str, str]  # scheme and value of an ArticleKey


class Identity(NamedTuple):
    """What a record can be recognised by; `url_key` is "" without an address, digests are hexadecimal SHA-256."""

    url_key: str
    reference_key: str
    text_digest: str
    published_on: date | None

    @property
    def keys(self) -> list[Key]:
        """The keys of its article, the surest first."""
        keys = [(str(KeyScheme.URL), self.url_key)] if self.url_key else []
        return [*keys, (str(KeyScheme.REFERENCE), self.reference_key)]

    def has_other_address(self, known_url_key: str) -> bool:
        """Whether the record has an address, the article one too, and they are not the same."""
        return bool(self.url_key and known_url_key and self.url_key != known_url_key)

    def contradicts(self, article: Article, source_id: int | None) -> bool:
        """Whether source or day of publication is known of both, record and article, and is not the same."""
        day = article.published_on
        is_other_source = source_id is not None and article.source_id is not None and source_id != article.source_id
        return is_other_source or bool(day and self.published_on and day != self.published_on)


def identify(record: Record) -> Identity:
    """Return what the record can be recognised by."""
    return Identity(
        url_key=normalise(record.url) if record.url else "",
        reference_key=reference_key(record),
        text_digest=sha256_of(record.text),
        published_on=published_on(record),
    )


def reference_key(record: Record) -> str:
    """The value of the record's `reference` key: hexadecimal SHA-256 of folded source, title and date."""
    if record.source or record.published:
        parts = ["work", record.source, record.title, record.published]
    else:
        parts = ["file", record.file_name, record.title]
    return sha256("\x1f".join(" ".join(fold(part).text.split()) for part in parts).encode()).hexdigest()


def published_on(record: Record) -> date | None:
    """The day of publication; None where only a month, a year or nothing is known."""
    if len(record.published) != FULL_DATE or not record.published.replace("-", "").isdigit():
        return None
    return date.fromisoformat(record.published)
