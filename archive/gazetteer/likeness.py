"""Places whose names are like a spelling that no table has: sieved by PostgreSQL's trigrams, compared here.

The database keeps the consonants of every spelling, in letters that both scripts share, under an index of trigrams. So
nothing has to be read into memory first, and the first misspelt name a process meets costs no more than the next.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from archive.gazetteer.index import bearers, of_places
from archive.names import name_key, skeleton_of_sound, sound_of_key
from archive.names.sounds import Sounds
from archive.names.spelling_index import Candidate
from archive.names.surroundings import NOWHERE, Context

SIEVED = 200  # keys that are compared; of held-out spellings the right one is among them in 99 of 100
NEAREST = 60  # keys of those whose places are ranked, by all that speaks for them
_LONGEST_KEY = 100  # letters that are compared
_SIEVE = f"""
    SELECT asked.key, near.folded
    FROM unnest(%s::text[], %s::text[]) asked(key, bones)
    CROSS JOIN LATERAL (
        SELECT folded
        FROM archive_placename
        WHERE skeleton %% asked.bones OR folded %% asked.key
        GROUP BY folded
        ORDER BY max(greatest(similarity(skeleton, asked.bones), similarity(folded, asked.key))) DESC, folded
        LIMIT {SIEVED}
    ) near
"""  # noqa: S608


def alike(names: Sequence[str], limit: int = 5, context: Context = NOWHERE) -> dict[str, list[Candidate]]:
    """For each name the places most like it, best first, with scores of 0 to 1. Four queries, however many names."""
    keys = {name: name_key(name)[:_LONGEST_KEY] for name in names}
    sieved = _sieve({key for key in keys.values() if key})
    near = {key: [one.key for one in Sounds(found).nearest(key, NEAREST)] for key, found in sieved.items()}
    index, _names = of_places(bearers({key for found in near.values() for key in found}))
    return {name: index.alike_among(name, near.get(keys[name], ()), limit, context) for name in names}


def _sieve(keys: set[str]) -> dict[str, list[str]]:
    """Key → keys on record that share trigrams with it, or with its consonants."""
    if not keys:
        return {}
    ordered = sorted(keys)
    found: defaultdict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SIEVE, [ordered, [skeleton_of_sound(sound_of_key(key)) for key in ordered]])
        for key, folded in cursor.fetchall():
            found[key].append(folded)
    return found
