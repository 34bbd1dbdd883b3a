"""How an article, one text of it, or a passage is cited: as its authors' or its outlet's, with our copy."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from archive import addresses
from archive.citing import Reference
from archive.citing.reference import Kind
from archive.models import Article, Passage, TextVersion
from archive.terms import SourceKind, TextPolicy
from archive.web.citations import described_by
from archive.web.linking import SCHEMA, Link

KINDS: dict[str, Kind] = {
    SourceKind.NGO: "report",
    SourceKind.OFFICIAL: "report",
    SourceKind.DATASET: "dataset",
}
# What Zotero takes the page for, and schema.org's name of it.
ITEM_TYPES = {"article": "newspaperArticle", "report": "report", "dataset": "dataset"}
SCHEMA_TYPES = {"article": "NewsArticle", "report": "Report", "dataset": "Dataset"}


def kind_of(article: Article) -> Kind:
    """What the article is cited as; the report of an outlet that is not known is an article."""
    return KINDS.get(article.source.kind, "article") if article.source else "article"


def outlet_name(article: Article) -> str:
    """The publisher's name in the language that the article is written in, where it is known."""
    if not article.source:
        return ""
    is_arabic = article.language.startswith("ar")
    return (is_arabic and article.source.name_ar) or article.source.name_en


def authors(article: Article) -> tuple[str, ...]:
    return tuple(name.strip() for name in article.authors.split(";") if name.strip())


def is_on_the_web(article: Article) -> bool:
    """Whether its address can be followed; some are of files or of pages long gone from memory."""
    return article.url.startswith(("http://", "https://"))


def permalink(article: Article, text: TextVersion | None) -> str:
    """The whole address of one text of the article, which never changes; of the article where it has no text."""
    if text is None:
        return addresses.whole("article", article.public_id)
    return addresses.whole("article_text", article.public_id, text.number)


def taken_on(text: TextVersion) -> date:
    """The day of the copy that a text was drawn from: when it left its source, or else when it came to us."""
    moment: datetime = text.capture.captured_at or text.capture.created_at
    return moment.date()


def as_published(article: Article, text: TextVersion | None) -> Reference:
    """The article as its publisher's, with the address of our copy. ``text`` comes with its capture."""
    captured_at = text.capture.captured_at if text else None
    return Reference(
        kind=kind_of(article),
        key=article.public_id,
        title=article.title,
        publisher=outlet_name(article),
        url=article.url if is_on_the_web(article) else "",
        issued=article.published_on,
        authors=authors(article),
        archive=_(settings.SITE_NAME),
        archived_url=permalink(article, text),
        accessed=captured_at.date() if captured_at else None,
        language=article.language,
        sha256=text.capture.bytes_id if text else "",
    )


def as_kept(article: Article, text: TextVersion) -> Reference:
    """One text of the report as the archive has it: still its authors' or its outlet's, never ours.

    The address is that of the text here; the note says where the report came from.
    """
    address = permalink(article, text)
    origin = article.url or ", ".join(filter(None, [outlet_name(article), str(article.published_on or "")]))
    values = vars(as_published(article, text)) | {
        "key": f"{article.public_id}-text{text.number}",
        "url": address,
        "archived_url": address,
        "accessed": taken_on(text),
        "version": str(text.number),
        "note": f"Text of a report: {origin}" if origin else "",
        "sha256": text.sha256,
    }
    return Reference(**values)


def of_passage(passage: Passage) -> Reference:
    """The article that a passage stands in, with the passage's address, and its words where readers may see them."""
    text = passage.text_version
    article = text.article
    published = as_published(article, text)
    values = vars(published) | {
        "key": passage.public_id,
        "archived_url": addresses.whole("passage", passage.public_id),
        "note": " ".join(filter(None, [f"“{passage.exact}”" if may_quote(article) else "", f"({place_of(passage)})"])),
    }
    return Reference(**values)


def place_of(passage: Passage) -> str:
    """Where the passage stands: which text of the report, which characters of it, counted from 1."""
    return f"text {passage.text_version.number}, characters {passage.start + 1}–{passage.end}"


def may_quote(article: Article) -> bool:
    """Whether readers may see words of the article at all."""
    return article.source is None or article.source.text_policy != TextPolicy.REFERENCE


def links(article: Article, text: TextVersion | None) -> list[Link]:
    """What the header of the article's page says of it; ``text`` is the one that the page shows."""
    cite_as = permalink(article, text)
    made = [
        Link(cite_as, "cite-as"),
        Link(f"{SCHEMA}{SCHEMA_TYPES[kind_of(article)]}", "type"),
        Link(f"{SCHEMA}WebPage", "type"),
        Link(addresses.whole("articles"), "collection", "text/html"),
        *described_by(
            lambda suffix: addresses.whole("article_citation", article.public_id, suffix),
            addresses.whole("article_jsonld", article.public_id),
        ),
    ]
    if article.source and article.source.licence.startswith(("http://", "https://")):
        made.append(Link(article.source.licence, "license"))
    if text:
        made.append(Link(addresses.whole("article", article.public_id), "latest-version", "text/html"))
    return made
