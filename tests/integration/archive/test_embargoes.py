"""Embargoes that end by themselves."""

import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from archive import intake, search
from archive.intake.embargoes import lift_ended, plan
from archive.lists.place_counts import told_of
from archive.models import Article, ArticleRow, CustodyEvent
from archive.web import caching
from incidents.models import PublishedRecord
from tests.factories.full_incident import published
from tests.factories.people import person

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = date(2999, 1, 1)


def embargoed(article: Article, day: date | None = DAY) -> Article:
    article.refresh_from_db()
    change = {"visibility": "embargoed", "visibility_reason": "Asked by its authors.", "public_from": day}
    return intake.correct_article(article, by=None, seen=article.lock_version, **change)


def test_embargo_ends_on_its_day_and_not_before(client: Client) -> None:
    told = published()
    article = embargoed(told.english.article)
    search.index_articles([article.pk])
    incident, address = f"/incidents/{told.incident.code}.json", f"/articles/{article.public_id}/"

    assert lift_ended(date(2998, 12, 31)) == []
    assert client.get(address).status_code == 404
    assert client.get("/articles.jsonl", {"q": "shells"}).getvalue() == b""
    etag = client.get(incident)["ETag"]
    assert [one.pk for one in lift_ended(DAY)] == [article.pk]

    assert client.get(address).status_code == 200
    assert client.get("/articles.jsonl", {"q": "shells"}).getvalue() != b""
    assert json.loads(client.get("/incidents.json", {"q": "shells"}).getvalue())["count"] == 1
    assert client.get(incident, headers={"If-None-Match": etag}).status_code == 200
    article.refresh_from_db()
    assert (article.visibility, article.public_from) == ("public", None)
    assert CustodyEvent.objects.filter(article=article).order_by("number").last().event == "let_out"
    assert lift_ended(DAY) == []


def seen(client: Client, code: str, article: Article) -> dict[str, object]:
    """What the public addresses tell of a report, each in the form that is easiest to compare."""
    record = client.get(f"/incidents/{code}.json").json()
    row = json.loads(client.get("/incidents.jsonl").getvalue().splitlines()[0])
    return {
        "page": client.get(f"/articles/{article.public_id}/").status_code,
        "listed": len(client.get("/articles.jsonl").getvalue().splitlines()),
        "counted": client.get("/articles/").context["listing"].count.number,
        "found": len(client.get("/articles.jsonl", {"q": "shells"}).getvalue().splitlines()),
        "api": client.get(f"/api/articles/{article.public_id}/").status_code,
        "row": article.public_id in row["articles"],
        "quoted": not record["articles"][article.public_id].get("withheld", False),
        "days": "opening" in row,
    }


BEFORE = {"page": 404, "listed": 1, "counted": 1, "found": 0, "api": 404, "row": False, "quoted": False, "days": False}
AFTER = {"page": 200, "listed": 2, "counted": 2, "found": 1, "api": 200, "row": True, "quoted": True, "days": False}


