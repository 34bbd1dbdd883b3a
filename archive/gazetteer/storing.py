"""Stores gazetteer files: places by P-code, spellings by place and name. Loading a file twice changes nothing."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from archive.gazetteer.gazetteer_file import GazetteerError, NameRow, PlaceRow, read
from archive.models import GazetteerFile, Place, PlaceName

RULES = 2  # count up when `archive.names` folds or this file stores differently: files are then loaded again
_PLACE, _NAME = Place._meta.db_table, PlaceName._meta.db_table
_NAME_COLUMNS = "name, folded, skeleton, script, language, source, quality, is_official"

_INCOMING = """
CREATE TEMPORARY TABLE incoming_place (pcode text, level smallint, parent text, name_en text, name_ar text,
    lat double precision, lon double precision, label_en text, label_ar text) ON COMMIT DROP;
CREATE TEMPORARY TABLE incoming_name (pcode text, name text, folded text, skeleton text, script text, language text,
    source text, quality text, is_official boolean) ON COMMIT DROP;
"""
_UPSERT_PLACES = f"""
INSERT INTO {_PLACE} AS old (pcode, level, parent_id, ancestors, name_en, name_ar, lat, lon,
    preferred_en, preferred_ar)
SELECT i.pcode, i.level, parent.id, CASE WHEN parent.id IS NULL THEN '{{}}' ELSE parent.ancestors || parent.id END,
    i.name_en, i.name_ar, i.lat, i.lon, i.label_en, i.label_ar
FROM incoming_place i LEFT JOIN {_PLACE} parent ON parent.pcode = i.parent WHERE i.level = %s
ON CONFLICT (pcode) DO UPDATE SET name_en = EXCLUDED.name_en, name_ar = EXCLUDED.name_ar,
    lat = EXCLUDED.lat, lon = EXCLUDED.lon, preferred_en = EXCLUDED.preferred_en, preferred_ar = EXCLUDED.preferred_ar
WHERE (old.name_en, old.name_ar, old.lat, old.lon, old.preferred_en, old.preferred_ar) IS DISTINCT FROM
    (EXCLUDED.name_en, EXCLUDED.name_ar, EXCLUDED.lat, EXCLUDED.lon, EXCLUDED.preferred_en, EXCLUDED.preferred_ar)
"""  # noqa: S608 (the names of our own tables)
_UPSERT_NAMES = f"""
INSERT INTO {_NAME} AS old (place_id, {_NAME_COLUMNS}, created_at, updated_at, lock_version)
SELECT DISTINCT ON (place.id, i.name) place.id, i.name, i.folded, i.skeleton, i.script, i.language, i.source,
    i.quality, i.is_official, now(), now(), 1
FROM incoming_name i JOIN {_PLACE} place ON place.pcode = i.pcode ORDER BY place.id, i.name, i.is_official DESC
ON CONFLICT (place_id, name) DO UPDATE SET folded = EXCLUDED.folded, skeleton = EXCLUDED.skeleton,
    script = EXCLUDED.script, language = EXCLUDED.language, source = EXCLUDED.source, quality = EXCLUDED.quality,
    is_official = EXCLUDED.is_official, updated_at = now()
WHERE old.source <> 'editors' AND
    (old.folded, old.skeleton, old.script, old.language, old.source, old.quality, old.is_official) IS DISTINCT FROM
    (EXCLUDED.folded, EXCLUDED.skeleton, EXCLUDED.script, EXCLUDED.language, EXCLUDED.source, EXCLUDED.quality,
     EXCLUDED.is_official)
"""  # noqa: S608
# Only spellings from the file's own sources: those that editors added stay.
_DELETE_NAMES = f"""
DELETE FROM {_NAME} old USING {_PLACE} place, incoming_place i
WHERE place.id = old.place_id AND i.pcode = place.pcode AND old.source IN (SELECT DISTINCT source FROM incoming_name)
    AND NOT EXISTS (SELECT 1 FROM incoming_name n WHERE n.pcode = place.pcode AND n.name = old.name)
"""  # noqa: S608
_UNKNOWN_PARENT = f"""
SELECT i.pcode, i.parent FROM incoming_place i LEFT JOIN {_PLACE} parent ON parent.pcode = i.parent
LEFT JOIN incoming_place known ON known.pcode = i.parent
WHERE i.parent IS NOT NULL AND COALESCE(known.level, parent.level, i.level) >= i.level ORDER BY i.pcode LIMIT 1
"""  # noqa: S608
# A place keeps its level and its parent for ever: records say where an attack was by its code.
_MOVED = f"""
SELECT i.pcode, COALESCE(parent.pcode, 'nothing') FROM incoming_place i JOIN {_PLACE} old ON old.pcode = i.pcode
LEFT JOIN {_PLACE} parent ON parent.id = old.parent_id
WHERE (i.level, i.parent) IS DISTINCT FROM (old.level, parent.pcode) ORDER BY i.pcode LIMIT 1
"""  # noqa: S608


class Loaded(NamedTuple):
    """What a load did: how many places and names the file has, and how many rows were written or deleted for them."""

    name: str
    places: int
    names: int
    places_written: int
    names_written: int
    names_deleted: int


def load(path: Path, *, again: bool = False) -> Loaded:
    """Load one file, whole or not at all; a file that was loaded before is left alone unless ``again``.

    Raises `GazetteerError` when a line is no place, or its parent is neither in the file nor known, or
    it lies elsewhere than the place that has its code.
    """
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise GazetteerError(f"{path.name}: {error.strerror}") from error
    known = GazetteerFile.objects.filter(name=path.name, sha256=digest, counts__rules=RULES).first()
    if known and not again:
        return Loaded(path.name, known.counts["places"], known.counts["names"], 0, 0, 0)
    rows = read(path)
    names = [name for row in rows for name in row.names]
    with transaction.atomic():
        written = _store(path.name, rows, names)
        counts = {"places": len(rows), "names": len(names), "rules": RULES}
        GazetteerFile.objects.update_or_create(name=path.name, defaults={"sha256": digest, "counts": counts})
    return Loaded(path.name, len(rows), len(names), *written)


def _store(file: str, rows: list[PlaceRow], names: list[NameRow]) -> tuple[int, int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_INCOMING)
        _copy("incoming_place", (row[:-1] for row in rows))
        _copy("incoming_name", names)
        cursor.execute("ANALYZE incoming_place, incoming_name")
        cursor.execute(_UNKNOWN_PARENT)
        if orphan := cursor.fetchone():
            raise GazetteerError(f"{file}: {orphan[0]} lies in {orphan[1]}, which is no known larger unit")
        cursor.execute(_MOVED)
        if moved := cursor.fetchone():
            raise GazetteerError(
                f"{file}: {moved[0]} lies in {moved[1]} and stays there, at its level: "
                "give a place that moved another code"
            )
        places_written = 0
        for level in sorted({row.level for row in rows}):
            cursor.execute(_UPSERT_PLACES, [level])
            places_written += cursor.rowcount
        cursor.execute(_DELETE_NAMES)
        deleted = cursor.rowcount
        cursor.execute(_UPSERT_NAMES)
        names_written = cursor.rowcount
        cursor.execute("DROP TABLE incoming_place, incoming_name")
    return places_written, names_written, deleted


def _copy(table: str, rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
