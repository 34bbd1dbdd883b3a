"""A web archive as a sequence of pages, and of what is no page and why."""

from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

from archive.readers.building import Around
from archive.readers.opening import open_regular
from archive.readers.page import Page
from archive.readers.record import PassedOver, Record, Refusal
from archive.readers.warc.archive_limits import (
    LARGEST_FILE,
    RATIO,
    RATIO_OF_FILE_FROM,
    STEP,
    LimitError,
    check_ratio,
)
from archive.readers.warc.captured_pages import NoPageError, Whence, page_of
from archive.readers.warc.catalogue import Catalogue, catalogue
from archive.readers.warc.unpacking import Unpacked, unpacked
from archive.readers.warc.wacz import members

Draw = Callable[[Page, Around], Record | Refusal]


def pages(path: Path, around: Around) -> Iterator[Page | Refusal]:
    """The pages of a web archive (`archive_files.SUFFIXES`) by address, the captures of one address by time.

    Refused, each with its reason: pages that cannot be read, redirects that lead nowhere, places where the file is
    broken. Records that are no pages are counted in one `PassedOver` at the end. Memory is that of a few pages,
    however many records there are. Raises `UnreadableFileError`.
    """
    with open_regular(path, largest=LARGEST_FILE) as file:
        around.progress.looks_through(f"checking {around.file_name}")
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
    where = around.locator(whence.prefix.rstrip(":"))
    around.progress.looks_through(f"looking through {around.file_name}")
    with unpacked(file) as whole, catalogue(whole.file) as known:
        yield from _readable(whole, known, around, whence)
        for leap, is_answered in known.dead_ends():
            and_then = "and from there to no page" if is_answered else "which is no page"
            yield Refusal(
                around.locator(f"{whence.prefix}{leap.entry.number}"),
                f"{leap.entry.uri}: it redirects to {leap.target or 'nothing'}, {and_then} of the file",
            )
        for broken in known.faults:
            yield Refusal(around.locator(f"{whence.prefix}{broken.number}"), broken.reason)
        if whole.fault:
            yield Refusal(where, whole.fault)
        if known.is_empty and not whole.fault:
            yield Refusal(where, _no_page(known.others))
        elif known.others:
            yield PassedOver(where, f"no pages: {_counted(known.others)}")


def _readable(whole: Unpacked, known: Catalogue, around: Around, whence: Whence) -> Iterator[Page | Refusal]:
    """The pages. Of small records that refer to large ones again and again no more than a bomb may become is made."""
    size, given = whole.file.seek(0, SEEK_END), 0
    for entry, end in zip(known.in_order(), known.ends(), strict=True):
        around.progress.reached(whence.position(whole.packed(end)))
        where = around.locator(f"{whence.prefix}{entry.number}")
        try:
            page = page_of(whole.file, entry, known, whence)
        except NoPageError as error:
            if known.is_of_no_page(entry):
                known.note_other("revisits of what is no page")
            else:
                yield Refusal(where, f"{entry.uri}: {error}")
            continue
        given += len(page.raw)
        try:
            check_ratio(size, given, over=RATIO_OF_FILE_FROM)
        except LimitError:
            yield Refusal(where, f"its revisits repeat what it holds more than {RATIO} times; the rest is not read")
            return
        yield page


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