def at(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def test_embargo_ends_for_readers_without_anybody(client: Client) -> None:
    """Nothing is written on the day; the second before it begins readers see nothing, and no copy outlasts it."""
    told = published()
    article = embargoed(told.english.article)
    search.index_articles([told.english.article_id, told.arabic.article_id])
    row = ArticleRow.objects.get(pk=article.pk)
    code, eve = told.incident.code, date(2998, 12, 31)
    addresses = ["/articles/", "/articles.jsonl", f"/incidents/{code}/", f"/incidents/{code}.json"]

    with time_machine.travel(at(23, 59, day=eve), tick=False):
        assert seen(client, code, article) == BEFORE
        kept = [client.get(address) for address in addresses]
        assert [caching.within_day(policy)["s_maxage"] for policy in (caching.LIVE, caching.ABSENT)] == [60, 30]
        assert "max-age=60, s-maxage=60, stale-while-revalidate=0" in kept[2].headers["Cache-Control"]
    with time_machine.travel(at(0), tick=False):
        assert seen(client, code, article) == AFTER
        again = [
            client.get(
                address,
                headers={"If-None-Match": old.headers["ETag"]}
                if by_tag
                else {"If-Modified-Since": old.headers["Last-Modified"]},
            )
            for address, old in zip(addresses, kept, strict=True)
            for by_tag in (True, False)
        ]
        assert [one.status_code for one in again] == [200] * 8
        later = client.get("/articles/", headers={"If-None-Match": again[0].headers["ETag"]})
        assert later.status_code == 304

    assert ArticleRow.objects.get(pk=article.pk).updated_at == row.updated_at
    assert Article.objects.get(pk=article.pk).visibility == "embargoed"
    assert seen(client, code, article) == BEFORE  # no process remembers the other day


def test_embargo_that_ended_is_counted_in_what_places_tell(client: Client) -> None:
    told = published()
    article = embargoed(told.english.article)
    place = told.place.pk
    search.index_articles([article.pk])
    ArticleRow.objects.filter(pk=article.pk).update(place_ids=[place])

    before = told_of([place])[place]
    with time_machine.travel(at(0), tick=False):
        assert told_of([place])[place] == before + 1
    assert told_of([place])[place] == before


def test_embargo_that_ended_lets_its_article_be_corrected() -> None:
    article = embargoed(published().english.article)

    with time_machine.travel(at(12), tick=False):
        assert article.is_public
        intake.correct_article(article, by=None, seen=article.lock_version, title="Another title")
        article.refresh_from_db()
        with pytest.raises(intake.CorrectionError):
            intake.correct_article(article, by=None, seen=article.lock_version, public_from=DAY)


def test_embargo_with_another_day_changes_the_rows_that_cite_it() -> None:
    told = published()
    article = embargoed(told.english.article)
    embargoed(article, date(2999, 2, 1))

    record = PublishedRecord.objects.get(pk=told.incident.pk).record
    assert record["opening"] == {article.public_id: "2999-02-01"}
    assert article.public_id not in record["articles"]


def test_embargo_is_planned_for_the_beginning_of_its_day() -> None:
    article = Article(public_from=DAY)

    plan(article)
    plan(Article())

    assert [one.run_after for one in DBTaskResult.objects.all()] == [at(0)]


def test_embargo_without_a_day_stays(capsys: pytest.CaptureFixture[str]) -> None:
    embargoed(published().english.article, None)

    call_command("lift_embargoes")

    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("visibility", "day"), [("public", DAY), ("withheld", DAY), ("embargoed", date(2000, 1, 1))])
def test_embargo_that_cannot_end_is_refused(visibility: str, day: date) -> None:
    article = Article.objects.get(pk=published().english.article_id)
    change = {"visibility": visibility, "visibility_reason": "Asked.", "public_from": day}

    with pytest.raises(intake.CorrectionError) as error:
        intake.correct_article(article, by=None, seen=article.lock_version, **change)

    assert set(error.value.errors) == {"public_from"}


def test_embargo_that_ends_by_itself_takes_the_right_to_publish(client: Client) -> None:
    """Who may not show an article may not let it be shown later; the page names the records that it touches."""
    told = published()
    article = Article.objects.get(pk=told.english.article_id)
    address = f"/admin/archive/article/{article.pk}/change/"
    client.force_login(person("Administrator"), backend=BACKEND)
    page = client.get(address)
    assert told.incident.code in page.content.decode()
    form = {name: value if value is not None else "" for name, value in page.context["adminform"].form.initial.items()}
    form |= {"captures-TOTAL_FORMS": "0", "captures-INITIAL_FORMS": "0", "lock_version": article.lock_version}
    form |= {"visibility": "embargoed", "visibility_reason": "Asked.", "public_from": "2999-01-01"}

    user = person("Administrator")
    user.groups.clear()
    user.user_permissions.set(person("Administrator").groups.get().permissions.exclude(codename="add_edition"))
    client.force_login(user, backend=BACKEND)
    refused = client.post(address, form)
    assert "right to publish" in refused.content.decode()
    client.force_login(person("Administrator"), backend=BACKEND)

    assert client.post(address, form).status_code == 302
    article.refresh_from_db()
    assert (article.visibility, article.public_from) == ("embargoed", DAY)
