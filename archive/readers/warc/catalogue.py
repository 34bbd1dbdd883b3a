"""What of a web archive is pages: a first look through its records keeps where each stands and what belongs to it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple
from urllib.parse import urldefrag, urljoin

from archive.readers.record import Hop
from archive.readers.warc.archive_limits import LARGEST_HEAD, MOST_HOPS
from archive.readers.warc.http import HTML, REDIRECTS, Answer, read_answer
from archive.readers.warc.record_scanner import Entry, Fault, block, scan

RESPONSE, REVISIT, REQUEST, REDIRECT = "response", "revisit", "request", "redirect"
PLAIN_COPIES = ("resource", "conversion")  # records that hold a page without the answer of a server
EARLIEST = datetime.min.replace(tzinfo=UTC)
NOTHING_TO_SHOW = ("warcinfo", "metadata", "request", "continuation")


class Leap(NamedTuple):
    """A redirect of the file: its record, where it leads, and the answer's status."""

    entry: Entry
    target: str
    status: int


@dataclass
class Catalogue:
    """The pages, redirects and requests of a file. `others` counts the records that are no pages, by their media type.
    `arc_head` is the first record of an ARC file, without which its other records cannot be read.

    `pages` are responses, plain copies and revisits; the order is that of `in_order`.
    """

    pages: list[Entry] = field(default_factory=list)
    leaps: list[Leap] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    software: str = ""
    arc_head: Entry | None = None
    requests: dict[object, Entry] = field(default_factory=dict)
    originals: dict[object, Entry] = field(default_factory=dict)
    leaps_to: dict[str, list[Leap]] = field(default_factory=lambda: defaultdict(list))
    others_by_key: set[object] = field(default_factory=set)

    def in_order(self) -> Iterator[Entry]:
        """The pages by address, in the order in which the addresses first come, and of one address by time."""
        first: dict[str, int] = {}
        for entry in self.pages:
            first.setdefault(entry.uri, len(first))
        yield from sorted(self.pages, key=lambda e: (first[e.uri], e.date or EARLIEST, e.number))

    def request_of(self, entry: Entry) -> Entry | None:
        """The request that a response answers, if the file has it."""
        asked = entry.headers.get("warc-concurrent-to", "")
        for key in (entry.record_id, asked, (entry.uri, entry.headers.get("warc-date"))):
            if key and key in self.requests:
                return self.requests[key]
        return None

    def original_of(self, revisit: Entry) -> Entry | None:
        """The record whose body a revisit has, None if the file does not hold it."""
        return next((self.originals[key] for key in _references(revisit) if key in self.originals), None)

    def is_of_no_page(self, revisit: Entry) -> bool:
        """Whether what a revisit refers to is in the file, and no page."""
        return any(key in self.others_by_key for key in _references(revisit))

    def way_to(self, entry: Entry) -> list[Leap]:
        """The redirects that led to a page, the first one first; of several the latest before it."""
        way: list[Leap] = []
        address, before = urldefrag(entry.uri).url, entry.date
        seen = {address}
        while len(way) < MOST_HOPS:
            leaps = [
                leap
                for leap in self.leaps_to.get(address, ())
                if urldefrag(leap.entry.uri).url not in seen
                and not (before and leap.entry.date and leap.entry.date > before)
            ]
            if not leaps:
                break
            last = max(leaps, key=lambda leap: (leap.entry.date or EARLIEST, leap.entry.number))
            way.insert(0, last)
            address, before = urldefrag(last.entry.uri).url, last.entry.date
            seen.add(address)
        return way


def hops(way: list[Leap]) -> tuple[Hop, ...]:
    """The redirects as a record has them."""
    return tuple(Hop(url=leap.entry.uri, status=leap.status) for leap in way)


