"""The floor of each page: the leanest SQL that fetches the data which the page shows, its facets included.

Facets are counted over tables of small integers made for this alone (`prepare`), where each incident has one place, one
actor and so on, as the corpus has: leaner than any schema that could serve the archive.
"""

from typing import Any

import psycopg

from archive.database import OWNER

Statement = tuple[str, tuple[Any, ...]]
# What fetches one part of a page: statements that give the same, of which the quickest counts.
Part = list[Statement]
PAGE = 26
RANKED = 1_000

PREPARE = """
DROP TABLE IF EXISTS floor_incident, floor_article;
CREATE TABLE floor_incident AS
    SELECT incident_id AS id, place_ids[2]::int AS governorate, actor_ids[1]::int AS actor,
           facility_type_ids[1]::int AS type, weapon_ids[1]::int AS weapon, source_ids[1]::int AS source,
           extract(year FROM lower(possible))::smallint AS year
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
        connection.execute(f"ALTER TABLE {table} OWNER TO {OWNER}")  # `migrate` grants what is there
        connection.execute(f"VACUUM (ANALYZE, FREEZE) {table}")


def incident_list(condition: str, values: tuple[Any, ...], after: tuple[Any, ...] = ()) -> list[Part]:
    """The rows of a page with their records, and the facets with the count."""
    where = f"{SHOWN} AND {condition}" if condition else SHOWN
    beyond = " AND (p.sort_on, p.incident_id) < (%s, %s)" if after else ""
    chosen = f"SELECT p.incident_id, p.sort_on FROM incidents_publishedincident p WHERE {where}{beyond}"
    newest = f"ORDER BY p.sort_on DESC, p.incident_id DESC LIMIT {PAGE}"
    records = "SELECT p.incident_id, r.record FROM ({}) p JOIN incidents_publishedrecord r USING (incident_id)"
    rows = [(records.format(sql), (*values, *after)) for sql in walked_or_sorted(chosen, newest)]
    narrow = "floor_incident f"
    if condition:
        narrow += f" JOIN incidents_publishedincident p ON p.incident_id = f.id WHERE {where}"
    facets = f"SELECT {INCIDENT_COLUMNS} FROM {narrow} GROUP BY {INCIDENT_SETS}"
    return [rows, [(facets, values)]]


def walked_or_sorted(chosen: str, newest: str) -> tuple[str, str]:
    """The first rows by the index of their order, and by sorting all that are found: which is quicker, no one knows."""
    return f"{chosen} {newest}", f"SELECT p.* FROM ({chosen} OFFSET 0) p {newest}"


def incident(code: str) -> list[Part]:
    """The edition, and what may be seen of its articles today."""
    edition = (
        "SELECT e.number, e.content FROM incidents_publishedincident p JOIN incidents_edition e ON e.id = p.edition_id "
        "WHERE p.code = %s"
    )
    return [[(edition, (code,))]]


def picture(name: str, condition: str, values: tuple[Any, ...]) -> list[Part]:
    """The towns of a map with their counts, or the months of a timeline with theirs."""
    where = f"WHERE {SHOWN} AND {condition}"
    if name == "map":
        towns = f"SELECT p.primary_place_id, count(*) FROM incidents_publishedincident p {where} GROUP BY 1"
        found = (
            f"SELECT t.pcode, t.name_en, t.name_ar, t.lat, t.lon, c.count FROM ({towns}) c "
            "JOIN archive_place t ON t.id = c.primary_place_id"
        )
        return [[(found, values)]]
    ends = "date_trunc('month', lower(p.possible)), date_trunc('month', upper(p.possible) - 1)"
    months = f"SELECT {ends}, count(*) FROM incidents_publishedincident p {where} GROUP BY 1, 2"
    return [[(months, values)]]


def article_list(condition: str, *, is_ranked: bool = False) -> list[Part]:
    """The rows of a page with the beginning of their texts, and the facets with the count."""
    where = "p.is_public" + (" AND p.vector @@ %s::tsquery" if condition else "")
    values = (condition,) if condition else ()
    size = RANKED if is_ranked else PAGE
    newest = f"ORDER BY p.sort_on DESC, p.article_id DESC LIMIT {size}"
    columns = "p.article_id, p.sort_on, p.vector" if is_ranked else "p.article_id, p.sort_on"
    found = walked_or_sorted(f"SELECT {columns} FROM archive_articlerow p WHERE {where}", newest)
    best = f"SELECT p.article_id FROM ({{}}) p ORDER BY ts_rank(p.vector, %s::tsquery, 1) DESC LIMIT {PAGE}"
    texts = (
        "SELECT a.id, a.title, a.public_id, a.published_on, s.name_en, left(t.text, 40000) FROM ({}) p "
        "JOIN archive_article a ON a.id = p.article_id JOIN archive_source s ON s.id = a.source_id "
        "JOIN archive_textversion t ON t.article_id = a.id AND t.number = 1"
    )
    rows = [
        (texts.format(best.format(sql) if is_ranked else sql), (*values, *values) if is_ranked else values)
        for sql in found
    ]
    narrow = "floor_article f"
    if condition:
        matching = f"SELECT p.article_id FROM archive_articlerow p WHERE {where}"
        narrow = f"({matching}) p JOIN floor_article f ON f.id = p.article_id"
    facets = f"SELECT {ARTICLE_COLUMNS} FROM {narrow} GROUP BY {ARTICLE_SETS}"
    return [rows, [(facets, values)]]
