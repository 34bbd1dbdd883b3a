"""Places that a name may become which somebody is still writing, in either script: one query, quick enough for a key.

Spellings on record alone are looked at; what is like a name but spelt otherwise is found once it is whole (`resolve`).
"""

import re
from enum import IntEnum
from typing import NamedTuple

from django.db import connection

from archive.names import name_key

LONGEST = 60  # code points that are read: what is longer is no name that somebody is still writing
FEWEST = 2  # letters, of which too many names are made to be worth a list
_INSIDE = 3  # letters from which on a name need not begin with them
# An article whose noun has only begun: `name_key` knows it from the letters that are still to come.
_ARTICLE = re.compile(r"(?:ال|[ae]l)(?=\w\w)")
_BEHIND = re.compile(r"\s*\([^()]*\)?\s*\Z")  # the code behind a namesake, as the box writes it

_SQL = """
    SELECT DISTINCT ON (place_id) place_id, level, closeness, found.name
    FROM (SELECT place_id,
                 CASE WHEN folded = ANY(%(keys)s) THEN 0 WHEN folded LIKE ANY(%(begun)s) THEN 1 ELSE 2 END,
                 name
          FROM archive_placename WHERE folded LIKE ANY(%(asked)s)
          UNION ALL SELECT id, 0, '' FROM archive_place WHERE pcode = %(pcode)s) found(place_id, closeness, name)
    JOIN archive_place place ON place.id = place_id
    ORDER BY place_id, closeness, char_length(found.name), found.name
"""


class Closeness(IntEnum):
    """How a spelling has what was typed: it is that, it begins so, it holds it."""

    WHOLE = 0
    BEGINS = 1
    HOLDS = 2


class Begun(NamedTuple):
    """A place, and the spelling of its name that what was typed may become; empty where its code was typed."""

    place_id: int
    level: int
    closeness: Closeness
    spelling: str


def begun(typed: str) -> list[Begun]:
    """The places with a spelling that begins with what was typed, or holds it, by their ids; one each, the closest."""
    text = _BEHIND.sub("", " ".join(typed.replace("\x00", " ").split())[:LONGEST])
    keys = keys_of(text)
    if not keys:
        return []
    begins = [f"{key}%" for key in keys]  # keys hold letters and digits only
    asked = [f"%{key}%" if len(key) >= _INSIDE else f"{key}%" for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"keys": keys, "begun": begins, "asked": asked, "pcode": text.upper()})
        return [Begun(pk, level, Closeness(closeness), name) for pk, level, closeness, name in cursor.fetchall()]


def keys_of(text: str) -> list[str]:
    """The keys that a name may have which begins so: with an article that is still to be told from the noun, two."""
    key = name_key(text)
    return [one for one in dict.fromkeys([key, _ARTICLE.sub("", key, count=1)]) if len(one) >= FEWEST]
