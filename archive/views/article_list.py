"""The list of articles: page, files and feed, the same set in each."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive import addresses, exports
from archive.articles import article_feed
from archive.articles import exports as article_exports
from archive.articles.article_filters import ArticleFilters
from archive.articles.article_listing import ArticleListing, read_articles
from archive.articles.fields import ARTICLE
from archive.lists.tidy import tidied
from archive.models import GazetteerFile, Source
from archive.web import caching
from archive.web.atom import SIZE as FEED_SIZE
from archive.web.atom import atom

cached = caching.by_state_of(Source, GazetteerFile)


@require_safe
@tidied(ArticleFilters)
@cached
def articles(request: HttpRequest) -> HttpResponse:
    return render(request, "archive/article_list.html", {"listing": ArticleListing(read_articles(request.GET))})


@require_safe
@cached
def articles_csv(request: HttpRequest) -> HttpResponseBase:
    options = exports.CsvOptions(request.GET)
    columns, marked = article_exports.CSV_COLUMNS, options.is_marked
    return exports.file_of(
        read_articles(options.rest),
        lambda rows: exports.csv_file("articles.csv", columns, article_exports.records(rows), is_marked=marked),
        options,
    )


@require_safe
@cached
def articles_xlsx(request: HttpRequest) -> HttpResponseBase:
    """A workbook in the language of the address; not of any length."""
    filters = read_articles(request.GET)
    if refusal := exports.refusal(filters):
        return refusal
    listing = ArticleListing(filters)
    about = [*exports.about_sheet(listing, "articles"), (_("Licence"), _("Titles belong to their publishers."))]
    made = exports.refusal_of_size(listing.count.number) or exports.spreadsheet_file(
        "articles.xlsx",
        ARTICLE,
        article_exports.records(exports.ordered_set(filters)),
        exports.Book(sheet=_("Articles"), about=about),
    )
    return exports.with_readings(made, filters)


@require_safe
@cached
def articles_parquet(request: HttpRequest) -> HttpResponseBase:
    filters = read_articles(request.GET)
    about = exports.about_file(ArticleListing(filters), "articles")
    return exports.file_of(
        filters, lambda rows: exports.parquet_file("articles.parquet", ARTICLE, article_exports.records(rows), about)
    )


@require_safe
@cached
def articles_jsonl(request: HttpRequest) -> HttpResponseBase:
    return exports.file_of(
        read_articles(request.GET), lambda rows: exports.jsonl_file("articles.jsonl", article_exports.records(rows))
    )


@require_safe
@cached
def articles_atom(request: HttpRequest) -> HttpResponseBase:
    """The 50 articles of the set that were published last."""
    filters = read_articles(request.GET)
    if refusal := exports.refusal(filters):
        return refusal
    listing = ArticleListing(read_articles(article_feed.in_order(request.GET, "newest")), size=FEED_SIZE)
    made = atom(
        title=listing.sentence,
        path=article_feed.address(addresses.path("articles_atom"), listing),
        list_path=article_feed.address(addresses.path("articles"), listing),
        entries=article_feed.article_entries(listing.page.rows),
    )
    return exports.with_readings(made, filters)
