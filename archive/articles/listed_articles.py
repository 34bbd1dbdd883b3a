"""The rows of a list of articles, with what a search found in each, as far as readers may read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils.safestring import SafeString

from archive import marks, search, withheld
from archive.models import Article, ArticleRow, Passage
from archive.read_by_key import ReadByKey
from archive.terms import TextPolicy
from archive.texts_in_time import current_texts

SNIPPET = 280  # code points
MOST_READ = 40_000  # code points of a text in which a snippet is looked for


@dataclass(frozen=True, slots=True)
class ListedArticle(ReadByKey):
    """An article of a list; `title` and `snippet` have the words that were searched for marked, as HTML.

    `is_hit_hidden`: the words are in the text, in a part that readers may not read here.
    """

    article: Article
    title: SafeString
    snippet: SafeString | None = None
    is_hit_hidden: bool = False


def listed(rows: Sequence[ArticleRow], query: search.Query) -> list[ListedArticle]:
    """The articles of one page in its order: at most four queries, whatever their number."""
    found = Article.objects.published().select_related("source").order_by().in_bulk([row.pk for row in rows])
    articles = [withheld.shown_article(found[row.pk]) for row in rows if row.pk in found]
    titles = [article.title for article in articles]
    texts = readable_texts(articles) if query.phrases else {}
    spans = query.spans([*titles, *(texts.get(article.pk, "") for article in articles)])
    return [
        listed_article(article, title_spans, texts.get(article.pk, ""), text_spans, is_search=bool(query.phrases))
        for article, title_spans, text_spans in zip(articles, spans[: len(titles)], spans[len(titles) :], strict=True)
    ]


def listed_article(
    article: Article, title: list[search.Span], text: str, found: list[search.Span], *, is_search: bool
) -> ListedArticle:
    return ListedArticle(
        article,
        title=marks.render_highlights(article.title, title),
        snippet=marks.snippet(text, found, SNIPPET) if found else None,
        is_hit_hidden=is_search and not found and not title,
    )


def readable_texts(articles: Sequence[Article]) -> dict[int, str]:
    """Article → what readers may read of it: its current text, or the passages that published records cite."""
    whole = [article.pk for article in articles if policy(article) == TextPolicy.FULL]
    cited = [article.pk for article in articles if policy(article) == TextPolicy.PASSAGES]
    cut = [article for article in articles if article.withheld]
    texts = dict(current_texts(whole).values_list("article", Left("text", MOST_READ)))
    passages = Passage.objects.published().filter(text_version__article__in=cited).order_by("text_version", "start")
    quotes = passages.exclude(text_version__article__in=cut) if cut else passages
    for pk, exact in [*quotes.values_list("text_version__article", "exact"), *without_words(passages, cut)]:
        texts[pk] = f"{texts[pk]}\n… {exact}" if pk in texts else exact
    by_pk = {article.pk: article for article in cut if policy(article) == TextPolicy.FULL}
    for text in current_texts(by_pk) if by_pk else ():
        texts[text.article_id] = withheld.shown_text(text, by_pk[text.article_id]).text[:MOST_READ]
    return texts


def without_words(passages: QuerySet[Passage], cut: Sequence[Article]) -> list[tuple[int, str]]:
    """Article and words of each passage of these articles, of which words are withheld."""
    if not cut:
        return []
    found = passages.filter(text_version__article__in=cut).select_related("text_version__article")
    shown = withheld.shown_passages(found.defer("text_version__text"))
    return [(passage.text_version.article_id, passage.exact) for passage in shown]


def policy(article: Article) -> str:
    """What readers may read of an article's text; without a known source, the passages that are cited."""
    return article.source.text_policy if article.source else TextPolicy.PASSAGES
