"""Spellings of one name: the key under which they are the same, and how alike two of them are.

Works for any name that is written in two scripts and many transliterations: places, actors, facilities.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import combinations, pairwise

from rapidfuzz.distance import DamerauLevenshtein, Indel

from archive.names.letters import APOSTROPHES, fold_characters, script_of

__all__ = [
    "is_article",
    "likeness",
    "name_key",
    "name_keys",
    "skeleton",
    "skeleton_of_sound",
    "sound_of_key",
    "spaceless",
    "without_article",
]

LIKENESS_CEILING = 0.95  # what sounds the same but is spelt differently is never as good as a known spelling

_WORD = re.compile(r"[^\W_]+")
# The l of the article takes the sound of a "sun letter" that follows: ar-Raqqa, ash-Sham. It is an article only there.
_SUN_ARTICLE = re.compile(r"[aei](sh|th|dh|[dnrstz])$")
_MOON_ARTICLES = frozenset({"al", "el", "il", "ul", "l"})
_DOUBLING = r"[ae](?:sh(?=sh)|th(?=th)|dh(?=dh)|d(?=d)|n(?=n)|r(?=r)|s(?=s)|t(?=t)|z(?=z))"
_ATTACHED_ARTICLE = re.compile(rf"(?:[ae]l(?=[^aeiou\W])(?=\w{{4}})|{_DOUBLING}(?=\w{{3}}))")
_INNER_ARTICLE = re.compile(rf"(?:[ae]l(?=[^aeiou\W])|{_DOUBLING}|ال)(?=\w\w)")
_ARABIC_ARTICLE = "ال"
_HAMZA = "ء"
_MAX_GUESSES = 3  # articles that are taken out of one run-together spelling


def is_article(word: str, following: str) -> bool:
    """Whether a folded Latin word is the Arabic article of the folded word that follows it."""
    if not following:
        return False
    if word in _MOON_ARTICLES:
        return True
    sun = _SUN_ARTICLE.match(word)
    return sun is not None and following.startswith(sun[1][0])


@lru_cache(maxsize=100_000)
def without_article(word: str) -> str:
    """A folded word without the article written on to it; never empty."""
    if word.startswith(_ARABIC_ARTICLE) and len(word) >= 4:
        return word[2:]
    if attached := _ATTACHED_ARTICLE.match(word):
        return word[attached.end() :]
    return word


def name_key(name: str) -> str:
    """The comparison key of a spelling: equal for spellings that differ only in ways that carry no meaning.

    Those are case, diacritics, vowel marks, apostrophes, hyphens, dots, spaces, the form of alef, ya, kaf, ha and
    hamza, the digits' script and the article (`al-`, `as-`, `ال`). A key holds letters and digits only and is empty
    when the name has neither. It is for comparing, never for showing.
    """
    kept: list[str] = []
    is_behind_article = False
    for word, following in pairwise([*_words(name), ""]):
        if is_article(word, following):
            is_behind_article = True
            continue
        kept.append(word if is_behind_article else without_article(word))
        is_behind_article = False
    return "".join(kept)


def spaceless(name: str) -> str:
    """The folded letters and digits of a name run together, its articles kept."""
    return "".join(_words(name))


def name_keys(name: str) -> list[str]:
    """Keys under which a name may be on record, likeliest first; the first is `name_key(name)`.

    The rest are for names that were run together or whose article was written on: `deirezzor` is tried as
    `deirzor`, `المعرة` as `معره`, `Kamal` as `alkamal`.
    """
    joined = spaceless(name)
    if not joined:
        return []
    keys = [name_key(name), joined]
    articles = _inner_articles(joined)[:_MAX_GUESSES]
    for count in range(1, len(articles) + 1):
        for chosen in combinations(articles, count):
            keys.append(_without(joined, chosen))
    folded = keys[0]
    if joined.startswith(("al", "el")):  # before a vowel, where `name_key` takes it for a part of the word
        keys.append(joined[2:])
    keys += [_ARABIC_ARTICLE + folded] if script_of(folded) == "Arab" else ["al" + folded, "el" + folded]
    return list(dict.fromkeys(key for key in keys if key))


def _words(name: str) -> list[str]:
    folded, _ = fold_characters(unicodedata.normalize("NFC", name))
    for sign in (*APOSTROPHES, _HAMZA, "."):
        folded = folded.replace(sign, "")
    return _WORD.findall(folded)


def _inner_articles(joined: str) -> list[tuple[int, int]]:
    matches = (_INNER_ARTICLE.match(joined, start) for start in range(len(joined)))
    return [match.span() for match in matches if match]


def _without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    removed = {index for start, end in spans for index in range(start, end)}
    return "".join(character for index, character in enumerate(text) if index not in removed)


# One class of consonants for the two scripts. Letters that transliterations confuse share a class.
_CONSONANTS = (
    ("tch|dzh|dj|zh|j", "j"),
    ("sch|sh|ch", "$"),
    ("^rh|kh|gh|x|g|q|c", "k"),  # rh is French for غ; inside a word it is more often r and h
    ("th", "t"),
    ("dh", "d"),
    ("ph|v", "f"),
    ("p", "b"),
)
_VOWELS = (
    ("ou|oo|w|o", "u"),
    ("ee|ei|ey|ay|ai|ae|y|e", "i"),
    ("(?<=.)h$", ""),
    ("i+a$|i+$|a$", "a"),  # -iyah, -iyeh, -ieh, -é, -a: one ending
)
_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in (*_CONSONANTS, *_VOWELS))
_ARABIC_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("بپڀ", "b"),
        **dict.fromkeys("تثطٹٽ", "t"),
        **dict.fromkeys("جژڄ", "j"),
        **dict.fromkeys("حه", "h"),
        **dict.fromkeys("خغقكگڳ", "k"),
        **dict.fromkeys("دذضڈ", "d"),
        **dict.fromkeys("شچ", "$"),
        **dict.fromkeys("زظ", "z"),
        **dict.fromkeys("سص", "s"),
        **dict.fromkeys("فڤ", "f"),
        **dict.fromkeys("عء", ""),
        **dict(zip("رلمناوي", "rlmnaui", strict=True)),
    }
)
_SHORT = re.compile("[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def sound_of_key(key: str) -> str:
    """A key as it roughly sounds, in letters that both scripts share: `uaua` for `wawiyah` and `ouaouiye`."""
    if key.endswith("ه") and len(key) > 1:
        key = key[:-1] + "ا"
    sounds = key.translate(_ARABIC_SOUNDS)
    for pattern, sound in _SOUNDS:
        sounds = pattern.sub(sound, sounds)
    return _DOUBLED.sub(r"\1", sounds) or key[:1]


def skeleton(name: str) -> str:
    """The consonants of a name in classes that both scripts share: `kfrnbl` for `Kafranbel` and for `كفر نبل`.

    Too coarse to identify anything (Kafranbel and Kafr Nabudah begin alike): for likeness only.
    """
    return skeleton_of_sound(sound_of_key(name_key(name)))


def skeleton_of_sound(sound: str) -> str:
    """`skeleton` of a name whose sound is known."""
    return _DOUBLED.sub(r"\1", _SHORT.sub("", sound)) or sound[:1]


def likeness(one: str, other: str) -> float:
    """How alike two spellings are, 0 to 1; 1 only when their keys are equal. The scripts may differ.

    Half is what they share of their sounds in order, half how few changes lead from one skeleton to the other.
    """
    key, other_key = name_key(one), name_key(other)
    if key == other_key:
        return 1.0 if key else 0.0
    sound, other_sound = sound_of_key(key), sound_of_key(other_key)
    sounds = Indel.normalized_similarity(sound, other_sound)
    bones = DamerauLevenshtein.normalized_similarity(skeleton_of_sound(sound), skeleton_of_sound(other_sound))
    return LIKENESS_CEILING * (sounds + bones) / 2
