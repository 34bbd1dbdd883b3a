"""Whether two names may be of the same facility, speaker or actor: in any order, script or spelling, or by initials.

A question for an editor, never an answer: what is alike is shown before a second one is made.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable

from archive.names import likeness, name_key, script_of, skeleton, without_article
from archive.names.letters import fold_characters

LIKE = 0.86  # of `archive.names.likeness`; found with the spellings of the tests
_SHORTEST = 4  # letters of a name that may be spelt otherwise: shorter ones are alike by chance
_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"[A-Z]{3,8}")


def _classes(*lines: str) -> dict[str, str]:
    """Each word, folded → the first of its line."""
    return {_folded(word): words.split()[0] for words in lines for word in words.split()}


def _folded(word: str) -> str:
    return without_article(fold_characters(word)[0])


STOP = frozenset(map(_folded, ["of", "the", "in", "for", "and", "at", "de", "la", "al", "في", "من", "و"]))
# What kind of thing it is: said by nearly every name, and in both languages.
KINDS = _classes(
    "hospital مستشفى مشفى mashfa mustashfa",
    "clinic عيادة مستوصف dispensary polyclinic",
    "centre center مركز markaz",
    "school مدرسة madrasa",
    "market souk souq suq bazaar سوق",
    "mosque masjid مسجد جامع",
    "bakery oven فرن مخبز furn",
    "camp مخيم",
    "church كنيسة",
    "university جامعة",
    "kindergarten روضة nursery",
    "ministry وزارة",
    "forces قوات",
    "army جيش",
    "office مكتب",
    "council مجلس",
)
# Words of names that are translated rather than spelt.
TRANSLATED = _classes(
    "national وطني watani",
    "central مركزي markazi",
    "health صحي صحة",
    "medical طبي",
    "surgical جراحي جراحة",
    "maternity توليد نسائية",
    "children أطفال paediatric pediatric atfal",
    "vegetable vegetables خضار خضرة",
    "popular شعبي",
    "primary ابتدائية",
    "secondary ثانوية",
    "girls بنات",
    "boys بنين",
    "old قديم قديمة",
    "new جديد جديدة",
    "syrian سوري سورية",
    "russian روسي روسية",
    "turkish تركي تركية",
    "defence defense دفاع",
    "foreign خارجية",
    "civil مدني",
)


def are_alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether any name of one may be a name of the other."""
    others = [name for name in other if name.strip()]
    return any(is_like(name, known) for name in one if name.strip() for known in others)


def is_like(one: str, other: str) -> bool:
    if name_key(one) == name_key(other) or are_initials(one, other) or are_initials(other, one):
        return bool(name_key(one))
    words, others = words_of(one), words_of(other)
    if sorted(words) == sorted(others):
        return bool(words)
    kinds, other_kinds = ({word for word in named if word in KINDS.values()} for named in (words, others))
    if kinds and other_kinds and kinds.isdisjoint(other_kinds):
        return False
    return is_spelt_like([word for word in words if word not in kinds], [w for w in others if w not in other_kinds])


def words_of(name: str) -> list[str]:
    """The words of a name, folded, without the small ones; words for kinds of things are one word in both languages."""
    found = [
        without_article(word) for word in _WORD.findall(fold_characters(name.replace("'", "").replace("’", ""))[0])
    ]
    return [KINDS.get(word) or TRANSLATED.get(word, word) for word in found if word not in STOP]


def is_spelt_like(words: Collection[str], others: Collection[str]) -> bool:
    """Whether what is left besides the kind is nearly the same, in whatever order."""
    if not words or not others or numbers_in(words) != numbers_in(others):
        return False
    rest, other_rest = ((Counter(one) - Counter(other)).elements() for one, other in ((words, others), (others, words)))
    left, other_left = sorted(rest), sorted(other_rest)
    if not left and not other_left:
        return True
    if min(len("".join(left)), len("".join(other_left))) < _SHORTEST:
        return False
    name, other_name = " ".join(left), " ".join(other_left)
    if script_of(name) != script_of(other_name) and skeleton(name) == skeleton(other_name):
        return True
    return likeness(name, other_name) >= LIKE


def numbers_in(words: Collection[str]) -> set[str]:
    """School 1 and School 2 are not one."""
    return {word for word in words if word.isdigit()}


def are_initials(short: str, long: str) -> bool:
    """Whether one is the initials of the other: SOHR of Syrian Observatory for Human Rights."""
    if not _INITIALS.fullmatch(short.strip()):
        return False
    words = [word for word in _WORD.findall(long) if word.lower() not in ("of", "the", "for", "and", "in")]
    return len(words) > 1 and short.strip() == "".join(word[0].upper() for word in words)
