"""The page of an article: what is known of it, its text as far as readers may read it, what cites it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive import capture_bytes, following, withheld
from archive.articles import mementos
from archive.articles.article_citations import is_on_the_web
from archive.articles.citing import citing, passage_citation
from archive.articles.text_changes import changes
from archive.localisation import localised
from archive.marks import Mark, render_labels, render_passages
from archive.models import Article, Citation, Passage, TextVersion
from archive.read_by_key import ReadByKey
from archive.reported_errors import shown_answers
from archive.terms import Spoken, TextPolicy
from archive.text.excerpts import readable
from archive.texts_in_time import captures_in_time, latest_first
from archive.web.citations import linked


@dataclass(frozen=True, slots=True)
class Stretch(ReadByKey):
    """A part of a text with its marks; ``follows_gap`` and ``before_gap`` say that text beside it is left out."""

    html: SafeString
    follows_gap: bool
    before_gap: bool


@dataclass(frozen=True, slots=True)
class CitedRecord(ReadByKey):
    """A published record that the article supports, and what of it."""

    path: str
    title_en: str
    title_ar: str
    is_current: bool
    passages: int


def article(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the article with its current text."""
    return article_page(request, public_id, number=None)


def article_text(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show the article with one of its texts."""
    return article_page(request, public_id, number=number)


def article_page(request: HttpRequest, public_id: str, *, number: int | None) -> HttpResponse:
    found = get_object_or_404(Article.objects.published().select_related("source"), public_id=public_id)
    shown = withheld.shown_article(found)
    texts = TextVersion.objects.filter(article=shown).select_related("capture").defer("text")
    versions = list(latest_first(texts))  # the current one first
    version = next((one for one in versions if number in (None, one.number)), None)
    if number is not None and not version:
        raise Http404
    passages = list(
        Passage.objects.published()
        .filter(text_version__article=shown)
        .select_related("text_version__article")
        .defer("text_version__text")
        .prefetch_related("citations")
    )
    marked = [passage for passage in passages if version and passage.text_version_id == version.pk]
    is_old_text = bool(version and version.pk != versions[0].pk)
    cited = citing(shown, version, is_old=is_old_text)
    captures = list(capture_bytes.marked_cut(captures_in_time(shown)).select_related("bytes").defer("bytes__data"))
    followed = following.followed_passages(passages) if len(versions) > 1 else {}
    again = {pk for pk, one in followed.items() if one.is_sure}  # readers are told of sure ones only
    policy = shown.source.text_policy if shown.source else TextPolicy.PASSAGES
    context = {
        "article": shown,
        "version": version,
        "versions": versions,
        "captures": captures,
        "has_changed": bool(changes(captures, versions)),
        "policy": policy,
        "stretches": stretches(version, policy, marked, found),
        "labels": render_labels([mark(passage, 0, 1) for passage in marked]),
        "passages": [
            (passage, passage_citation(in_text(passage, shown, version)), passage.pk in again)
            for passage in withheld.shown_passages(marked)
        ],
        "elsewhere": [
            (passage, passage.pk in again)
            for passage in withheld.shown_passages(one for one in passages if one not in marked)
        ],
        "records": cited_records(passages),
        "web_address": is_on_the_web(shown),
        "web_archives": mementos.elsewhere(captures, found),
        "withheld": withheld.kinds(found),
        "is_old_text": is_old_text,
        "citing": cited,
        "answered": shown_answers(
            [(Spoken.ARTICLE, shown.public_id), *((Spoken.PASSAGE, one.public_id) for one in passages)]
        ),
    }
    response = linked(render(request, "archive/article.html", context), [*cited.links, *mementos.links(shown)])
    taken_at = mementos.taken_at(shown, version)
    if number is not None and taken_at:
        response.headers["Memento-Datetime"] = mementos.said(taken_at)
    return response


def in_text(passage: Passage, article: Article, text: TextVersion | None) -> Passage:
    """Return the passage with its text and article at hand, which the page has read already."""
    if text:
        text.article = article
        passage.text_version = text
    return passage


def stretches(version: TextVersion | None, policy: str, passages: Sequence[Passage], article: Article) -> list[Stretch]:
    """Return what may be read of the text, each part with the marks that lie in it."""
    if version is None or policy == TextPolicy.REFERENCE:
        return []
    shown = withheld.shown_text(version, article)
    text = shown.text
    placed = [(passage, shown.at(passage.start), shown.at(passage.end, is_end=True)) for passage in passages]
    spans = readable(text, policy, [(first, last) for _passage, first, last in placed])
    made = []
    for start, end in spans:
        inside = [
            mark(passage, first - start, last - start)
            for passage, first, last in placed
            if start <= first and last <= end
        ]
        html = render_passages(text[start:end], inside, href="#note-{id}")
        made.append(Stretch(html, follows_gap=start > 0, before_gap=end < len(text) and (start, end) == spans[-1]))
    return made


def mark(passage: Passage, start: int, end: int) -> Mark:
    titles = [localised(one.title_en, one.title_ar) for one in passage.citations.all()]
    label = _("Cited in: %(records)s") % {"records": pgettext("list of titles", "; ").join(titles)}
    return Mark(passage.public_id, start, end, label)


def cited_records(passages: Sequence[Passage]) -> list[CitedRecord]:
    """Return the records that cite these passages, those first whose current edition does."""
    found: dict[str, list[Citation]] = {}
    for passage in passages:
        for citation in passage.citations.all():
            found.setdefault(citation.record, []).append(citation)
    records = [
        CitedRecord(
            path=citations[0].path,
            title_en=citations[0].title_en,
            title_ar=citations[0].title_ar,
            is_current=any(citation.is_current for citation in citations),
            passages=len(citations),
        )
        for citations in found.values()
    ]
    return sorted(records, key=lambda record: not record.is_current)
