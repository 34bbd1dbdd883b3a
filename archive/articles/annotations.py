"""Passages as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): what cites the words, where they stand.

Each annotation has one body, an address: some readers take nothing else. A passage that several records cite has one
annotation for each; the first, of a record whose current version cites it, has the address of the passage.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from archive import addresses
from archive.articles.article_citations import may_quote, permalink
from archive.models import Passage

Node = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def document(passage: Passage) -> Node:
    """Return the annotation of a passage; where several records cite it, those for the others are `@included`.

    The passage comes with its text, capture, article, source and citations.
    """
    first, *others = each(passage)
    return {"@context": CONTEXT, **first, **({"@included": others} if others else {})}


def each(passage: Passage) -> list[Node]:
    """Return one annotation for each record that cites the passage, without a context; current ones first."""
    address = addresses.whole("passage", passage.public_id)
    citations = sorted(passage.citations.all(), key=lambda citation: (not citation.is_current, citation.record))
    where, made_at = target(passage), utc(passage.created_at)
    return [
        {
            "id": f"{address}#{citation.record}" if number else address,
            "type": "Annotation",
            "motivation": "linking",
            "created": made_at,
            "body": f"{settings.SITE_URL}{citation.path}",
            "target": where,
        }
        for number, citation in enumerate(citations)
    ]


def target(passage: Passage) -> Node:
    """Return where the passage stands, in code points; its words only where readers may see them."""
    text = passage.text_version
    source = permalink(text.article, text)
    selectors: list[Node] = [{"type": "TextPositionSelector", "start": passage.start, "end": passage.end}]
    if may_quote(text.article):
        quote = {"exact": passage.exact, "prefix": passage.prefix, "suffix": passage.suffix}
        selectors.insert(0, {"type": "TextQuoteSelector", **quote})
    seen_at = text.capture.captured_at or text.capture.created_at
    state = {"type": "TimeState", "sourceDate": utc(seen_at), "cached": source}
    return {"source": source, "selector": selectors, "state": state}


def utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
