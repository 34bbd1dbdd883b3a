"""The command: what it prints, its exit status, and that neither a kill nor a second run at once changes the result."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive import intake
from archive.models import Article, ArticleKey, Capture, Mention, TextVersion
from tests.factories.databases import environment
from tests.factories.documents import TEXT, record

ROOT = Path(__file__).resolve().parents[3]
NOTHING_STATED = " Without a date: 1 (1 not stated). Without a source: 1 (1 not stated)."
MAPPING = ROOT / "fixtures" / "mappings" / "fa-kes.toml"


def run(*arguments, **options) -> tuple[list[str], int]:
    """Lines on standard output, and the exit status."""
    out = StringIO()
    try:
        call_command("import_articles", *map(str, arguments), stdout=out, **options)
    except SystemExit as end:
        return out.getvalue().splitlines(), end.code
    except CommandError as error:
        return [str(error)], error.returncode
    return out.getvalue().splitlines(), 0


def digest() -> str:
    """What the tables of documents hold, but for ids and times."""
    rows = [
        *Article.objects.values_list("title", "url", "published_on", "language", "source__name_en", "metadata_origin"),
        *ArticleKey.objects.values_list("article__title", "article__url", "scheme", "value"),
        *Capture.objects.values_list("article__title", "article__url", "bytes", "size", "file_name", "locator"),
        *TextVersion.objects.values_list("article__title", "article__url", "number", "sha256", "capture__bytes"),
        *Mention.objects.values_list("text_version__sha256", "start", "end", "place__pcode", "is_best"),
    ]
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "mill.txt").write_text(f"Three shells hit the old mill\n\n{TEXT}")
    (tmp_path / "empty.txt").write_bytes(b"")
    return tmp_path


@pytest.mark.django_db
def test_command_prints_a_line_each_and_says_with_its_status_that_something_was_refused(folder):
    lines, status = run(folder)

    assert lines == [
        f"refused        {folder.name}/empty.txt: it is empty",
        f"added          {folder.name}/mill.txt  Three shells hit the old mill",
        f"1 added, 0 new capture, 0 already there, 1 refused.{NOTHING_STATED}",
    ]
    assert status == 1
    assert run(folder / "mill.txt") == (
        [
            "already there  mill.txt  Three shells hit the old mill",
            f"0 added, 0 new capture, 1 already there, 0 refused.{NOTHING_STATED}",
        ],
        0,
    )


@pytest.mark.django_db
def test_command_arguments_fill_what_is_unknown(folder):
    run(
        folder / "mill.txt",
        "--source",
        "The Mill Times",
        "--published",
        "14 March 2018",
        "--url",
        "https://mill.example/1",
    )

    article = Article.objects.get()
    assert (article.source.name_en, str(article.published_on), article.url) == (
        "The Mill Times",
        "2018-03-14",
        "https://mill.example/1",
    )
    assert article.metadata_origin["source"] == "argument"


@pytest.mark.django_db
def test_command_dry_run_leaves_nothing(folder):
    lines, status = run(folder, "--dry-run")

    assert lines[-1].startswith("Would be: 1 added, 0 new capture, 0 already there, 1 refused. Without a date: 1 ")
    assert status == 1
    assert not Article.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.txt"], "nowhere.txt does not exist"),
        (["{}", "--published", "soon"], "--published 'soon' cannot be read"),
        (["{}/mill.txt", "--url", "javascript:alert(1)"], "--url"),
        (["{}", "--url", "https://mill.example/1"], "one file"),
        (["{}", "--map", "{}/none.toml"], "--map"),
        (["{}", "--source", " "], "--source"),
    ],
)
def test_command_unusable_arguments_import_nothing(folder, arguments, message):
    lines, status = run(*(argument.format(folder) for argument in arguments))

    assert message in lines[0]
    assert status == 2
    assert not Article.objects.exists()


def corpus(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            row = {
                "url": f"https://mill.example/{n % (count - 9)}" if n % 3 else None,
                "title": f"Report {n % (count - 9)} ألف",
                "source": f"Source {n % 7}",
                "published": "2018-03-14" if n % 5 else None,
                "text": f"Shells fell on mill number {n}. " * 20,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


@pytest.mark.django_db(transaction=True)
def test_command_killed_in_the_middle_and_run_again_ends_with_the_same_rows(tmp_path):
    path = corpus(tmp_path / "many.jsonl", 1000)
    command = [sys.executable, str(ROOT / "manage.py"), "import_articles", str(path)]
    killed = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(), start_new_session=True)
    for _ in range(250):
        assert killed.stdout.readline().startswith(("added", "new capture"))
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    held = TextVersion.objects.count()

    lines, status = run(path)
    resumed = digest()

    assert 250 <= held < 1000
    assert status == 0
    assert int(lines[-1].split(" already there")[0].rsplit(" ", 1)[1].replace(",", "")) >= held
    call_command("flush", interactive=False, verbosity=0)
    run(path)
    assert digest() == resumed
    assert TextVersion.objects.count() == 1000


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_no_doubles(monkeypatch):
    monkeypatch.setattr("archive.intake.services.BATCH_RECORDS", 5)
    records = [
        record(f"Words {n}.", title=f"Title {n}", url=f"https://mill.example/{n}", source="S") for n in range(60)
    ]
    outcomes = []

    def work(mine):
        try:
            outcomes.extend(receipt.outcome for receipt in intake.receive_all(mine, by=None))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(mine,)) for mine in (records, records[::-1], records)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["added"] * 60 + ["already there"] * 120
    assert Article.objects.count() == TextVersion.objects.count() == 60


@pytest.mark.shared
@pytest.mark.django_db
def test_seeds_go_in_with_sensible_titles_dates_and_languages(shared):
    _, status = run(shared / "seeds")

    found = {a.captures.get().file_name[:3]: a for a in Article.objects.all()}
    assert status == 0
    assert {number: str(a.published_on) for number, a in found.items() if a.published_on} == {
        "000": "2019-11-28",
        "002": "2017-10-01",
    }
    assert {number: a.metadata_origin["title"] for number, a in found.items()} == dict.fromkeys(
        ("000", "001", "002", "004"), "text"
    ) | {"003": "opening words"}
    assert [len(found[number].title) for number in sorted(found)] == [92, 71, 93, 101, 81]
    assert {a.language for a in found.values()} == {"en"}
    assert {a.source for a in found.values()} == {None}


@pytest.mark.shared
@pytest.mark.django_db
def test_fa_kes_twice_adds_nothing_the_second_time(shared):
    path = shared / "data" / "articles" / "fa-kes-dev.csv"

    first, _ = run(path, "--map", MAPPING)
    before = digest()
    second, status = run(path, "--map", MAPPING)

    assert first[-1] == "184 added, 0 new capture, 3 already there, 0 refused."
    assert second[-1] == "0 added, 0 new capture, 187 already there, 0 refused."
    assert status == 0
    assert digest() == before
    assert not Article.objects.filter(published_on=None).exists()
    assert not Article.objects.filter(source__name_en=None).exists()


@pytest.mark.shared
@pytest.mark.django_db
def test_reports_go_in_with_their_front_matter_in_both_languages(shared):
    _, status = run(shared / "data" / "articles" / "reports")

    articles = Article.objects.all()
    assert status == 0
    assert sorted(article.language for article in articles) == ["ar"] * 6 + ["en"] * 6
    assert {article.metadata_origin["title"] for article in articles} == {"file"}
    assert all(article.published_on for article in articles)
    assert not TextVersion.objects.filter(text__regex=r"!\[|\]\(http|^---").exists()


@pytest.mark.django_db
def test_last_line_says_how_many_dates_and_sources_are_missing_and_why(tmp_path):
    rows = [
        {"text": "One shell fell on the mill.", "published": "03/04/2017", "source": "The Mill Times"},
        {"text": "Two shells fell on the mill.", "published": "2017-02-30", "source": "…"},
        {"text": "Three shells fell on the mill.", "published": "soon"},
        {"text": "Four shells fell on the mill.", "published": "2017-02"},
        {"text": "Five shells fell on the mill.", "published": "2017-02-03", "source": "The Mill Times"},
        {"text": "Six shells fell on the mill."},
        {"text": "Seven shells fell on the mill.", "published": "later"},
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    lines, status = run(tmp_path / "rows.jsonl")

    assert status == 0
    assert lines[-1] == (
        "7 added, 0 new capture, 0 already there, 0 refused. "
        "Without a date: 6 (2 not a date, 1 could be two days, 1 not in the calendar, 1 not stated, "
        "1 only a month or a year). Without a source: 5 (4 not stated, 1 without letter or digit)."
    )


@pytest.mark.django_db
def test_what_is_doubtful_about_an_encoding_is_printed_and_kept(tmp_path):
    words = "سقطت ثلاث قذائف على الطاحونة القديمة عند النهر ظهر اليوم. " * 3
    (tmp_path / "a.txt").write_bytes(words.encode("cp1256"))
    (tmp_path / "b.txt").write_bytes(words.encode() + b"\xff The end.")

    lines, _ = run(tmp_path)

    assert lines[0].endswith(" (encoding guessed: cp1256)")
    assert lines[1].endswith(" (damaged UTF-8: 1 characters could not be read and are U+FFFD)")
    kept = Article.objects.order_by("pk").values_list("metadata_origin__encoding", flat=True)
    assert [*kept] == [line.split(" (")[1].removesuffix(")") for line in lines[:2]]
    lines, _ = run(tmp_path, "--encoding", "cp1256", "--dry-run")
    assert "guessed" not in lines[0]
    assert run(tmp_path, "--encoding", "unicode_escape") == (
        ["--encoding 'unicode_escape' is not the name of an encoding."],
        2,
    )
