"""The part of a package that holds a report: what is known of it, its copies and texts as far as readers may have them.

What is not let out is named by its digest, with why. Copies are let out of publishers whose full texts readers may
have; bytes that also belong to a report that they may not have stay here.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from archive import addresses, capture_bytes, custody, withheld
from archive.articles import annotations
from archive.articles.article_citations import authors, outlet_name, permalink
from archive.models import Article, Capture, CustodyEvent, Passage, TextVersion
from archive.packages.bag import Bag
from archive.terms import TextPolicy
from archive.text.withheld import holds

Node = dict[str, Any]
NOT_LET_OUT = {
    TextPolicy.PASSAGES: "Readers may have the cited passages of this publisher, not whole texts.",
    TextPolicy.REFERENCE: "This publisher's texts are kept as references only.",
}
SHARED = "The same bytes hold a report that readers may not have."
CUT = "Words of this report are withheld to protect people; what holds them, or may hold them, is not let out."
# What lines of the log say that is no size and holds none.
TELLING_NO_SIZE = frozenset({"extractor", "kind", "normalisation", "number"})
PRIVATE = "The bytes hold cookies or other signs of the person who made the copy."


def add_report(bag: Bag, article: Article) -> None:
    """Write a public article, which comes with its source, below `data/articles/<id>/`, as readers see it."""
    article = withheld.shown_article(article)
    policy = article.source.text_policy if article.source else TextPolicy.PASSAGES
    folder = f"articles/{article.public_id}"
    texts = TextVersion.objects.filter(article=article).select_related("capture").order_by("number")
    texts = capture_bytes.marked_cut(texts, "capture__bytes")
    captures = list(capture_bytes.marked_cut(Capture.objects.filter(article=article)).order_by("pk"))
    digests = {capture.bytes_id for capture in captures}
    shut = capture_bytes.shut(digests) if policy == TextPolicy.FULL else set()
    private = capture_bytes.private(digests)
    other = CUT if article.withheld else SHARED
    why = {digest: PRIVATE if digest in private else other for digest in shut}
    cut = [text.number for text in texts if withheld.is_cut(text, article)] if article.withheld else []
    described = {
        **metadata(article),
        "copies": [
            copy(capture, article, folder, closed(policy, why.get(capture.bytes_id, ""))) for capture in captures
        ],
        "texts": [
            drawn(text, article, folder, closed(policy, CUT if text.number in cut else ""))
            for text in texts.defer("text")
        ],
    }
    described["custody"] = list(add_custody(bag, folder, article))
    bag.add(f"{folder}/report.json", [pretty(described)])
    if policy != TextPolicy.FULL:
        return
    for number in texts.exclude(number__in=cut).values_list("number", flat=True):
        bag.add(f"{folder}/texts/{number}.txt", [texts.get(number=number).text.encode()])
    for sha256 in dict.fromkeys(capture.bytes_id for capture in captures if capture.bytes_id not in shut):
        bag.add(f"{folder}/copies/{sha256}", capture_bytes.sound_pieces(sha256))


def add_custody(bag: Bag, folder: str, article: Article) -> Iterator[Node]:
    """Write each event of a report's log as the lines whose sha256 is its hash; yield what it says."""
    events: Any = CustodyEvent.objects.filter(article=article).select_related("article", "capture", "text_version")
    events = capture_bytes.marked_cut(events, "capture__bytes")
    for one in events.defer("text_version__text").order_by("number").iterator(chunk_size=500):
        path = f"{folder}/custody/{one.number:09}.txt"
        is_closed = (bool(article.withheld) or bool(one.is_cut)) and tells(one, article)
        digest = one.hash if is_closed else bag.add(path, [custody.entry_of(one).encode()])
        yield {
            "number": one.number,
            "at": annotations.utc(one.at),
            "event": one.event,
            "role": one.role,
            "hash": one.hash,
            "previous": one.previous,
            "file": None if is_closed else path,
            **({"not_let_out": CUT} if is_closed else {}),
            **({} if digest == one.hash else {"warning": "The file does not have this hash: the log was changed."}),
        }


def tells(event: Any, article: Article) -> bool:
    """Whether a line of the log tells of withheld words: it has them, or numbers that may be the size of what does.

    What a line says is read, not of what kind it is: whatever the log learns to tell, nothing but what is known to tell
    no size is let out.
    """
    told = json.loads(event.details)
    return bool(told.keys() - TELLING_NO_SIZE) or holds(event.details, withheld.words_of(article))


def add_passages(bag: Bag, passages: Iterable[Passage]) -> None:
    """Write passages as Web Annotations, one file for each, as `/passages/<id>.jsonld` gives them.

    They are public, and come with text, capture, article, source and citations.
    """
    for passage in withheld.shown_passages(passages):
        bag.add(f"passages/{passage.public_id}.jsonld", [pretty(annotations.document(passage))])


def public_passages() -> models.QuerySet[Passage]:
    """The passages that readers may see, with what an annotation is made of, in a fixed order."""
    related = ("text_version__article__source", "text_version__capture")
    found = Passage.objects.published().select_related(*related).defer("text_version__text")
    return found.prefetch_related("citations").order_by("public_id")


def metadata(article: Article) -> Node:
    return {
        "id": article.public_id,
        "address": addresses.whole("article", article.public_id),
        "title": article.title,
        "authors": list(authors(article)),
        "publisher": outlet_name(article),
        "url": article.url,
        "published": str(article.published_on or "") or None,
        "language": article.language,
        "licence": article.source.licence if article.source else "",
    }


def copy(capture: Any, article: Article, folder: str, why: str) -> Node:
    """What is known of one copy; ``file`` is its place in `data/`, null where it is not let out."""
    capture.article = article
    capture = withheld.shown_capture(capture)
    return {
        "sha256": capture.bytes_id,
        "bytes": None if capture.is_cut else capture.size,
        "media_type": capture.media_type,
        "method": capture.method,
        "taken": annotations.utc(capture.captured_at) if capture.captured_at else None,
        "clock": capture.clock,
        "received": annotations.utc(capture.created_at),
        "tool": capture.tool,
        "asked_for": capture.original_url,
        "answered_by": capture.final_url,
        "http_status": capture.http_status,
        "payload_sha256": capture.payload_sha256,
        "block_sha256": capture.block_sha256,
        "file": None if why else f"{folder}/copies/{capture.bytes_id}",
        **({"not_let_out": why} if why else {}),
    }


def drawn(text: Any, article: Article, folder: str, why: str) -> Node:
    """What is known of one text; positions of passages count its Unicode code points from 0."""
    return {
        "number": text.number,
        "address": permalink(article, text),
        "sha256": text.sha256,
        "characters": None if text.is_cut else text.length,
        "made": annotations.utc(text.created_at),
        "from_copy": text.capture.bytes_id,
        "extractor": text.extractor,
        "normalisation": text.normalisation,
        "file": None if why else f"{folder}/texts/{text.number}.txt",
        **({"not_let_out": why} if why else {}),
    }


def closed(policy: str, otherwise: str = "") -> str:
    """Why something is not let out; empty where it is."""
    return NOT_LET_OUT.get(TextPolicy(policy), "") or otherwise


def pretty(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
