"""Articles in the words of schema.org: the report as its publisher's, our record of it, the passages that are cited."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from archive import addresses
from archive.articles.article_citations import (
    SCHEMA_TYPES,
    as_published,
    is_on_the_web,
    kind_of,
    may_quote,
    outlet_name,
    permalink,
)
from archive.models import Article, Passage, TextVersion

Node = dict[str, Any]
CONTEXT = "https://schema.org"


def archive_itself() -> Node:
    return {"@type": "Organization", "@id": addresses.whole("home") + "#archive", "name": _(settings.SITE_NAME),
            "url": addresses.whole("home")}  # fmt: skip


def document(article: Article, text: TextVersion | None, passages: Iterable[Passage]) -> Node:
    """Return the JSON-LD of an article: the report, our record of it (one text), and quotations from it."""
    return {"@context": CONTEXT, "@graph": [*nodes(article, text), *(quotation(passage) for passage in passages)]}


def nodes(article: Article, text: TextVersion | None) -> list[Node]:
    """Return the report and our record of it."""
    return [report(article, text), record(article, text)]


def report_id(article: Article) -> str:
    """What the report is called: its own address, or one that we give it."""
    return article.url if is_on_the_web(article) else f"{addresses.whole('article', article.public_id)}#report"


def report(article: Article, text: TextVersion | None) -> Node:
    """Return the report as published; unknown values are left out."""
    reference = as_published(article, text)
    publisher: Node | None = None
    if article.source:
        publisher = {
            "@type": "Organization",
            "@id": addresses.whole("source", article.source.slug) + "#source",
            "name": outlet_name(article),
            "url": article.source.homepage,
        }
    node = {
        "@type": SCHEMA_TYPES[kind_of(article)],
        "@id": report_id(article),
        "name": article.title,
        "headline": article.title if kind_of(article) != "dataset" else "",
        "datePublished": str(article.published_on or ""),
        "inLanguage": article.language,
        "author": [{"@type": "Person", "name": name} for name in reference.authors],
        "publisher": known(publisher or {}),
        "url": reference.url,
        "archivedAt": permalink(article, text),
        "license": article.source.licence if article.source else "",
    }
    return known(node)


def record(article: Article, text: TextVersion | None) -> Node:
    """Return our record of the report: a page that shows one text of it."""
    node = {
        "@type": "WebPage",
        "@id": permalink(article, text),
        "url": permalink(article, text),
        "name": article.title,
        "inLanguage": article.language,
        "version": str(text.number) if text else "",
        "dateCreated": f"{text.created_at:%Y-%m-%d}" if text else "",
        "isBasedOn": {"@id": report_id(article)},
        "publisher": archive_itself(),
    }
    return known(node)


def quotation(passage: Passage) -> Node:
    """Return a cited passage (it comes with article and citations); its words only where readers may see them."""
    article = passage.text_version.article
    address = addresses.whole("passage", passage.public_id)
    node = {
        "@type": "Quotation",
        "@id": address,
        "url": address,
        "text": passage.exact if may_quote(article) else None,
        "inLanguage": article.language,
        "isPartOf": {"@id": report_id(article)},
        "subjectOf": [{"@id": f"{settings.SITE_URL}{citation.path}"} for citation in passage.citations.all()],
    }
    return known(node)


def known(node: Node) -> Node:
    """Leave out what is not known."""
    return {key: value for key, value in node.items() if value not in ("", None, [], {})}
