"""The floor of each page: the leanest SQL that fetches the data which the page shows, its facets included.

Facets are counted over tables of small integers made for this alone (`prepare`), where each incident has one place, one
actor and so on, as the corpus has: leaner than any schema that could serve the archive.
"""

from typing import Any

import psycopg

Statement = tuple[str, tuple[Any, ...]]
PAGE = 26
RANKED = 1_000

PREPARE = """
DROP TABLE IF EXISTS floor_incident, floor_article;
CREATE TABLE floor_incident AS
    SELECT incident_id AS id, place_ids[2]::int AS governorate, actor_ids[1]::int AS actor,
           facility_type_ids[1]::int AS type, weapon_ids[1]::int AS weapon, source_ids[1]::int AS source,
           extract(year FROM lower)::smallint AS year
    FROM incidents_publishedincident WHERE state = 'published' AND scope = 'attack' ORDER BY incident_id;
CREATE TABLE floor_article AS
    SELECT article_id AS id, source_id::int AS source, language, extract(year FROM published_on)::smallint AS year,
           place_ids[2]::int AS governorate
    FROM archive_articlerow WHERE is_public ORDER BY article_id;
ALTER TABLE floor_incident ADD PRIMARY KEY (id);
ALTER TABLE floor_article ADD PRIMARY KEY (id);
"""
INCIDENT_SETS = "GROUPING SETS ((), (governorate), (actor), (type), (weapon), (source), (year))"
INCIDENT_COLUMNS = "governorate, actor, type, weapon, source, year, count(*)"
ARTICLE_SETS = "GROUPING SETS ((), (f.source), (f.language), (f.year), (f.governorate))"
ARTICLE_COLUMNS = "f.source, f.language, f.year, f.governorate, count(*)"
SHOWN = "p.state = 'published' AND p.scope = 'attack'"


def prepare(connection: psycopg.Connection) -> None:
    """Make the narrow tables; the connection commits by itself."""
    connection.execute(PREPARE)
    for table in ("floor_incident", "floor_article"):
        connection.execute(f"VACUUM (ANALYZE, FREEZE) {table}")


def incident_list(condition: str, values: tuple[Any, ...], after: tuple[Any, ...] = ()) -> list[Statement]:
    """The rows of a page with their records, and the facets with the count."""
    where = f"{SHOWN} AND {condition}" if condition else SHOWN
    beyond = " AND (p.sort_on, p.incident_id) < (%s, %s)" if after else ""
    rows = (
        f"SELECT p.incident_id, r.record FROM incidents_publishedincident p JOIN incidents_publishedrecord r "
        f"USING (incident_id) WHERE {where}{beyond} ORDER BY p.sort_on DESC, p.incident_id DESC LIMIT {PAGE}"
    )
    narrow = "floor_incident f"
    if condition:
        narrow += f" JOIN incidents_publishedincident p ON p.incident_id = f.id WHERE {where}"
    facets = f"SELECT {INCIDENT_COLUMNS} FROM {narrow} GROUP BY {INCIDENT_SETS}"
    return [(rows, (*values, *after)), (facets, values)]


def incident(code: str) -> list[Statement]:
    """The edition, and what may be seen of its articles today."""
    edition = (
        "SELECT e.number, e.content FROM incidents_publishedincident p JOIN incidents_edition e ON e.id = p.edition_id "
        "WHERE p.code = %s"
    )
    return [(edition, (code,))]


def picture(name: str, condition: str, values: tuple[Any, ...]) -> list[Statement]:
    """The towns of a map with their counts, or the months of a timeline with theirs."""
    where = f"WHERE {SHOWN} AND {condition}"
    if name == "map":
        towns = f"SELECT p.primary_place_id, count(*) FROM incidents_publishedincident p {where} GROUP BY 1"
        found = (
            f"SELECT t.pcode, t.name_en, t.name_ar, t.lat, t.lon, c.count FROM ({towns}) c "
            "JOIN archive_place t ON t.id = c.primary_place_id"
        )
        return [(found, values)]
    ends = "date_trunc('month', p.lower), date_trunc('month', p.upper)"
    months = f"SELECT {ends}, count(*) FROM incidents_publishedincident p {where} GROUP BY 1, 2"
    return [(months, values)]


def article_list(condition: str, *, is_ranked: bool = False) -> list[Statement]:
    """The rows of a page with the beginning of their texts, and the facets with the count."""
    where = "p.is_public" + (" AND p.vector @@ %s::tsquery" if condition else "")
    values = (condition,) if condition else ()
    newest = "ORDER BY p.sort_on DESC, p.article_id DESC"
    chosen = f"SELECT p.article_id, p.sort_on FROM archive_articlerow p WHERE {where} {newest} LIMIT {PAGE}"
    if is_ranked:
        first = f"SELECT p.* FROM archive_articlerow p WHERE {where} {newest} LIMIT {RANKED}"
        best = f"ORDER BY ts_rank(p.vector, %s::tsquery, 1) DESC LIMIT {PAGE}"
        chosen = f"SELECT p.article_id, p.sort_on FROM ({first}) p {best}"
    rows = (
        f"SELECT a.id, a.title, a.public_id, a.published_on, s.name_en, left(t.text, 40000) FROM ({chosen}) p "
        "JOIN archive_article a ON a.id = p.article_id JOIN archive_source s ON s.id = a.source_id "
        "JOIN archive_textversion t ON t.article_id = a.id AND t.number = 1"
    )
    narrow = "floor_article f"
    if condition:
        found = f"SELECT p.article_id FROM archive_articlerow p WHERE {where}"
        narrow = f"({found}) p JOIN floor_article f ON f.id = p.article_id"
    facets = f"SELECT {ARTICLE_COLUMNS} FROM {narrow} GROUP BY {ARTICLE_SETS}"
    return [(rows, (*values, *values) if is_ranked else values), (facets, values)]
