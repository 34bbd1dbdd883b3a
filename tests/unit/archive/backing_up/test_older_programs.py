"""The programs of PostgreSQL 15 are asked in words that they know, though psycopg's libpq is newer."""

from types import SimpleNamespace
from typing import cast

import psycopg

from archive.backing_up import programs


def test_an_address_has_nothing_that_an_older_libpq_refuses() -> None:
    told = {
        "host": "127.0.0.1",
        "dbname": "archive",
        "sslcertmode": "disable",
        "gssdelegation": "0",
        "client_encoding": "UTF8",
    }
    info = SimpleNamespace(get_parameters=lambda: told, password="secret")

    address, environment = programs.address_of(cast(psycopg.Connection, SimpleNamespace(info=info)))

    assert address == "host=127.0.0.1 dbname=archive"
    assert environment["PGPASSWORD"] == "secret"
