"""What of a web archive is pages: a first look through its records keeps where each stands and what belongs to it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urldefrag, urljoin

from archive.readers.record import Hop
from archive.readers.warc.archive_limits import LARGEST_HEAD, MOST_HOPS
from archive.readers.warc.http import HTML, REDIRECTS, Answer, read_answer
from archive.readers.warc.record_places import KEY, LATEST, Leap, RecordPlaces, key_of, moment_of
from archive.readers.warc.record_scanner import Entry, Fault, Place, again, block, scan

RESPONSE, REVISIT, REQUEST, REDIRECT = "response", "revisit", "request", "redirect"
PLAIN_COPIES = ("resource", "conversion")  # records that hold a page without the answer of a server
NOTHING_TO_SHOW = ("warcinfo", "metadata", "request", "continuation")
MOST_KINDS = 1_000  # of what is no page: more are counted together
REQUESTS, ORIGINALS, OTHERS = "request", "original", "other"


class Catalogue:
    """The pages, redirects and requests of an unpacked file, of which only the places are kept, in a temporary file.

    `others` counts the records that are no pages, by their media type. `arc_head` is the first record of an ARC file,
    without which its other records cannot be read, None where it is damaged. Pages are responses, plain copies and
    revisits.
    """

    def __init__(self, file: BinaryIO, places: RecordPlaces) -> None:
        self._file, self._places = file, places
        self.others: Counter[str] = Counter()
        self.software = ""
        self.is_arc = False
        self.arc_head: Entry | None = None

    def in_order(self) -> Iterator[Entry]:
        """The pages by address, in the order in which the addresses first come, and of one address by time."""
        return map(self._entry, self._places.pages())

    def ends(self) -> Iterator[int]:
        """Where the first, second … page of the file ends (bytes of the unpacked file), in the order of the file."""
        return self._places.page_ends()

    @property
    def faults(self) -> Iterator[Fault]:
        return self._places.faults()

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a page nor a redirect nor a fault."""
        return self._places.is_empty()

    def request_of(self, entry: Entry) -> Entry | None:
        """The request that a response answers, if the file has it."""
        asked = entry.headers.get("warc-concurrent-to", "")
        return self._first(REQUESTS, [entry.record_id, asked, (entry.uri, entry.headers.get("warc-date"))])

    def original_of(self, revisit: Entry) -> Entry | None:
        """The record whose body a revisit has, None if the file does not hold it."""
        return self._first(ORIGINALS, _references(revisit))

    def is_of_no_page(self, revisit: Entry) -> bool:
        """Whether what a revisit refers to is in the file, and no page."""
        return self._first(OTHERS, _references(revisit)) is not None

    def way_to(self, entry: Entry) -> list[Leap]:
        """The redirects that led to a page, the first one first; of several the latest before it."""
        way: list[Leap] = []
        address, before = _address(entry.uri), moment_of(entry.date) or LATEST
        seen = {key_of(address)}
        while len(way) < MOST_HOPS:
            place = self._places.latest_leap(key_of(address), before, seen)
            if place is None:
                break
            last = self._leap(place)
            way.insert(0, last)
            address, before = _address(last.entry.uri), moment_of(last.entry.date) or LATEST
            seen.add(key_of(address))
        self._places.note_used([leap.entry.number for leap in way])
        return way

    def dead_ends(self) -> Iterator[tuple[Leap, bool]]:
        """The redirects that were on the way to no page so far, and whether the file answers where they lead."""
        return ((self._leap(place), is_answered) for place, is_answered in self._places.dead_ends())

    def note_key(self, kind: str, key: KEY, entry: Entry, *, is_last: bool = False) -> None:
        """Let a record be found by a key; of several by the first, or by the last."""
        if key:
            self._places.note_key(kind, key_of(key), entry.place, is_last=is_last)

    def note_page(self, entry: Entry) -> None:
        self._places.note_page(entry.place, key_of(_address(entry.uri)), key_of(entry.uri), moment_of(entry.date))

    def note_leap(self, entry: Entry, target: str) -> None:
        self._places.note_leap(entry.place, key_of(target), key_of(_address(entry.uri)), moment_of(entry.date))

    def note_fault(self, fault: Fault) -> None:
        self._places.note_fault(fault)

    def note_other(self, what: str) -> None:
        self.others[what if what in self.others or len(self.others) < MOST_KINDS else "of other kinds"] += 1

    def _first(self, kind: str, keys: list[KEY]) -> Entry | None:
        found = (self._places.by_key(kind, key_of(key)) for key in keys if key)
        return next((self._entry(place) for place in found if place), None)

    def _entry(self, place: Place) -> Entry:
        return again(self._file, place, is_arc=self.is_arc)

    def _leap(self, place: Place) -> Leap:
        entry = self._entry(place)
        leap = leap_of(entry, read_answer(block(self._file, entry, LARGEST_HEAD)))
        assert leap is not None
        return leap


