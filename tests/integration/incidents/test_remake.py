"""`manage.py remake`: what follows from texts and editions is made again, whatever cuts it off, and only once."""

import random
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import remaking
from archive.models import Article, ArticleRow, Remade
from incidents import curation
from incidents.management.commands import remake
from incidents.models import Incident, PublishedIncident
from tests.factories.archive import ArticleFactory, TextVersionFactory
from tests.factories.listed import published

pytestmark = pytest.mark.django_db

BY = {step.name: step for step in remake.STEPS}
SIZE = 9


class KilledError(Exception):
    """What a test cuts a run off with."""


@pytest.fixture
def articles() -> list[Article]:
    texts = [TextVersionFactory(text=f"Shells fell on mill {number} in the night.") for number in range(SIZE)]
    return [text.article for text in texts]


def rows() -> list[tuple[Any, ...]]:
    return list(ArticleRow.objects.order_by("pk").values_list("article", "place_ids", "full_vector", "pair_vector"))


def run(*steps: remaking.Step, again: bool = False) -> list[str]:
    told: list[str] = []
    remaking.remake(steps, again=again, tell=told.append)
    return told


def cut_off(step: remaking.Step, *, at: int, made: list[int], is_before: bool) -> remaking.Step:
    """The step, but its batch number ``at`` fails, before or after it was made."""
    batches = 0

    def make(pks: Sequence[int]) -> None:
        nonlocal batches
        batches += 1
        if batches == at and is_before:
            raise KilledError
        step.make(pks)
        if batches == at:
            raise KilledError
        made.extend(pks)

    return replace(step, make=make)


def test_a_run_that_is_cut_off_anywhere_goes_on_where_it_was(articles: list[Article]) -> None:
    step = replace(BY["articles"], batch=2)
    run(step)
    wanted = rows()
    assert len(wanted) == SIZE
    rng = random.Random(66)
    for _case in range(6):
        ArticleRow.objects.all().update(place_ids=[66], full_vector="", pair_vector="")
        Remade.objects.update(last=0, is_done=False)
        made: list[int] = []
        while not Remade.objects.filter(is_done=True).exists():
            cut = cut_off(step, at=rng.randint(1, 3), made=made, is_before=rng.random() < 0.5)
            try:
                run(cut)
            except KilledError:
                assert len(made) == ArticleRow.objects.exclude(place_ids=[66]).count(), (
                    "a batch stays whole or not at all"
                )

        assert rows() == wanted
        assert made == [article.pk for article in articles], "each once, in order"


def test_what_this_software_made_is_not_made_twice(articles: list[Article]) -> None:
    assert run(BY["articles"])[0] == f"articles: {SIZE} rows of articles"
    assert run(BY["articles"]) == ["articles: as this software makes them."]
    assert run(BY["articles"], again=True)[-1].startswith(f"articles: done, {SIZE} in ")


def test_other_software_begins_anew_even_where_a_run_was_cut_off(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    with pytest.raises(KilledError):
        run(cut_off(replace(BY["articles"], batch=4), at=2, made=made, is_before=True))
    assert Remade.objects.get().last == articles[3].pk

    assert run(BY["articles"])[0] == f"articles: {SIZE - 4} rows of articles left after {articles[3].pk:,}"

    monkeypatch.setattr(remaking, "software", lambda: "f" * 64)
    assert run(BY["articles"])[-1].startswith(f"articles: done, {SIZE} in ")


def test_software_is_told_by_what_it_says(tmp_path: Any, settings: Any) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text("x==1")
    (tmp_path / "archive" / "a.py").write_text("1")
    settings.BASE_DIR = tmp_path
    before = remaking.software()
    assert before == remaking.software()
    for path in ("archive/a.py", "requirements/run.txt"):
        (tmp_path / path).write_text("2")
        assert before != (before := remaking.software())


def test_progress_is_told_now_and_then(articles: list[Article]) -> None:
    ticks = iter(range(0, 10_000, 6))
    told: list[str] = []
    remaking.remake([replace(BY["articles"], batch=2)], tell=told.append, clock=lambda: float(next(ticks)))
    assert told[1] == "articles: 4 of 9, less than a minute left"


def test_a_batch_is_one_transaction_of_few_rows(articles: list[Article]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        run(replace(BY["articles"], batch=3))
    marks = [query["sql"] for query in queries if query["sql"].startswith('UPDATE "archive_remade"')]
    assert len(marks) == SIZE / 3 + 1


def test_another_run_at_once_is_refused() -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [remaking.LOCK])
        with pytest.raises(CommandError, match="Another run is at it"):
            call_command("remake", stdout=StringIO())
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [remaking.LOCK])
        call_command("remake", stdout=StringIO())
    finally:
        other.close()


def test_everything_is_made_as_services_make_it() -> None:
    for title in ("A mill", "A weir", "A ford"):
        published(title)
    curation.refresh_rows(Incident.objects.values_list("pk", flat=True))
    ArticleFactory()
    before = list(PublishedIncident.objects.order_by("pk").values())
    PublishedIncident.objects.update(vector="")

    said = StringIO()
    call_command("remake", stdout=said)

    after = list(PublishedIncident.objects.order_by("pk").values())
    assert after == before
    assert set(Remade.objects.values_list("step", flat=True)) == set(BY)
    assert f"incidents: done, {Incident.objects.count()} in" in said.getvalue()
    call_command("refresh_rows", "--check", stdout=StringIO())


def test_what_there_is_not_is_refused() -> None:
    with pytest.raises(CommandError, match="There is no editions to make again"):
        call_command("remake", "editions")
