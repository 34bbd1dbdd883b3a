import random
from itertools import product
from string import ascii_lowercase

from benchmarks.words import vocabulary


def test_vocabulary_tells_common_words_from_rare_ones():
    odd = [f"single{one}{other}" for one, other in product(ascii_lowercase, repeat=2)]
    often = ["shells gunfire", "rockets", "mortars drones"]
    texts = [f"everywhere {often[n % 3]} {word}" for n, word in enumerate(odd)]

    found = vocabulary(texts, random.Random(1))

    assert set(found.common) == {"shells", "gunfire", "rockets", "mortars", "drones"}
    assert set(found.rare) == set(odd)


def test_vocabulary_takes_the_most_frequent_where_texts_share_little():
    found = vocabulary(["first alone", "second alone", "third alone"], random.Random(1))

    assert "alone" in found.common


def test_vocabulary_cuts_phrases_that_stand_in_a_text():
    texts = ["two quiet villages slept well", "nothing at all"]

    found = vocabulary(texts, random.Random(1))

    assert found.phrases
    assert all(any(phrase in text for text in texts) for phrase in found.phrases)
