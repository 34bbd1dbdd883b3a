"""The data package: whole or absent, what its description promises, and nothing that readers may not see."""

import copy
import csv
import hashlib
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive import search
from incidents import curation
from incidents.formats import package
from tests.factories.small_archive import Corpus
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db

READ: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "date": date.fromisoformat,
    "datetime": lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"),
}


@pytest.fixture(scope="module")
def kept_corpus(make_once: MakeOnce) -> Corpus:
    return make_once(lambda: Corpus(12))


@pytest.fixture
def corpus(kept_corpus: Corpus) -> Corpus:
    return copy.deepcopy(kept_corpus)


def exported(folder: Path) -> dict[str, Any]:
    call_command("export_dataset", str(folder), verbosity=0)
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_cell(text: str, field: dict[str, Any]) -> None:
    """Check one cell by its Table Schema (https://specs.frictionlessdata.io/table-schema/)."""
    constraints = field.get("constraints", {})
    if text == "":
        assert not constraints.get("required"), field["name"]
        return
    value = READ[field["type"]](text)
    assert value in constraints.get("enum", [value]), (field["name"], text)
    assert constraints.get("minimum", value) <= value <= constraints.get("maximum", value), (field["name"], text)
    assert re.fullmatch(constraints.get("pattern", ".*"), text, re.DOTALL), (field["name"], text)


