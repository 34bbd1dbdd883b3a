"""A web page as it was received, whatever it came in: a file, a web archive, an answer of the web."""

from dataclasses import dataclass, field

from archive.readers.record import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The decoded body of an answer, and how it came about.

    `body` has neither transfer nor content encoding. `raw` is what the archive keeps: the bytes of a `.html` file, or
    the records of a web archive as they stand, uncompressed, so that they are a WARC file by themselves; `media_type`
    is that of `raw`. `content_type` is what the server said, "" if nothing. `position` tells it apart in a file of
    many.
    """

    body: bytes
    raw: bytes
    media_type: str
    content_type: str = ""
    position: str = ""
    provenance: Provenance = field(default_factory=Provenance)
    notes: tuple[str, ...] = ()
