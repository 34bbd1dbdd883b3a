"""A page becomes a record, or a refusal that says why."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from archive.page_size import LARGEST_PAGE
from archive.readers.building import Around, Received, build
from archive.readers.html import bounded
from archive.readers.html.encoding import read_page
from archive.readers.html.tree import UnreadablePageError
from archive.readers.page import Page
from archive.readers.record import Drawing, Provenance, Record, Refusal
from archive.text import DecodeError


def record_of_page(page: Page, around: Around) -> Record | Refusal:
    """Draw the text and the metadata of a page. What is no article is a record too, with `Drawing.flag`.

    The address is that which answered, else that which was asked for, else the one that the importer gives; the
    page's own canonical address takes its place where it is of the same site. Nothing of the page is run.
    """
    locator = around.locator(page.position)
    if len(page.body) > LARGEST_PAGE:
        return Refusal(locator, f"the page is larger than {LARGEST_PAGE:,} bytes")
    try:
        read = read_page(page.body, page.content_type, around.encoding)
        proposal = bounded.propose(read.text, address_of(page.provenance, around), page.provenance.status)
    except DecodeError as error:
        return Refusal(locator, str(error)[:1].lower() + str(error)[1:].rstrip("."))
    except UnreadablePageError as error:
        return Refusal(locator, str(error))
    received = Received(
        raw=page.raw,
        media_type=page.media_type,
        encoding=read.encoding,
        extractor=proposal["extractor"],
        position=page.position,
        notes=(*page.notes, *read.notes),
        provenance=page.provenance,
        drawing=drawing_of(proposal, encoding_said_by=read.said_by),
    )
    record = build(proposal["text"], stated_by(proposal), received, around)
    if isinstance(record, Record) and record.text != proposal["text"]:  # spans would not fit
        return replace(record, drawing=replace(record.drawing, captions=()))
    return record


def address_of(known: Provenance | None, around: Around) -> str:
    """Where a page came from, "" if nobody says."""
    answered = (known.final_url or known.url) if known else ""
    return answered or str(around.overrides.get("url") or around.sidecar.get("url") or "")


def drawing_of(proposal: Mapping[str, Any], **settings: str) -> Drawing:
    """What is kept of how a text was drawn."""
    return Drawing(
        settings={**proposal["settings"], **settings},
        captions=tuple((start, end) for start, end in proposal["captions"]),
        flag=proposal["flag"],
        flag_reason=proposal["flag_reason"],
        updated=proposal["updated"],
    )


def stated_by(proposal: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata of a proposal that is not empty."""
    return {name: value for name, value in proposal["stated"].items() if value}
