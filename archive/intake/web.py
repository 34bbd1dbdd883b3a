"""A page of the web as records: fetched, kept as a web archive of our own, and read like any other."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings as site

from archive.fetching import FetchError, Rules, fetch
from archive.readers import Record, Refusal
from archive.readers.building import Around
from archive.readers.html import record_of_page
from archive.readers.opening import UnreadableFileError
from archive.readers.warc import records
from archive.terms import Clock

PREFIXES = ("http://", "https://")


def rules() -> Rules:
    """How far a fetch goes, as the administrator has set it."""
    return Rules(
        largest=site.FETCH_MEGABYTES * 1_000_000,
        seconds=site.FETCH_SECONDS,
        ports=tuple(site.FETCH_PORTS),
        internal=frozenset(site.FETCH_INTERNAL),
        heeds_robots=site.FETCH_HEEDS_ROBOTS,
        delay=site.FETCH_DELAY,
    )


def fetch_records(
    url: str, *, overrides: Mapping[str, Any] | None = None, say: Callable[[str], None] = lambda _: None
) -> Iterator[Record | Refusal]:
    """Fetch an address and read what answered. One that cannot be fetched or read is a `Refusal` with the reason.

    The moment of the capture is by our own clock. `overrides` are as those of `archive.readers.read_path`.
    """
    try:
        fetched = fetch(url, rules(), say=say)
    except FetchError as error:
        yield Refusal(url, str(error))
        return
    around = Around(file_name="", shown=url, overrides=overrides or {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve() / "fetched.warc"
        path.write_bytes(fetched.warc)
        try:
            for found in records(path, around, record_of_page):
                yield _by_our_clock(found, url) if isinstance(found, Record) else replace(found, locator=url)
        except UnreadableFileError as error:
            yield Refusal(url, str(error))


def _by_our_clock(record: Record, url: str) -> Record:
    """Cookies that a site sets for a visitor who brought none and keeps none are nobody's: they hide nothing."""
    came = record.provenance
    settings = {name: value for name, value in came.settings.items() if name != "private"}
    return replace(record, locator=url, provenance=replace(came, clock=Clock.ARCHIVE, settings=settings))
