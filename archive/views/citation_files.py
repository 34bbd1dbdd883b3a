"""Articles, their texts and passages as citation managers and search engines read them."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from archive import addresses, withheld
from archive.articles import article_citations
from archive.articles import jsonld as article_jsonld
from archive.models import Article, Passage, TextVersion
from archive.texts_in_time import latest_first
from archive.views.passage_page import published_passage
from archive.web import citations
from archive.web.linking import Link


@require_safe
def article_citation(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The article as its publisher's, with the address of our current text of it."""
    article = published_article(public_id)
    reference = article_citations.as_published(article, text_of(article))
    return citations.file(reference, form, describes=addresses.whole("article", public_id))


@require_safe
def text_citation(request: HttpRequest, public_id: str, number: int, form: str) -> HttpResponse:
    """Our record of the article: one text of it."""
    article = published_article(public_id)
    text = text_of(article, number)
    if text is None:
        raise Http404
    address = article_citations.permalink(article, text)
    return citations.file(article_citations.as_kept(article, text), form, describes=address)


@require_safe
def passage_citation(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The article that the passage stands in, with the address of the passage and its words."""
    reference = article_citations.of_passage(published_passage(public_id))
    return citations.file(reference, form, describes=addresses.whole("passage", public_id))


@require_safe
def article_jsonld_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The article, our record of it and the quotations that records cite, in the words of schema.org."""
    article = published_article(public_id)
    passages = (
        Passage.objects.published()
        .filter(text_version__article=article)
        .select_related("text_version__article__source")
        .defer("text_version__text")
        .prefetch_related("citations")
    )
    document = article_jsonld.document(article, text_of(article), withheld.shown_passages(passages))
    response = JsonResponse(document, content_type=citations.LD_JSON, json_dumps_params={"ensure_ascii": False})
    return citations.linked(response, [Link(addresses.whole("article", public_id), "describes", "text/html")])


def published_article(public_id: str) -> Article:
    """Return an article as readers see it."""
    found = get_object_or_404(Article.objects.published().select_related("source"), public_id=public_id)
    return withheld.shown_article(found)


def text_of(article: Article, number: int | None = None) -> TextVersion | None:
    """One text of the article with its capture, without its words; the current one if no number is given."""
    texts = latest_first(TextVersion.objects.filter(article=article).select_related("capture").defer("text"))
    return (texts.filter(number=number) if number is not None else texts).first()
