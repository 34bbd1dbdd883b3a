"""Embargoes that end by themselves."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from archive import intake, search
from archive.intake.embargoes import lift_ended
from archive.models import Article, CustodyEvent
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
