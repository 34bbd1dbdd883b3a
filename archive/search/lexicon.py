"""The lexeme of a word: PostgreSQL's own stemmers, asked once for each word and remembered."""

from collections.abc import Iterable, Mapping

from django.db import connection

from archive.search.words import is_arabic, is_english

MAX_KNOWN = 200_000
AT_ONCE = 20_000
# Folded. على is not among them: folded it is the name علي.
ARABIC_STOP_WORDS = frozenset(
    ["في", "من", "الي", "عن", "ان", "التي", "الذي", "هذا", "هذه", "ذلك", "تلك", "و", "او", "ما", "لا", "لم", "مع"]
)
ARTICLES = frozenset({"al", "el"})

_known: dict[str, str] = {}


def lexemes(words: Iterable[str]) -> Mapping[str, str]:
    """The lexeme of each folded word; "" for one that is too common to search for. A query for `AT_ONCE` new ones.

    Words of English letters go through the English stemmer, words in Arabic letters through the Arabic one; all
    others (numbers, other scripts, `f16`) stay as they are.
    """
    wanted = set(words)
    answer = {word: _known[word] for word in wanted if word in _known}
    missing = wanted.difference(answer)
    if missing:
        ordered = list(missing)
        for start in range(0, len(ordered), AT_ONCE):
            found = _stem(set(ordered[start : start + AT_ONCE]))
            if len(_known) + len(found) > MAX_KNOWN:
                _known.clear()
            _known.update(found)
            answer.update(found)
    return answer


def forget() -> None:
    """Empty the memory; for tests that count queries."""
    _known.clear()


def _stem(words: set[str]) -> dict[str, str]:
    stop = {word for word in words if word in ARABIC_STOP_WORDS or word in ARTICLES}
    found = dict.fromkeys(stop, "")
    english = [word for word in words - stop if is_english(word)]
    arabic = [word for word in words - stop if is_arabic(word)]
    if english or arabic:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word, ts_lexize('pg_catalog.english_stem', word) FROM unnest(%s::text[]) word UNION ALL "
                "SELECT word, ts_lexize('pg_catalog.arabic_stem', word) FROM unnest(%s::text[]) word",
                [english, arabic],
            )
            found.update({word: (stems[0] if stems else "") for word, stems in cursor.fetchall()})
    return {word: found.get(word, word) for word in words}
