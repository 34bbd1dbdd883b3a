"""Whether there is nothing where an archive is to be restored; also where a restore stopped half-way."""

from django.db.backends.base.base import BaseDatabaseWrapper

from archive.backing_up.errors import InterruptedRestoreError, RestoreError
from archive.depot import store

_THINGS = """
SELECT count(*), (array_agg(c.relname ORDER BY c.relname))[1:3] FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
_SAID = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
BEGUN = "A restore of the archive was begun here and has not ended:"


def how_to_empty(owner: BaseDatabaseWrapper) -> str:
    """Return the commands that make the database anew, empty."""
    name, role = owner.settings_dict["NAME"], owner.settings_dict["USER"]
    made = f"createdb {name} --owner {role} --encoding UTF8 --locale C.UTF-8 --template template0"
    return f"Stop the site and its worker, then (as postgres):\n  dropdb {name}\n  {made}"


def refuse_used_database(owner: BaseDatabaseWrapper) -> None:
    """Raise `RestoreError` where there are tables, or letters are not kept as UTF-8."""
    with owner.cursor() as cursor:
        cursor.execute(_SAID)
        (said,) = cursor.fetchone()
        cursor.execute(_THINGS)
        count, names = cursor.fetchone()
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone()
    if count and (said or "").startswith(BEGUN):
        raise InterruptedRestoreError(f"{said} what is there is not whole. {how_to_empty(owner)}")
    if count:
        more = " and more" if count > len(names) else ""
        raise RestoreError(
            f"The database {owner.settings_dict['NAME']} is not empty: it has {', '.join(names)}{more}. "
            f"A backup is restored into an empty one. {how_to_empty(owner)}"
        )
    if encoding != "UTF8":
        raise RestoreError(f"The database keeps letters as {encoding}, not as UTF8. {how_to_empty(owner)}")


def refuse_used_storage() -> None:
    """Raise `RestoreError` where captures lie in the storage already."""
    try:
        is_used = store.is_begun() and any(store.storage().listdir(store.ROOT))
    except (store.AwayError, FileNotFoundError, NotADirectoryError):
        is_used = False
    if is_used:
        where = getattr(store.storage(), "location", "") or "the bucket"
        raise RestoreError(
            f"The storage of captures ({where}) is not empty. Name another in CAPTURES_DIR or CAPTURES_S3_PREFIX, "
            "empty it, or say --into-captures: what is there and fits its name stays, and the rest is added."
        )


def mark(owner: BaseDatabaseWrapper, what: str | None) -> None:
    """Let the database say that a restore has begun, or nothing any more."""
    with owner.cursor() as cursor:
        name = owner.ops.quote_name(owner.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [what and f"{BEGUN} {what};"])
