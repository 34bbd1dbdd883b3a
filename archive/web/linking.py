"""Typed links in the `Link` header (RFC 8288), as citation tools and harvesters read them (signposting.org). No Django.

`cite-as` (RFC 8574) is the address to cite, `describedby` leads to metadata, `item` to the content as data, `type` to
what kind of thing the page is about, `collection` to what it belongs to; versions are linked as in RFC 5829.
"""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

SCHEMA = "https://schema.org/"
SAFE = "%/:?#[]@!$&'()*+,;=~"  # what an address may hold as it is (RFC 3986); `<`, `>` and quotes are encoded


class Link(NamedTuple):
    """A link from the page to ``target`` (a whole address); ``type`` is the media type of what is there."""

    target: str
    rel: str
    type: str = ""


def header(links: Iterable[Link]) -> str:
    """Return the value of the `Link` header."""
    return ", ".join(written(link) for link in links)


def written(link: Link) -> str:
    kind = f'; type="{link.type}"' if link.type else ""
    return f'<{quote(link.target, safe=SAFE)}>; rel="{link.rel}"{kind}'