def catalogue(file: BinaryIO) -> Catalogue:
    """Look through an unpacked file once. Only heads are read."""
    found = Catalogue()
    for entry in scan(file):
        if isinstance(entry, Fault):
            found.faults.append(entry)
            continue
        if not entry.has_end and not entry.is_arc:
            found.faults.append(
                Fault(entry.number, "the record is cut off, or not as long as it says (Content-Length)")
            )
        _note(file, entry, found)
    return found


def _note(file: BinaryIO, entry: Entry, found: Catalogue) -> None:
    match entry.kind:
        case "warcinfo":
            found.arc_head = found.arc_head or (entry if entry.is_arc else None)
            found.software = found.software or _software(block(file, entry, LARGEST_HEAD))
        case "request":
            for key in (entry.headers.get("warc-concurrent-to"), entry.record_id):
                if key:
                    found.requests[key] = entry
            found.requests.setdefault((entry.uri, entry.headers.get("warc-date")), entry)
        case "response" | "revisit":
            head = block(file, entry, LARGEST_HEAD)
            _note_answer(read_answer(head), head, entry, found)
        case "resource" | "conversion":
            media_type = entry.headers.get("content-type", "").partition(";")[0].strip().lower()
            _note_page(entry, media_type, found)
        case kind if kind not in NOTHING_TO_SHOW:
            found.others[f"records of the kind {kind[:20] or 'nothing'}"] += 1


def _note_answer(answer: Answer | None, head: bytes, entry: Entry, found: Catalogue) -> None:
    if answer and answer.status in REDIRECTS and answer.header("location"):
        leap = Leap(entry, urldefrag(urljoined(entry.uri, answer.header("location"))).url, answer.status)
        found.leaps.append(leap)
        found.leaps_to[leap.target].append(leap)
        return
    if entry.kind == REVISIT:
        if answer is None or answer.media_type in ("", *HTML):
            found.pages.append(entry)
        else:
            found.others[answer.media_type] += 1
        return
    if answer is None:
        if entry.headers.get("content-type", "").lower().startswith("application/http") or entry.is_arc:
            found.faults.append(Fault(entry.number, "the record holds no answer of a web server"))
        else:
            found.others["records that are no answers of the web"] += 1
        return
    media_type = answer.media_type or ("text/html" if _looks_like_html(head[answer.body_start :]) else "nothing stated")
    _note_page(entry, media_type, found)


def _note_page(entry: Entry, media_type: str, found: Catalogue) -> None:
    is_page = media_type in HTML and entry.uri.lower().startswith(("http:", "https:"))
    if is_page:
        found.pages.append(entry)
    else:
        found.others[media_type[:60] or "nothing stated"] += 1
    for key in _own_keys(entry):
        if is_page:
            found.originals.setdefault(key, entry)
        else:
            found.others_by_key.add(key)


def urljoined(base: str, location: str) -> str:
    """The address that a redirect leads to, "" if it is none."""
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return ""


def _own_keys(entry: Entry) -> list[object]:
    digest = entry.headers.get("warc-payload-digest", "")
    keys = [entry.record_id, (entry.uri, entry.headers.get("warc-date")), _plain(digest)]
    return [key for key in keys if key]


def _references(revisit: Entry) -> list[object]:
    """What a revisit says of the record it refers to, the surest first."""
    headers = revisit.headers
    target = headers.get("warc-refers-to-target-uri", "").strip("<> ")
    keys = [
        headers.get("warc-refers-to", ""),
        (target, headers.get("warc-refers-to-date")) if target else "",
        _plain(headers.get("warc-payload-digest", "")),
    ]
    return [key for key in keys if key]


def _plain(digest: str) -> str:
    """A digest as it is compared: `sha-256:` and `sha256:` are the same."""
    name, _, value = digest.partition(":")
    return f"{name.lower().replace('-', '')}:{value}" if value else ""


def _software(warcinfo: bytes) -> str:
    for line in warcinfo.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "software":
            return " ".join(value.split())[:100]
    return ""


def _looks_like_html(body: bytes) -> bool:
    start = body[:200].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head"))
