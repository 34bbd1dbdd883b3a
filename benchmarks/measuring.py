"""Measures one size: every kind of page with one client and with eight, its queries, its floor, Datasette beside it."""

import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from benchmarks import client, datasette, processes
from benchmarks.cases import Case
from benchmarks.figures import Times, summarise
from benchmarks.floors import Part, Statement

CLIENTS = 8
SECONDS = 6.0  # that a page is asked for while somebody writes
FLOORS = 12  # addresses whose floor is measured: bad plans take seconds
Result = dict[str, Any]


@dataclass(frozen=True)
class Bench:
    """The site at a port over a database, and Datasette at another (0: not beside it)."""

    connection: psycopg.Connection
    port: int
    server: psutil.Process
    datasette: int
    requests: int

    def warm_up(self) -> float:
        """Let every process of the server read what it keeps in memory; return how long the slowest answer took."""
        asked = [path for path in ("/incidents/", "/articles/", "/map/") for _ in range(2 * CLIENTS)]
        return max(client.ask_all(self.port, asked, clients=CLIENTS))

    def measure(self, case: Case) -> Result:
        """Measure a kind of page; every address is new to the server, but for those of "again"."""
        addresses = [case.draw() for _ in range(self.requests)]
        paths = [path for path, _ in addresses]
        before = self.queries()
        alone = summarise(client.ask_all(self.port, paths, clients=1))
        queries = (self.queries() - before) / len(paths)
        again = summarise(client.ask_all(self.port, paths, clients=1))
        crowd = [case.draw()[0] for _ in range(2 * self.requests)]
        together = summarise(client.ask_all(self.port, crowd, clients=CLIENTS))
        result: Result = {
            "name": case.name,
            "example": paths[0],
            "alone": alone.as_dict(),
            "again": again.as_dict(),
            "together": together.as_dict(),
            "queries": round(queries, 1),
            "floor": self.floor(parts for _, parts in addresses[:FLOORS]).as_dict(),
        }
        if self.datasette and case.datasette:
            asked = [datasette.address(path, case.datasette) for path in paths]
            result["datasette"] = summarise(client.ask_all(self.datasette, asked, clients=1)).as_dict()
            crowded = [datasette.address(path, case.datasette) for path in crowd[: self.requests]]
            result["datasette_together"] = summarise(client.ask_all(self.datasette, crowded, clients=CLIENTS)).as_dict()
        return result

    def while_written(self, case: Case) -> Result:
        """Measure a kind of page over and over for some seconds while somebody writes."""
        paths = [case.draw()[0] for _ in range(self.requests)]
        alone, together = (self.kept_asking(paths, clients) for clients in (1, CLIENTS))
        return {"name": case.name, "alone": alone.as_dict(), "together": together.as_dict()}

    def kept_asking(self, paths: list[str], clients: int) -> Times:
        times: list[float] = []
        begun = time.monotonic()
        while time.monotonic() - begun < SECONDS:
            times += client.ask_all(self.port, paths, clients=clients)
        return summarise(times)

    def queries(self) -> int:
        """How many statements the database has answered for the site."""
        row = self.connection.execute(
            "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid "
            "WHERE d.datname = current_database() AND toplevel AND query NOT LIKE '%pg_stat_statements%'"
        ).fetchone()
        return int(row[0]) if row else 0

    def floor(self, every: Iterable[list[Part]]) -> Times:
        """How long the leanest SQL takes for the same pages, by the best plan for each part.

        PostgreSQL does not see what it costs to unpack words, and reads whole tables where an index is quicker.
        """
        times = [sum(self.quickest(part) for part in page) for page in every]
        self.connection.execute("RESET enable_seqscan")
        return summarise(times)

    def quickest(self, part: Part) -> float:
        return min(self.timed(statement, plan) for statement in part for plan in ("on", "off"))

    def timed(self, statement: Statement, seqscan: str) -> float:
        self.connection.execute(f"SET enable_seqscan = {seqscan}")
        sql, values = statement
        begun = time.perf_counter()
        self.connection.execute(sql, values).fetchall()
        return (time.perf_counter() - begun) * 1000

    def download(self, path: str) -> Result:
        """A whole file, and how much more memory the server has at most meanwhile."""
        client.download(self.port, f"{path}?q=nothing-has-this-word")  # so that only the file itself is counted
        before = processes.memory(self.server)
        peak = [before]
        taken = while_watching(lambda: client.download(self.port, path), lambda: peak.append(self.memory_now()))
        return {
            "name": f"{path}, everything",
            "first_ms": round(taken.first * 1000, 1),
            "seconds": round(taken.total, 1),
            "megabytes": round(taken.size / 1e6, 1),
            "memory_megabytes": round((max(peak) - before) / 1e6, 1),
        }

    def memory_now(self) -> int:
        return processes.memory(self.server)


def while_watching(work: Callable[[], Any], watch: Callable[[], None], every: float = 0.2) -> Any:
    """Do the work in this thread, and watch in another."""
    import threading  # noqa: PLC0415

    done = threading.Event()

    def look() -> None:
        while not done.wait(every):
            watch()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        return work()
    finally:
        done.set()
        thread.join()


def opened(stack: ExitStack, url: str, home: Path, *, requests: int, beside: tuple[Path, Path] | None) -> Bench:
    """Start what is measured; ``beside`` is Datasette's program and its database."""
    connection = stack.enter_context(psycopg.connect(url, autocommit=True))
    port = processes.free_port()
    environment = processes.production(url, home, port)
    server = stack.enter_context(processes.served(processes.gunicorn(port), port, "/healthz", environment))
    other = stack.enter_context(datasette.running(*beside)) if beside else 0
    return Bench(connection, port, server, other, requests)
