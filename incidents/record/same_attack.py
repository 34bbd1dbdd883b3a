"""Words that readers may not see in what editors wrote of an incident: those of every report that it ever cited.

Which reports an edition cites says nothing of the names in its note, summary and speakers: what is withheld in a report
stays withheld when the next edition cites that report no more, and when a record is merged into another, in both.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from archive import withheld
from archive.text.withheld import Withheld

# Two records are of the same attack when one was merged into the other, directly or by others.
_SAME = """
WITH RECURSIVE same(code, id) AS (
    SELECT code, id FROM incidents_incident WHERE code = ANY (%s)
    UNION
    SELECT same.code, other.id FROM same
    JOIN incidents_incident one ON one.id = same.id
    JOIN incidents_incident other ON other.merged_into_id = one.id OR other.id = one.merged_into_id
)
"""
_WORDS = """
SELECT DISTINCT same.code, article.public_id, article.withheld::text, article.updated_at
FROM same
JOIN incidents_edition edition ON edition.incident_id = same.id
CROSS JOIN LATERAL jsonb_object_keys(edition.content->'articles') cited
JOIN archive_article article ON article.public_id = cited
WHERE article.id IN (SELECT article_id FROM archive_withheldwords)
ORDER BY same.code, article.public_id
"""


class About(NamedTuple):
    """What may not be seen of an incident, and when that last changed."""

    words: tuple[Withheld, ...]
    changed_at: datetime


def incidents_of(codes: Collection[str]) -> list[int]:
    """Return the keys of these incidents and of all others of the same attacks."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SAME} SELECT DISTINCT id FROM same ORDER BY id", [sorted(codes)])  # noqa: S608 (our own)
        return [pk for (pk,) in cursor.fetchall()]


def words_about(codes: Collection[str]) -> dict[str, About]:
    """Return the words withheld in the reports that any edition of these records cites, or of one of the same attack.

    Records of whose reports nothing was ever withheld are left out. One query.
    """
    found: dict[str, About] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{_SAME} {_WORDS}", [sorted(codes)])
        for code, _public_id, words, changed_at in cursor.fetchall():
            before = found.get(code, About((), changed_at))
            fresh = [Withheld(*one) for one in json.loads(words)]
            together = tuple(dict.fromkeys([*before.words, *fresh]))
            found[code] = About(together, max(before.changed_at, changed_at))
    return found


def reasons_seen(reasons: Mapping[str, str]) -> dict[str, str]:
    """Return the public reasons why records were closed, by code, without withheld words. At most one query."""
    about = words_about(reasons) if any(reasons.values()) else {}
    return {
        code: withheld.masked(reason, about[code].words) if code in about else reason
        for code, reason in reasons.items()
    }
