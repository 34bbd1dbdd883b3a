"""What readers may not see of an incident: words of every report that it ever cited, and where exactly it was.

Which reports an edition cites says nothing of the names in its note, summary and speakers: what is withheld in a report
stays withheld when the next edition cites that report no more, and when a record is merged into another, in both. So
does the town of a facility that any of their editions names, while readers learn only its district.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from archive import withheld
from archive.models import Place
from archive.text.withheld import Withheld
from incidents.record.generalised import General, Known, general_of

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
# The places that claims name, also claims that ended, where a facility among them ever was one of whose place readers
# learnt only the district; and whether one is now.
_PLACES = """
SELECT incident.code, place_is_general(incident.id), max(facility.generalised_changed_at),
    array_remove(array_agg(claim.place_id) || array_agg(facility.place_id), NULL)
FROM same
JOIN incidents_incident incident ON incident.code = same.code
JOIN incidents_claim claim ON claim.incident_id = same.id
LEFT JOIN incidents_facility facility ON facility.id = claim.facility_id
GROUP BY incident.id HAVING max(facility.generalised_changed_at) IS NOT NULL
ORDER BY incident.code
"""


class About(NamedTuple):
    """What may not be seen of an incident, and when that last changed; ``general`` where that is its town."""

    words: tuple[Withheld, ...]
    changed_at: datetime
    general: General | None = None


def incidents_of(codes: Collection[str]) -> list[int]:
    """Return the keys of these incidents and of all others of the same attacks."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SAME} SELECT DISTINCT id FROM same ORDER BY id", [sorted(codes)])  # noqa: S608 (our own)
        return [pk for (pk,) in cursor.fetchall()]


def known_about(codes: Collection[str], pcodes: Mapping[str, Collection[str]] | None = None) -> dict[str, About]:
    """Return what may not be seen of these records: words withheld in reports that they cite, and where it was.

    ``pcodes`` are those that their editions have, by code. Records of which nothing was ever withheld are left out. Two
    queries, and three more where a place is not to be seen.
    """
    found = words_about(codes)
    for code, general, changed_at in places_about(codes, pcodes or {}):
        before = found.get(code, About((), changed_at))
        words = (*before.words, *general.words) if general else before.words
        found[code] = About(words, max(before.changed_at, changed_at), general)
    return found


def places_about(
    codes: Collection[str], pcodes: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, General | None, datetime]]:
    """Yield the records of which readers learn only the district, or once did, with when that last changed."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SAME} {_PLACES}", [sorted(codes)])
        rows = cursor.fetchall()
    keys = {pk for _code, is_general, _at, pks in rows if is_general for pk in pks}
    written = {pcode for code, is_general, _at, _pks in rows if is_general for pcode in pcodes.get(code, ())}
    places = list(Place.objects.filter(Q(pk__in=keys) | Q(pcode__in=written))) if keys else []
    known = Known.of(places)
    for code, is_general, changed_at, pks in rows:
        own = [one.pk for one in places if one.pk in pks or one.pcode in pcodes.get(code, ())]
        yield code, general_of(own, known) if is_general else None, changed_at


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
    """Return the public reasons why records were closed, by code, without withheld words. At most two queries, and
    three more where a place is not to be seen.
    """
    about = known_about(reasons) if any(reasons.values()) else {}
    return {
        code: withheld.masked(reason, about[code].words) if code in about else reason
        for code, reason in reasons.items()
    }