def test_package_describes_its_files(corpus, tmp_path) -> None:
    found = exported(tmp_path / "out")

    assert found["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[-a-z0-9._/]+", found["name"])
    assert found["licenses"][0]["name"]
    assert found["sources"]
    assert re.fullmatch(r"\d{4}\.\d+\.\d+", found["version"])
    datetime.strptime(found["created"], "%Y-%m-%dT%H:%M:%SZ")
    described = {resource["path"] for resource in found["resources"]}
    texts = {"datapackage.json", "codebook.md", "LICENCE.md", "ATTRIBUTION.md"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == described | texts
    for resource in found["resources"]:
        data = (tmp_path / "out" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_package_cells_fit_their_schemas(corpus, tmp_path) -> None:
    found = exported(tmp_path / "out")

    for resource in found["resources"]:
        rows = rows_of(tmp_path / "out", resource["name"])
        columns = resource["schema"]["fields"]
        assert list(rows[0] if rows else {}) in ([], [field["name"] for field in columns])
        for row in rows:
            for field in columns:
                check_cell(row[field["name"]], field)
        key = resource["schema"]["primaryKey"]
        assert len({tuple(row[name] for name in key) for row in rows}) == len(rows), resource["name"]
        for link in resource["schema"].get("foreignKeys", []):
            known = {
                row[link["reference"]["fields"][0]] for row in rows_of(tmp_path / "out", link["reference"]["resource"])
            }
            assert {row[link["fields"][0]] for row in rows} <= known
    for name in ("incidents", "claims", "articles", "places", "facilities", "actors", "weapons", "sources"):
        assert rows_of(tmp_path / "out", name), name


def test_package_has_the_set_of_the_list(client, corpus, tmp_path) -> None:
    curation.withdraw(corpus.incidents[0], by=None, reason="A copy.")
    curation.merge(corpus.incidents[1], into=corpus.incidents[2], by=None, reason="Told twice.")
    exported(tmp_path / "out")

    lines = client.get("/incidents.csv", {"scope": "any"}).getvalue().decode().splitlines()
    listed = {row["code"]: row for row in csv.DictReader(lines)}
    for name, key in (("incidents", "code"), ("incidents_ucdp_ged", "id"), ("incidents_acled", "event_id_cnty")):
        rows = {row[key]: row for row in rows_of(tmp_path / "out", name)}
        assert set(rows) == set(listed), name
        assert {row["permalink"] for row in rows.values()} == {row["permalink"] for row in listed.values()}
    for row in rows_of(tmp_path / "out", "incidents"):
        assert row.items() <= listed[row["code"]].items()
    closed = {row["code"]: row for row in rows_of(tmp_path / "out", "closed")}
    assert {code: row["state"] for code, row in closed.items()} == {
        corpus.incidents[0].code: "withdrawn",
        corpus.incidents[1].code: "merged",
    }
    assert closed[corpus.incidents[1].code]["merged_into"] == corpus.incidents[2].code


def test_package_keeps_words_of_reference_sources_and_withheld_articles(corpus, tmp_path) -> None:
    hidden = corpus.articles[2]
    type(hidden).objects.filter(pk=hidden.pk).update(visibility="withheld", visibility_reason="Asked for.")
    search.index_articles([hidden.pk])
    exported(tmp_path / "out")

    claims = rows_of(tmp_path / "out", "claims")
    by_article = {
        article.public_id: [row for row in claims if row["article"] == article.public_id] for article in corpus.articles
    }
    full, reference = corpus.articles[0], corpus.articles[1]
    assert all(row["exact"] for row in by_article[full.public_id])
    for kept in (reference, hidden):
        assert by_article[kept.public_id]
        assert not any(row["exact"] for row in by_article[kept.public_id])
    for path in (tmp_path / "out").iterdir():
        assert f"{hidden.title}\n" not in path.read_text(encoding="utf-8"), path.name
        assert f"{hidden.title}," not in path.read_text(encoding="utf-8"), path.name


def test_package_codes_precision_as_the_data_sets_do(corpus, tmp_path) -> None:
    exported(tmp_path / "out")

    rows = {row["code"]: row for row in rows_of(tmp_path / "out", "incidents")}
    for ged in rows_of(tmp_path / "out", "incidents_ucdp_ged"):
        row = rows[ged["id"]]
        expected = {"day": "1", "days": "2", "week": "3", "month": "4", "year": "5", "longer": "5"}
        if row["date_certain"] == "true":
            assert ged["date_prec"] == expected[row["date_precision"]]
        else:
            assert ged["date_prec"] != "1"
        assert (ged["date_start"], ged["date_end"]) == (row["occurred_from"], row["occurred_to"])
        assert (ged["low"], ged["high"]) == (row["killed_low"], row["killed_high"])
        assert ged["where_prec"] == {"near community": "2", "part of governorate": "5"}.get(
            row["place_precision"], ged["where_prec"]
        )


def test_codebook_explains_every_column(corpus, tmp_path) -> None:
    found = exported(tmp_path / "out")

    text = (tmp_path / "out" / "codebook.md").read_text(encoding="utf-8")
    for resource in found["resources"]:
        part = text.split(f"## {resource['name']}.csv:")[1].split("\n## ")[0]
        for field in resource["schema"]["fields"]:
            assert f"| `{field['name']}` |" in part


def test_used_folder_is_refused_and_untouched(tmp_path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(CommandError, match="not empty") as refused:
        call_command("export_dataset", str(tmp_path))

    assert refused.value.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_file_in_place_of_the_folder_is_refused(tmp_path) -> None:
    (tmp_path / "out").write_text("mine")

    with pytest.raises(CommandError, match="not a folder"):
        call_command("export_dataset", str(tmp_path / "out"))


def test_empty_folder_and_empty_archive_are_fine(tmp_path) -> None:
    found = exported(tmp_path)

    assert rows_of(tmp_path, "incidents") == []
    assert len(found["resources"]) == len(package.TABLES)


def test_failure_leaves_nothing_behind(corpus, tmp_path, monkeypatch) -> None:
    def fail(*args: Any) -> None:
        raise ValueError("no")

    monkeypatch.setattr(package, "descriptor", fail)

    with pytest.raises(ValueError, match="no"):
        call_command("export_dataset", str(tmp_path / "out"))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_package_is_of_one_state_of_the_database(tmp_path, monkeypatch) -> None:
    levels = []
    real = package.write_tables

    def spied(folder: Path) -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            levels.append(cursor.fetchone()[0])
        return real(folder)

    monkeypatch.setattr(package, "write_tables", spied)
    exported(tmp_path / "out")

    assert levels == ["repeatable read"]
