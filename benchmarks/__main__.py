"""`make bench`: loads large archives, measures every kind of page over HTTP, prints the table.

Two sizes, so that growth shows. A database that was loaded with the same numbers is used again.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import corpus, datasette, floors, processes, report, writing
from benchmarks.cases import World, article_cases, deep_cases, incident_cases, picture_cases, written_to
from benchmarks.client import AnswerError
from benchmarks.figures import AFTER_WRITE
from benchmarks.loading import command_of
from benchmarks.measuring import Bench, opened
from benchmarks.postgres import HOME, ROOT, Server, roles

SIZES = {"small": (30_000, 20_000), "large": (300_000, 200_000), "million": (1_000_000, 300_000)}
WRITERS = {"change": "While an incident is published every second", "intake": "While articles are imported"}
RESULTS = ROOT / "benchmarks" / "results"
SEED = 11


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("ARCHIVE_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--scale", type=float, default=1.0, help="how much of the sizes: 0.1 for a quick look")
    parser.add_argument("--requests", type=int, default=40, help="addresses of each kind of page")
    parser.add_argument("--processes", type=int, default=2, help="that load at a time")
    parser.add_argument("--only", default="", help="pages whose name has this pattern")
    parser.add_argument("--size", choices=[*SIZES, "both"], default="both", help="both: small and large")
    parser.add_argument("--no-datasette", action="store_true")
    parser.add_argument("--no-writes", action="store_true", help="not while somebody writes, which changes the data")
    parser.add_argument("--reload", action="store_true", help="load again what is there")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    server = Server()
    collect_static()
    wanted = ["small", "large"] if options.size == "both" else [options.size]
    sizes = [(int(SIZES[size][0] * options.scale), int(SIZES[size][1] * options.scale)) for size in wanted]
    found = [measure(server, articles, incidents, options) for articles, incidents in sizes]
    for one in found:
        print(f"\n## {one['articles']:,} articles, {one['incidents']:,} incidents (milliseconds)\n")
        print("\n".join(report.loading(one["loading"])), "\n")
        print(f"First pages after a start, the slowest: {one['warm_up_ms']:,} ms\n")
        print("\n".join(report.table(one["pages"])), "\n")
        print("\n".join(report.files(one["files"])))
        print(f"\nMemory of the server and its workers: {one['memory_megabytes']} MB")
        for what, pages in one["written"].items():
            print(f"\n### {WRITERS[what]}\n")
            print("\n".join(report.written(pages, AFTER_WRITE)))
    if len(found) == 2:
        print("\n## Growth\n")
        print("\n".join(report.growth(found[0]["pages"], found[1]["pages"])))
    keep(found)


def keep(found: list[dict[str, Any]]) -> None:
    RESULTS.mkdir(exist_ok=True)
    moment = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    (RESULTS / f"{moment}.json").write_text(json.dumps(found, indent=1, ensure_ascii=False))


def collect_static() -> None:
    environment = processes.production("postgresql://postgres:@/no-database-is-asked", HOME, 80)
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)


def measure(server: Server, articles: int, incidents: int, options: argparse.Namespace) -> dict[str, Any]:
    url, loading = loaded(server, articles, incidents, options)
    beside = None
    if not options.no_datasette:
        source = corpus.written(options.shared, HOME / "corpus", "articles", articles)
        database = datasette.filled(HOME / f"datasette-{articles}" / "articles.db", source, articles)
        beside = (datasette.installed(ROOT / ".run" / "datasette-venv"), database)
    with ExitStack() as stack:
        bench = opened(stack, url, HOME, requests=options.requests, beside=beside)
        warm_up = round(bench.warm_up())
        world = World.of(bench.connection, SEED)
        pages = []
        for case in (*incident_cases(world), *deep_cases(world), *picture_cases(world), *article_cases(world)):
            if re.search(options.only, case.name):
                try:
                    pages.append(bench.measure(case))
                except AnswerError as error:
                    print(f"{case.name}: not measured: {error}", file=sys.stderr)
                    continue
                print("\n".join(list(report.table(pages[-1:]))[2:]), file=sys.stderr, flush=True)
        files = [bench.download("/incidents.csv")] if re.search(options.only, "CSV") else []
        memory = round(bench.memory_now() / 1e6)
        written = {} if options.no_writes else dict(while_written(bench, world, url, options))
    return {
        "articles": articles,
        "incidents": incidents,
        "loading": loading,
        "warm_up_ms": warm_up,
        "pages": pages,
        "files": files,
        "memory_megabytes": memory,
        "written": written,
    }


def while_written(
    bench: Bench, world: World, url: str, options: argparse.Namespace
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield what is measured beside each of `WRITERS`."""
    environment = {**os.environ, **roles(url), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    for what, kind in (("change", "incidents"), ("intake", "articles")):
        path = corpus.written(options.shared, HOME / "corpus", kind, writing.IMPORTED)
        with writing.beside(what, path, environment):
            cases = (case for case in written_to(world) if re.search(options.only, case.name))
            yield what, [bench.while_written(case) for case in cases]


def loaded(server: Server, articles: int, incidents: int, options: argparse.Namespace) -> tuple[str, list[Any]]:
    """The address of a database of this size, and how long it took to fill, now or when it was."""
    name = f"bench_{articles}_{incidents}"
    if options.reload:
        server.drop(name)
    url = server.url(name)
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if known and known[0]:
            migrate(url)
            return url, json.loads(known[0])
        steps = fill(url, articles, incidents, options)
        floors.prepare(connection)
        written = json.dumps(steps).replace("'", "''")
        connection.execute(f"COMMENT ON DATABASE \"{name}\" IS '{written}'")
    return url, steps


def migrate(url: str) -> None:
    environment = {**os.environ, **roles(url), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], check=True, cwd=ROOT, env=environment)


def fill(url: str, articles: int, incidents: int, options: argparse.Namespace) -> list[dict[str, Any]]:
    files = {
        "articles": (corpus.written(options.shared, HOME / "corpus", "articles", articles), articles),
        "incidents": (corpus.written(options.shared, HOME / "corpus", "incidents", incidents), incidents),
    }
    environment = {**os.environ, **roles(url), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    steps = []
    for step in ("schema", "articles", "incidents", "statistics"):
        command = [*command_of(step), f"--processes={options.processes}"]
        if step in files:
            path, rows = files[step]
            command += [f"--path={path}", f"--rows={rows}"]
        done = subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        steps.append(json.loads(done.stdout.splitlines()[-1]))
        print(steps[-1], file=sys.stderr, flush=True)
    return steps


if __name__ == "__main__":
    main()
