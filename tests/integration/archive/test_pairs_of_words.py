"""Phrases and best matches are looked up in the index; no text is read for them."""

from itertools import product

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from archive import search
from archive.models import ArticleRow
from archive.search import pairs
from archive.search.vectors import split_vectors
from tests.factories.archive import ArticleFactory, SourceFactory, TextVersionFactory

pytestmark = pytest.mark.django_db

WORDS = ["mill", "roof", "the", "of", "bakery", "مطحنة", "قرب", "2016", "granary"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
phrases = st.lists(st.sampled_from(WORDS), min_size=2, max_size=5).map(" ".join)


def holds(vector: str, notation: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, notation])
        return bool(cursor.fetchone()[0])


def said_in(text: str, phrase: str) -> bool:
    """Whether the words that can be searched for follow each other so, with as many common ones between."""
    known = {"the": "", "of": ""}
    spoken = [known.get(word, word) for word in text.split()]
    wanted = [known.get(word, word) for word in phrase.split()]
    while wanted and not wanted[0]:
        wanted.pop(0)
    while wanted and not wanted[-1]:
        wanted.pop()
    return any(spoken[at : at + len(wanted)] == wanted for at in range(len(spoken)))


@given(texts, phrases)
def test_phrase_is_found_by_pairs_where_its_words_follow_each_other(text, phrase):
    [written] = split_vectors([{"D": text}])
    query = search.parse(f'"{phrase}"', expand=False)
    if query.is_empty:
        return

    assert holds(written.whole, pairs.by_pairs(query.notation)) == said_in(text, phrase)
    unpaired = f"{written.words} '{pairs.UNPAIRED}'"
    assert holds(unpaired, pairs.by_pairs(query.notation)) == holds(written.words, query.notation)


@given(st.lists(texts, min_size=2, max_size=3), phrases)
def test_phrase_does_not_run_from_one_part_into_the_next(parts, phrase):
    document = dict(zip("ABD", parts, strict=False))
    query = search.parse(f'"{phrase}"', expand=False)
    if query.is_empty:
        return

    assert holds(search.vector(**document), pairs.by_pairs(query.notation)) == any(
        said_in(part, phrase) for part in parts
    )


@pytest.mark.parametrize(
    ("policy", "found"),
    [("full", {"title", "text"}), ("passages", {"title", "cited"}), ("reference", {"title", "cited"})],
)
def test_pairs_of_a_text_are_found_as_far_as_readers_may_read_it(policy, found):
    article = ArticleFactory(source=SourceFactory(text_policy=policy), title="Granary ladder")
    TextVersionFactory(article=article, text="The mill roof fell. The mill roof burned. A mill roof.")
    search.index_articles([article.pk])
    ArticleRow.objects.update(cited_vector=search.vector(B="cellar stairs"))
    asked = {"title": '"granary ladder"', "text": '"mill roof"', "cited": '"cellar stairs"'}

    assert {name for name, typed in asked.items() if search.parse(typed).filter(ArticleRow.objects.all())} == found
    about = {"title": "granary", "text": "mill", "cited": "cellar"}
    assert {
        name for name, typed in about.items() if any(next(search.parse(typed).best(ArticleRow.objects.all())))
    } == found


def test_text_with_too_many_words_for_pairs_is_found_by_phrases_as_before():
    words = [
        f"{letters}{number}endless" for number in range(2_000) for letters in map("".join, product("kmz", repeat=3))
    ]
    article = ArticleFactory(source=SourceFactory(text_policy="full"))
    TextVersionFactory(article=article, text=f"The mill roof fell. {' '.join(words)}")
    search.index_articles([article.pk])

    row = ArticleRow.objects.get()
    assert row.pair_vector
    assert "'fell kk0endless'" not in row.vector
    assert search.parse('"mill roof"').filter(ArticleRow.objects.all()).count() == 1
    assert search.parse('"roof mill"').filter(ArticleRow.objects.all()).count() == 0
    assert "'~'" in search.vector(D=f"The mill roof fell. {' '.join(words)}")


def test_rows_from_before_there_were_pairs_are_found_by_phrases():
    article = ArticleFactory(source=SourceFactory(text_policy="full"))
    TextVersionFactory(article=article, text="The mill roof fell.")
    search.index_articles([article.pk])
    ArticleRow.objects.update(pair_vector="")

    assert pairs.UNPAIRED in ArticleRow.objects.get().vector
    assert search.parse('"mill roof"').filter(ArticleRow.objects.all()).count() == 1


@pytest.mark.parametrize(
    ("typed", "conditions"),
    [
        ("mill", ["'^mill'"]),
        ("mill granary", ["('^mill' & '^granari')", "'^mill' | '^granari'"]),
        ('"mill granary"', ["('^mill' & '^granari')", "'^mill' | '^granari'"]),
        ("mill -granary", ["'^mill'"]),
        ("mill or -granary", []),
    ],
)
def test_about_names_the_words_that_a_text_is_about(typed, conditions):
    assert list(pairs.about(search.parse(typed, expand=False).wanted)) == conditions
