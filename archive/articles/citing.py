"""What the page of an article shows for citing it: lines, files, and the head that citation tools read."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive import dates
from archive.articles import article_citations
from archive.articles import jsonld as article_jsonld
from archive.articles.article_citations import (
    as_kept,
    as_published,
    kind_of,
    may_quote,
    of_passage,
    outlet_name,
    permalink,
)
from archive.models import Article, Passage, TextVersion
from archive.web import citations, meta
from archive.web.linking import Link


@dataclass(frozen=True, slots=True)
class Citing:
    """``permalink`` is the whole address of the text shown, ``taken_on`` the ISO date of the copy it was drawn from."""

    citations: list[citations.Citation]
    head: meta.Head
    links: list[Link]
    permalink: str
    taken_on: str


def citing(article: Article, text: TextVersion | None, *, is_old: bool) -> Citing:
    """Return what the article's page, showing ``text``, says for citing it; the text comes with its capture."""
    links = article_citations.links(article, text)
    return Citing(
        citations=offered(article, text),
        head=meta.head(
            tags(article, text),
            canonical=canonical(article, text if is_old else None),
            links=links,
            jsonld={"@context": article_jsonld.CONTEXT, "@graph": article_jsonld.nodes(article, text)},
        ),
        links=links,
        permalink=permalink(article, text),
        taken_on=article_citations.taken_on(text).isoformat() if text else "",
    )


def offered(article: Article, text: TextVersion | None) -> list[citations.Citation]:
    """Return the report with its original address, and the text that we keep of it, where there is one."""
    made = [
        citations.shown(
            as_published(article, text),
            _("The report, with the archived copy"),
            lambda suffix: reverse("article_citation", args=[article.public_id, suffix]),
        )
    ]
    if text:
        heading = _("Text %(number)s of it, as this archive keeps it") % {"number": text.number}
        made.append(
            citations.shown(
                as_kept(article, text),
                heading,
                lambda suffix: reverse("text_citation", args=[article.public_id, text.number, suffix]),
            )
        )
    return made


def passage_citation(passage: Passage) -> citations.Citation:
    """Return a passage as the page of its article offers it for citing: first its words, with their place."""
    reference = of_passage(passage)
    made = citations.shown(reference, "", lambda suffix: reverse("passage_citation", args=[passage.public_id, suffix]))
    if not may_quote(passage.text_version.article):
        return made
    line = citations.line(reference, "Newsroom")
    quote = f"{citations.quoted(' '.join(passage.exact.split()))} ({line})"
    said = citations.Line(_("Quote with its place"), _("Copy the quote with its place"), citations.parts(quote))
    return replace(made, lines=[said, *made.lines])


def tags(article: Article, text: TextVersion | None) -> list[meta.Meta]:
    """The publisher's title, date and authors with our address: what a reader who saves the page wants to cite."""
    kind = kind_of(article)
    return meta.tags(
        item_type=article_citations.ITEM_TYPES[kind],
        title=article.title,
        url=permalink(article, text),
        site_name=outlet_name(article) or _(settings.SITE_NAME),
        publisher=outlet_name(article),
        published=str(article.published_on or ""),
        language=article.language,
        dc_type="Dataset" if kind == "dataset" else "Text",
        creators=article_citations.authors(article),
        description=description(article),
    )


def description(article: Article) -> str:
    """What search engines show of it: whose report it is, of which day, and what stands here."""
    on = article.published_on
    day = dates.describe(dates.parse(on.isoformat()), get_language() or "en") if on else ""
    outlet = article.source.name if article.source else outlet_name(article)
    said = pgettext("list of names", ", ").join(filter(None, [outlet, day]))
    what = _("A report as this archive keeps it, with the passages that records of attacks cite.")
    return f"{said}. {what}" if said else what


def canonical(article: Article, old_text: TextVersion | None) -> str:
    """The address that search engines keep, in the language of the page: an old text has its own."""
    if old_text:
        return settings.SITE_URL + reverse("article_text", args=[article.public_id, old_text.number])
    return settings.SITE_URL + reverse("article", args=[article.public_id])
