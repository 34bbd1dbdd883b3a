"""What has been withheld since a release was made, of what it holds: compared when somebody asks, never done.

Whatever readers could see when it was made is in it. What they could see then and cannot see today closes it.
"""

from collections.abc import Collection

from django.db import connection
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from archive import openness
from archive.models import Article, Source, WithheldWords
from archive.terms import TextPolicy
from incidents.models import Release

REASONS = {
    "articles": _("A report that it holds is withheld."),
    "words": _("Words of a report that it holds are withheld, such as a name."),
    "incidents": _("It tells the town of an attack of which readers now learn only the district."),
    "facilities": _("It tells the town of a facility of which readers now learn only the district."),
    "sources": _("It quotes a source whose words are no longer given."),
}
OF_ARTICLES = ("articles", "words", "sources")  # bound by the key of an article, the others by that of an edition
Hidden = dict[str, dict[int, int]]

# Beside the incidents whose claims name such a facility, all records of the same attacks.
_INCIDENTS = """
WITH RECURSIVE same(id) AS (
    SELECT claim.incident_id FROM incidents_claim claim
    JOIN incidents_facility facility ON facility.id = claim.facility_id AND facility.is_generalised
    UNION
    SELECT other.id FROM same
    JOIN incidents_incident one ON one.id = same.id
    JOIN incidents_incident other ON other.merged_into_id = one.id OR other.id = one.merged_into_id
)
SELECT same.id, min(edition.id) FROM same JOIN incidents_edition edition ON edition.incident_id = same.id
WHERE place_is_general(same.id) GROUP BY same.id
"""
_FACILITIES = """
SELECT facility.id, min(edition.id) FROM incidents_facility facility
JOIN incidents_claim claim ON claim.facility_id = facility.id
JOIN incidents_edition edition ON edition.incident_id = claim.incident_id
WHERE facility.is_generalised GROUP BY facility.id
"""


def hidden() -> Hidden:
    """Return what readers cannot see now: by kind its keys, each with the key of the article or of the first edition
    that it belongs to. Five queries, over little.
    """
    closed = Article.objects.exclude(openness.open_articles()).order_by()
    words = WithheldWords.objects.filter(release=None).order_by()
    sources = Source.objects.filter(text_policy=TextPolicy.REFERENCE).order_by()
    quoted = sources.annotate(first=Min("articles")).exclude(first=None)
    return {
        "articles": {pk: pk for pk in closed.values_list("pk", flat=True)},
        "words": dict(words.values_list("pk", "article_id")),
        "sources": dict(quoted.values_list("pk", "first")),
        "incidents": asked(_INCIDENTS),
        "facilities": asked(_FACILITIES),
    }


def kept_back() -> dict[str, list[int]]:
    """Return the keys of what readers cannot see now, as a release remembers them."""
    return {kind: sorted(keys) for kind, keys in hidden().items()}


def closed(releases: Collection[Release]) -> dict[int, list[str]]:
    """Return why releases may not be downloaded, kinds of `REASONS` by the release's key; the others are left out."""
    if not releases:
        return {}
    now = hidden()
    found = {release.pk: [kind for kind in REASONS if is_told(release, kind, now)] for release in releases}
    return {pk: kinds for pk, kinds in found.items() if kinds}


def is_told(release: Release, kind: str, now: Hidden) -> bool:
    """Whether a release tells something of a kind that readers could see when it was made and cannot see now."""
    before = set(release.kept_back.get(kind, ()))
    last = release.last_article if kind in OF_ARTICLES else release.last_edition
    unread = set(release.kept_back.get("articles", ())) if kind == "words" else set()
    return any(bound <= last and key not in before and bound not in unread for key, bound in now[kind].items())


def asked(sql: str) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())
