"""The facets of articles: source, language, when published, which towns are mentioned."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.articles.article_columns import language_code, language_number
from archive.lists import facets
from archive.lists.facets import Facet, Links, Terms
from archive.lists.labels import SOURCES, Label
from archive.lists.selection import Selection
from archive.lists.spans import Spans
from archive.localisation import language_name


def article_facets(selection: Selection, params: QueryDict) -> list[Facet]:
    """Count the facets of a list of articles; ``params`` are its filters."""
    columns = selection.columns
    published = columns.numbers["published"]
    found = [
        sources(selection, params),
        languages(selection, params),
        facets.dates(_("Published"), selection, params, Spans.days(published)),
        facets.places(_("Place mentioned"), selection, params),
    ]
    return [facet for facet in found if facet.values]


def sources(selection: Selection, params: QueryDict) -> Facet:
    chosen = facets.chosen_rows(selection, "source")
    counts = selection.columns.dimensions["source_id"].counts(selection.without("source"))
    return Terms(SOURCES.of([*counts, *chosen]), chosen, Links(params, "source")).facet(_("Source"), counts)


def languages(selection: Selection, params: QueryDict) -> Facet:
    counts = selection.columns.dimensions["language"].counts(selection.without("language"))
    code = selection.filters.value("language")
    chosen = {language_number(code): [code]} if code else {}
    labels = {number: label(number) for number in (*counts, *chosen)}
    links = Links(params, "language")
    links.as_given = links.rest  # only one can be given: another takes its place
    return Terms(labels, chosen, links).facet(_("Language"), counts)


def label(number: int) -> Label:
    code = language_code(number)
    return Label(number, code, language_name(code), "")
