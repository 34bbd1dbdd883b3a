"""Fills one database: `python -m benchmarks.loading STEP …`, with DATABASE_URL set; says in JSON what it took."""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import django

from archive.terms import TextPolicy

STEPS: dict[str, Callable[[argparse.Namespace], int]] = {}


def step(function: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    STEPS[function.__name__] = function
    return function


@step
def schema(options: argparse.Namespace) -> int:
    """Tables, places, vocabularies."""
    from django.core.management import call_command  # noqa: PLC0415 (after django.setup)

    for command in (["migrate", "--verbosity=0"], ["load_gazetteer"], ["load_vocabularies"]):
        call_command(*command, stdout=sys.stderr)
    return 1


@step
def articles(options: argparse.Namespace) -> int:
    """All articles by the intake, in as many processes as asked for; indexes of words are built at the end."""
    from archive.models import ArticleRow, Source  # noqa: PLC0415

    with indexed_at_end(ArticleRow, "article_row_vector", "article_row_full_vector", "article_row_places"):
        parts = [[*command_of("part"), f"--part={part}", *map(str, rest(options))] for part in range(options.processes)]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE) for command in parts]
        found = [json.loads(process.communicate()[0]) for process in running]
    # As of outlets that allow it: the texts are shown, and highlighted.
    Source.objects.update(text_policy=TextPolicy.FULL)
    return sum(part["rows"] for part in found)


@step
def part(options: argparse.Namespace) -> int:
    """The share of one process of the articles."""
    from archive import intake  # noqa: PLC0415
    from archive.gazetteer.index import everything  # noqa: PLC0415
    from archive.readers import read_path  # noqa: PLC0415

    everything().finder  # noqa: B018 (built before the clock matters)
    every = islice(read_path(options.path), options.rows)
    mine = (item for number, item in enumerate(every) if number // 200 % options.processes == options.part)
    return sum(receipt.outcome == intake.Outcome.ADDED for receipt in intake.receive_all(mine, by=None))


@step
def incidents(options: argparse.Namespace) -> int:
    """All incidents by the bulk path, as above."""
    from incidents.models import PublishedIncident  # noqa: PLC0415

    names = [index.name for index in PublishedIncident._meta.indexes]
    with indexed_at_end(PublishedIncident, *names):
        parts = [
            [*command_of("incident_part"), f"--part={part}", *map(str, rest(options))]
            for part in range(options.processes)
        ]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE) for command in parts]
        found = [json.loads(process.communicate()[0]) for process in running]
    return sum(part["rows"] for part in found)


@step
def incident_part(options: argparse.Namespace) -> int:
    """The share of one process of the incidents."""
    from benchmarks.dataset import publish  # noqa: PLC0415

    return publish(options.path, options.rows, part=options.part, parts=options.processes)


@contextmanager
def indexed_at_end(model: Any, *names: str) -> Iterator[None]:
    """Without these indexes meanwhile: as an operator would fill an empty archive."""
    from django.db import connection  # noqa: PLC0415

    from archive.postgresql.base import as_owner  # noqa: PLC0415

    indexes = [index for index in model._meta.indexes if index.name in names]
    with as_owner(), connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, model._meta.db_table)
    with as_owner(), connection.schema_editor() as editor:
        for index in indexes:
            if index.name in there:  # a run that was cut off has removed it already
                editor.remove_index(model, index)
    yield
    with as_owner(), connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(model, index)


@step
def statistics(options: argparse.Namespace) -> int:
    """What autovacuum would have done by the time that readers come."""
    from django.db import connection  # noqa: PLC0415

    from archive.postgresql.base import as_owner  # noqa: PLC0415

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")
    return 1


def command_of(name: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.loading", name]


def rest(options: argparse.Namespace) -> list[Any]:
    return ["--path", options.path, "--rows", options.rows, "--processes", options.processes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--path", type=Path)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--part", type=int, default=0)
    options = parser.parse_args()
    django.setup()
    begun = time.perf_counter()
    rows = STEPS[options.step](options)
    print(json.dumps({"step": options.step, "rows": rows, "seconds": round(time.perf_counter() - begun, 2)}))


if __name__ == "__main__":
    main()
