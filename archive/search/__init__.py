"""The vocabulary of search: what a word is, what is in the index, how a query is read, what is highlighted.

Texts are cut into words and folded in Python, stemmed by PostgreSQL's dictionaries one word at a time; index, query and
highlights share that rule, so that what is found is what is marked, whatever the database's locale.
"""

from archive.search.expansions import Expansion, finds_names
from archive.search.guesses import Alike, likens_names, searches
from archive.search.indexing import articles_that_differ, index_articles, index_cited
from archive.search.query import Query, parse
from archive.search.vectors import vector, vectors
from archive.text.excerpts import Span

__all__ = [
    "Alike",
    "Expansion",
    "Query",
    "Span",
    "articles_that_differ",
    "finds_names",
    "index_articles",
    "index_cited",
    "likens_names",
    "parse",
    "searches",
    "vector",
    "vectors",
]
