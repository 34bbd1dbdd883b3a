"""A web archive as a sequence of pages, and of what is no page and why."""

from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from archive.readers.building import Around
from archive.readers.opening import open_regular
from archive.readers.page import Page
from archive.readers.record import PassedOver, Record, Refusal
from archive.readers.warc.archive_limits import LARGEST_FILE, STEP
from archive.readers.warc.captured_pages import NoPageError, Whence, page_of
from archive.readers.warc.catalogue import Catalogue, catalogue
from archive.readers.warc.unpacking import unpacked
from archive.readers.warc.wacz import members

Draw = Callable[[Page, Around], Record | Refusal]


def pages(path: Path, around: Around) -> Iterator[Page | Refusal]:
    """The pages of a .warc, .warc.gz, .arc, .arc.gz or .wacz file by address, the captures of one address by time.

    Refused, each with its reason: pages that cannot be read, redirects that lead nowhere, places where the file is
    broken. Records that are no pages are counted in one `PassedOver` at the end. Memory is that of a few pages and of
    the list of records. Raises `UnreadableFileError`.
    """
    with open_regular(path, largest=LARGEST_FILE) as file:
        digest = _digest(file)
        if path.name.lower().endswith(".wacz"):
            for member, whence in members(file, digest):
                yield from _pages(member, around, whence)
        else:
            yield from _pages(file, around, Whence(file_sha256=digest))


def records(path: Path, around: Around, draw: Draw) -> Iterator[Record | Refusal]:
    """The pages of `pages` as records of articles; `draw` makes the record of a page, or says why there is none."""
    for found in pages(path, around):
        yield draw(found, around) if isinstance(found, Page) else found


def _pages(file: BinaryIO, around: Around, whence: Whence) -> Iterator[Page | Refusal]:
    with unpacked(file) as (plain, fault):
        known = catalogue(plain)
        for entry in known.in_order():
            where = around.locator(f"{whence.prefix}{entry.number}")
            try:
                yield page_of(plain, entry, known, whence)
            except NoPageError as error:
                if known.is_of_no_page(entry):
                    known.others["revisits of what is no page"] += 1
                else:
                    yield Refusal(where, f"{entry.uri}: {error}")
        yield from _dead_ends(known, around, whence)
        for broken in known.faults:
            yield Refusal(around.locator(f"{whence.prefix}{broken.number}"), broken.reason)
        if fault:
            yield Refusal(around.locator(whence.prefix.rstrip(":")), fault)
        if not (known.pages or known.leaps or known.faults or fault):
            yield Refusal(around.locator(whence.prefix.rstrip(":")), _no_page(known.others))
        elif known.others:
            yield PassedOver(around.locator(whence.prefix.rstrip(":")), f"no pages: {_counted(known.others)}")


def _dead_ends(known: Catalogue, around: Around, whence: Whence) -> Iterator[Refusal]:
    """The redirects that are on the way to no page of the file."""
    used = {leap.entry.number for entry in known.pages for leap in known.way_to(entry)}
    answered = {entry.uri for entry in known.pages} | {leap.entry.uri for leap in known.leaps}
    for leap in known.leaps:
        if leap.entry.number not in used and leap.target not in answered:
            yield Refusal(
                around.locator(f"{whence.prefix}{leap.entry.number}"),
                f"{leap.entry.uri}: it redirects to {leap.target or 'nothing'}, which is no page of the file",
            )
    pages = {entry.uri for entry in known.pages}
    circles = [leap for leap in known.leaps if leap.entry.number not in used and leap.target in answered]
    for leap in circles:
        if leap.target not in pages:
            yield Refusal(
                around.locator(f"{whence.prefix}{leap.entry.number}"),
                f"{leap.entry.uri}: it redirects to {leap.target}, and from there to no page of the file",
            )


def _no_page(others: Counter[str]) -> str:
    return f"it holds no web page ({_counted(others)})" if others else "it holds no web page"


def _counted(others: Counter[str]) -> str:
    """How many of what, the most first; the rest as one."""
    ranked = sorted(others.items(), key=lambda item: (-item[1], item[0]))
    said = [f"{count:,} {name}" for name, count in ranked[:6]]
    rest = sum(count for _, count in ranked[6:])
    return ", ".join([*said, f"{rest:,} of other kinds"] if rest else said)


def _digest(file: BinaryIO) -> str:
    digest = sha256()
    while piece := file.read(STEP):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
