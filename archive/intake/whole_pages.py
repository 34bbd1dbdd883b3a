"""All that a copy shows, as text: what an editor reads beside the text that was drawn from it."""

from io import BytesIO

from archive import capture_bytes
from archive.models import Capture
from archive.readers.html import bounded
from archive.readers.html.encoding import read_page
from archive.readers.html.tree import UnreadablePageError
from archive.readers.warc.archive_limits import LimitError
from archive.readers.warc.http import REDIRECTS, UndecodableError, decode_body, read_answer
from archive.readers.warc.record_scanner import Entry, block, scan
from archive.text import DecodeError

WARC = "application/warc"


def whole_text(capture: Capture) -> str:
    """The visible text of the page that was received; "" for a copy that is no page or cannot be read any more.

    Raises `archive.capture_bytes.UnavailableError`.
    """
    try:
        body, content_type = _page_in(capture)
        if not body:
            return ""
        return bounded.visible_text(read_page(body, content_type).text)
    except (DecodeError, LimitError, UnreadablePageError, UndecodableError):
        return ""


def _page_in(capture: Capture) -> tuple[bytes, str]:
    """The body of the page, and what its header says that it is."""
    raw = capture_bytes.read(capture.bytes_id)
    if capture.media_type == "text/html":
        return raw, ""
    if capture.media_type == WARC:
        file = BytesIO(raw)
        for entry in scan(file):
            held = block(file, entry) if isinstance(entry, Entry) else b""
            answer = read_answer(held)
            if answer is not None and answer.status not in REDIRECTS:
                return decode_body(held[answer.body_start :], answer).payload, answer.header("content-type")
    return b"", ""
