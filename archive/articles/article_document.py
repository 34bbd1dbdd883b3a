"""The whole of one article, as readers may have it: what is known of it, its copies, its texts, its cited passages."""

from datetime import UTC, datetime
from typing import Any

from archive import addresses, capture_bytes, withheld
from archive.articles import exports as article_exports
from archive.models import Article, ArticleRow, Capture, Passage, TextVersion
from archive.terms import TextPolicy


def document_of(row: ArticleRow) -> dict[str, Any]:
    """Return the document, without the texts themselves; its keys are those of `fields.ARTICLE_DOCUMENT`."""
    article = row.article
    record = next(article_exports.records_of([row]))
    captures = capture_bytes.marked_cut(Capture.objects.filter(article=article))
    drawn = TextVersion.objects.filter(article=article).select_related("capture").defer("text").order_by("number")
    texts = capture_bytes.marked_cut(drawn, "capture__bytes")
    passages = (
        Passage.objects.published()
        .filter(text_version__article=article)
        .select_related("text_version__article")
        .defer("text_version__text")
        .prefetch_related("citations")
    )
    may_quote = article.source is None or article.source.text_policy != TextPolicy.REFERENCE
    return {
        **record,
        "captures": [capture_record(capture, article) for capture in captures],
        "texts": [text_record(text, article) for text in texts],
        "passages": [passage_record(passage, may_quote=may_quote) for passage in withheld.shown_passages(passages)],
    }


def capture_record(capture: Any, article: Article) -> dict[str, Any]:
    return {
        "sha256": capture.bytes_id,
        "size": None if capture.is_cut else capture.size,
        "media_type": capture.media_type,
        "method": capture.method,
        "original_url": withheld.copied_from(capture.original_url, withheld.words_of(article)) or None,
        "captured_at": moment(capture.captured_at),
        "received_at": moment(capture.created_at),
    }


def text_record(text: Any, article: Article) -> dict[str, Any]:
    return {
        "number": text.number,
        "permalink": addresses.whole("article_text", article.public_id, text.number),
        "sha256": text.sha256,
        "length": None if text.is_cut else text.length,
        "extractor": text.extractor,
        "capture_sha256": text.capture.bytes_id,
    }


def passage_record(passage: Passage, *, may_quote: bool) -> dict[str, Any]:
    return {
        "id": passage.public_id,
        "text": passage.text_version.number,
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact if may_quote else None,
        "incidents": [citation.record for citation in passage.citations.all()],
    }


def moment(value: datetime | None) -> str | None:
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if value else None
