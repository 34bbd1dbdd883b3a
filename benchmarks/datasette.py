"""Datasette on the same articles, for what it can do of the same: search by words, newest first, with facets.

It is installed into an environment of its own, never into the project's.
"""

import json
import os
import sqlite3
import subprocess
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from benchmarks.processes import free_port, served

REQUIREMENT = "datasette~=0.65.0"
RANKED = (
    "select a.id, a.title, a.source, a.published, substr(a.text, 1, 280) from articles a join articles_fts "
    "on a.id = articles_fts.rowid where articles_fts match :words order by bm25(articles_fts) limit 25"
)


def installed(home: Path) -> Path:
    """Install it if it is not there; return its program."""
    program = home / "bin" / "datasette"
    if not program.exists():
        venv.create(home, with_pip=True)
        subprocess.run(
            [home / "bin" / "python", "-m", "pip", "install", "--quiet", REQUIREMENT],
            check=True,
            stderr=subprocess.DEVNULL,
        )
    return program


def version(program: Path) -> str:
    return subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]


def filled(path: Path, corpus: Path, rows: int) -> Path:
    """Load the articles into SQLite with FTS5 and porter, as `sqlite-utils enable-fts --tokenize porter` does."""
    if path.exists():
        return path
    making = path.with_suffix(".making")
    making.unlink(missing_ok=True)
    database = sqlite3.connect(making)
    database.executescript(
        "PRAGMA journal_mode = off; PRAGMA synchronous = off;"
        "CREATE TABLE articles (id INTEGER PRIMARY KEY, url, title, source, published, language, year INTEGER, text);"
    )
    with corpus.open(encoding="utf-8") as lines:
        found = (json.loads(line) for line in islice(lines, rows))
        database.executemany(
            "INSERT INTO articles (url, title, source, published, language, year, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (r["url"], r["title"], r["source"], r["published"], r["language"], int(r["published"][:4]), r["text"])
                for r in found
            ),
        )
    database.executescript(
        "CREATE INDEX articles_published ON articles (published); CREATE INDEX articles_source ON articles (source);"
        "CREATE INDEX articles_year ON articles (year);"
        "CREATE VIRTUAL TABLE articles_fts USING fts5 (title, text, tokenize='porter', content='articles', "
        "content_rowid='id'); INSERT INTO articles_fts (rowid, title, text) SELECT id, title, text FROM articles;"
        "INSERT INTO articles_fts (articles_fts) VALUES ('optimize'); ANALYZE;"
    )
    database.commit()
    database.close()
    making.rename(path)
    return path


def address(archive_path: str, kind: str) -> str:
    """The same question as an address of the archive puts: ``kind`` is `newest` or `rank`."""
    typed = parse_qs(urlsplit(archive_path).query)["q"][0]
    words = " ".join(f"NOT {word[1:]}" if word.startswith("-") else word for word in typed.split())
    if kind == "rank":
        return "/articles?" + urlencode({"sql": RANKED, "words": words})
    facets = [("_facet", "source"), ("_facet", "language"), ("_facet", "year")]
    params = [("_search", words), ("_searchmode", "raw"), ("_sort_desc", "published"), ("_size", "25"), *facets]
    return "/articles/articles?" + urlencode(params)


@contextmanager
def running(program: Path, database: Path) -> Iterator[int]:
    """Datasette at a port, with time enough to answer what it would otherwise give up."""
    port = free_port()
    limits = {"sql_time_limit_ms": "60000", "facet_time_limit_ms": "60000", "facet_suggest_time_limit_ms": "1"}
    settings = [part for item in limits.items() for part in ("--setting", *item)]
    command = [
        str(program),
        "serve",
        "-i",
        str(database),
        "-p",
        str(port),
        *settings,
        "--setting",
        "suggest_facets",
        "off",
    ]
    with served(command, port, "/-/versions.json", {**os.environ}):
        yield port