def leap_of(entry: Entry, answer: Answer | None) -> Leap | None:
    """The redirect that a record is, if it is one."""
    if answer and answer.status in REDIRECTS and answer.header("location"):
        return Leap(entry, _address(urljoined(entry.uri, answer.header("location"))), answer.status)
    return None


def hops(way: list[Leap]) -> tuple[Hop, ...]:
    """The redirects as a record has them."""
    return tuple(Hop(url=leap.entry.uri, status=leap.status) for leap in way)


@contextmanager
def catalogue(file: BinaryIO) -> Iterator[Catalogue]:
    """Look through an unpacked file once. Only heads are read."""
    with RecordPlaces() as places:
        found = Catalogue(file, places)
        for entry in scan(file):
            if isinstance(entry, Fault):
                found.note_fault(entry)
                continue
            found.is_arc = entry.is_arc
            if not entry.has_end and not entry.is_arc:
                reason = "the record is cut off, or not as long as it says (Content-Length)"
                found.note_fault(Fault(entry.number, reason))
            _note(file, entry, found)
        yield found


def _note(file: BinaryIO, entry: Entry, found: Catalogue) -> None:
    match entry.kind:
        case "warcinfo":
            found.arc_head = found.arc_head or (entry if entry.is_arc else None)
            found.software = found.software or _software(block(file, entry, LARGEST_HEAD))
        case "request":
            for key in (entry.headers.get("warc-concurrent-to", ""), entry.record_id):
                found.note_key(REQUESTS, key, entry, is_last=True)
            found.note_key(REQUESTS, (entry.uri, entry.headers.get("warc-date")), entry)
        case "response" | "revisit":
            head = block(file, entry, LARGEST_HEAD)
            _note_answer(read_answer(head), head, entry, found)
        case "resource" | "conversion":
            media_type = entry.headers.get("content-type", "").partition(";")[0].strip().lower()
            _note_page(entry, media_type, found)
        case kind if kind not in NOTHING_TO_SHOW:
            found.note_other(f"records of the kind {kind[:20] or 'nothing'}")


def _note_answer(answer: Answer | None, head: bytes, entry: Entry, found: Catalogue) -> None:
    leap = leap_of(entry, answer)
    if leap is not None:
        found.note_leap(entry, leap.target)
        return
    if entry.kind == REVISIT:
        if answer is None or answer.media_type in ("", *HTML):
            found.note_page(entry)
        else:
            found.note_other(answer.media_type[:60])
        return
    if answer is None:
        if entry.headers.get("content-type", "").lower().startswith("application/http") or entry.is_arc:
            found.note_fault(Fault(entry.number, "the record holds no answer of a web server"))
        else:
            found.note_other("records that are no answers of the web")
        return
    media_type = answer.media_type or ("text/html" if _looks_like_html(head[answer.body_start :]) else "nothing stated")
    _note_page(entry, media_type, found)


def _note_page(entry: Entry, media_type: str, found: Catalogue) -> None:
    is_page = media_type in HTML and entry.uri.lower().startswith(("http:", "https:"))
    if is_page:
        found.note_page(entry)
    else:
        found.note_other(media_type[:60] or "nothing stated")
    for key in _own_keys(entry):
        found.note_key(ORIGINALS if is_page else OTHERS, key, entry)


def _address(url: str) -> str:
    """An address without the part of a page that it leads to."""
    try:
        return urldefrag(url).url
    except ValueError:
        return url


def urljoined(base: str, location: str) -> str:
    """The address that a redirect leads to, "" if it is none."""
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return ""


def _own_keys(entry: Entry) -> list[KEY]:
    digest = entry.headers.get("warc-payload-digest", "")
    keys: list[KEY] = [entry.record_id, (entry.uri, entry.headers.get("warc-date")), _plain(digest)]
    return [key for key in keys if key]


def _references(revisit: Entry) -> list[KEY]:
    """What a revisit says of the record it refers to, the surest first."""
    headers = revisit.headers
    target = headers.get("warc-refers-to-target-uri", "").strip("<> ")
    keys: list[KEY] = [
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
