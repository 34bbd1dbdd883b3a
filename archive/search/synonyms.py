"""Words that mean the same to readers, so that a search for one finds the other: docs/searching.md explains.

Only what is the same thing, spelt or said otherwise, in one language: no translations, no kinds of a thing. Applied
when a query is read, to single words and to words of phrases; `expand=no` turns it off. What is written as one word or
as two (`COMPOUNDS`) is found either way; a hyphen parts words as a space does.
"""

from functools import cache

from archive.search.words import word_list, words_of

Key = tuple[str, ...]

GROUPS = (
    ("مستشفى", "مشفى"),
    ("مستشفيات", "مشافي"),
    ("مدرسة", "مدارس"),
    ("مسجد", "جامع"),
    ("سوق", "أسواق"),
    ("صاروخ", "صواريخ"),
    ("برميل", "براميل"),
    ("قذيفة", "قذائف"),
    ("كيماوي", "كيميائي"),
    ("center", "centre"),
    ("defence", "defense"),
    ("neighborhood", "neighbourhood"),
    ("mosque", "masjid"),
)
COMPOUNDS = (("airstrike", "airstrikes", "air strike", "air strikes"),)
MOST_VARIANTS = 8  # of one phrase


@cache
def others() -> dict[str, tuple[str, ...]]:
    """Folded word → the other folded words of its group."""
    groups = [[word for surface in group for word in words_of(surface)[:1]] for group in GROUPS]
    return {word: tuple(other for other in group if other != word) for group in groups for word in group}


@cache
def compounds() -> dict[Key, tuple[Key, ...]]:
    """Folded words of a compound → those of the other ways to write it."""
    groups = [[tuple(word_list(surface)) for surface in group] for group in COMPOUNDS]
    return {key: tuple(other for other in group if other != key) for group in groups for key in group}


def canonical(word: str) -> str:
    """One folded word for all of a group."""
    return min((word, *others().get(word, ())))
