"""What readers may not see of an incident: words of every report that it ever cited, and where exactly it was.

Which reports an edition cites says nothing of the names in its note, summary and speakers: what is withheld in a report
stays withheld when the next edition cites that report no more, and when a record is merged into another, in both. So
does the town of a facility that any of their editions names, while readers learn only its district.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from archive import withheld
from archive.models import Place
from archive.text.withheld import Withheld
from incidents.evidence import Evidence
from incidents.record.generalised import General, Known, general_of
from incidents.standing_names import places_ever

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
# learnt only the district; and those of which they learn no more now.
_PLACES = """
SELECT incident.code, place_is_general(incident.id), max(facility.generalised_changed_at),
    array_remove(array_agg(claim.place_id) || array_agg(facility.place_id), NULL),
    COALESCE(array_agg(DISTINCT facility.id) FILTER (WHERE facility.is_generalised), '{}')
FROM same
JOIN incidents_incident incident ON incident.code = same.code
JOIN incidents_claim claim ON claim.incident_id = same.id
LEFT JOIN incidents_facility facility ON facility.id = claim.facility_id
GROUP BY incident.id HAVING max(facility.generalised_changed_at) IS NOT NULL
ORDER BY incident.code
"""
# The places that any edition has, and what they are called in it; what has an id is a facility, with a place's code.
_STATED = """
SELECT DISTINCT same.code, place.id, CASE WHEN stated->'id' IS NULL
    THEN array_remove(ARRAY[stated->>'name_en', stated->>'name_ar', stated->>'label_en', stated->>'label_ar'], NULL) END
FROM same
JOIN incidents_edition edition ON edition.incident_id = same.id
CROSS JOIN LATERAL jsonb_path_query(edition.content, '$.** ? (exists(@.pcode))') stated
JOIN archive_place place ON place.pcode = stated->>'pcode'
"""


class About(NamedTuple):
    """What may not be seen of an incident, and when that last changed; ``general`` where that is its town."""

    words: tuple[Withheld, ...]
    changed_at: datetime
    general: General | None = None


def incidents_of(codes: Collection[str]) -> list[int]:
    """Return the keys of these incidents and of all others of the same attacks."""
    return [pk for (pk,) in asked("SELECT DISTINCT id FROM same ORDER BY id", codes)]


def known_about(codes: Collection[str]) -> dict[str, About]:
    """Return what may not be seen of these records: words withheld in reports that they cite, and where it was.

    Records of which nothing was ever withheld are left out. Two queries, and five more where a place is not to be seen.
    """
    found = words_about(codes)
    for code, general, changed_at in places_about(codes):
        before = found.get(code, About((), changed_at))
        words = (*before.words, *general.words) if general else before.words
        found[code] = About(words, max(before.changed_at, changed_at), general)
    return found


def places_about(codes: Collection[str]) -> Iterator[tuple[str, General | None, datetime]]:
    """Yield the records of which readers learn only the district, or once did, with when that last changed."""
    rows = asked(_PLACES, codes)
    found = generals({code: (pks, facilities) for code, is_general, _at, pks, facilities in rows if is_general})
    for code, _is_general, changed_at, _pks, _facilities in rows:
        yield code, found.get(code), changed_at


def general_in(evidence: Evidence) -> General | None:
    """What readers learn of the places of a draft, where they may learn only the district: because of a facility that
    a claim of it names, or an edition of the same attack. A query, and five more then; the evidence keeps it.
    """
    kept = vars(evidence)
    if "general" not in kept:
        kept["general"] = find_general(evidence)
    found: General | None = kept["general"]
    return found


def find_general(evidence: Evidence) -> General | None:
    code = evidence.incident.code
    rows = [] if evidence.is_new else asked(_PLACES, [code])
    named = {claim.facility.pk for claim in evidence.claims if claim.facility and claim.facility.is_generalised}
    if not named and not any(is_general for _code, is_general, *_more in rows):
        return None
    places = {pk for _code, _is_general, _at, pks, _facilities in rows for pk in pks} | set(evidence.places)
    named |= {pk for *_more, facilities in rows for pk in facilities}
    return generals({code: (places, named)})[code]


def generals(concerned: Mapping[str, tuple[Iterable[int], Iterable[int]]]) -> dict[str, General]:
    """What readers learn of records, code by code, of which these are the places and the facilities that people must
    not find: with all places that their editions ever had, and in which these facilities ever were.
    """
    if not concerned:
        return {}
    keys = {code: set(places) for code, (places, _facilities) in concerned.items()}
    ever = places_ever({pk for _places, facilities in concerned.values() for pk in facilities})
    for code, (_places, facilities) in concerned.items():
        keys[code].update(*(ever[pk] for pk in facilities))
    called: dict[int, list[str]] = {}
    for code, pk, names in asked(_STATED, concerned):
        keys[code].add(pk)
        called.setdefault(pk, []).extend(names or ())
    known = Known.of(Place.objects.filter(pk__in=set().union(*keys.values()))).also(called)
    return {code: general_of(sorted(pks), known) for code, pks in keys.items()}


def asked(query: str, codes: Collection[str]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_SAME} {query}", [sorted(codes)])
        return list(cursor.fetchall())


def words_about(codes: Collection[str]) -> dict[str, About]:
    """Return the words withheld in the reports that any edition of these records cites, or of one of the same attack.

    Records of whose reports nothing was ever withheld are left out. One query.
    """
    found: dict[str, About] = {}
    for code, _public_id, words, changed_at in asked(_WORDS, codes):
        before = found.get(code, About((), changed_at))
        fresh = [Withheld(*one) for one in json.loads(words)]
        together = tuple(dict.fromkeys([*before.words, *fresh]))
        found[code] = About(together, max(before.changed_at, changed_at))
    return found


def reasons_seen(reasons: Mapping[str, str]) -> dict[str, str]:
    """Return the public reasons why records were closed, by code, without withheld words. At most two queries, and
    five more where a place is not to be seen.
    """
    about = known_about(reasons) if any(reasons.values()) else {}
    return {
        code: withheld.masked(reason, about[code].words) if code in about else reason
        for code, reason in reasons.items()
    }
