"""The history of an article, and restoring what it said earlier of itself."""

import datetime
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive import custody, intake, work
from archive.history.of_articles import lines_of
from archive.intake.corrections import CORRECTABLE
from archive.intake.earlier_articles import WHO_MAY_READ, ArticleStateError, plan_article, restore_article
from archive.locking import StaleRowError
from archive.models import Article, CustodyEvent, TextChoice, TextJudgement, User
from archive.terms import CustodyAct
from tests.factories.archive import ArticleFactory, PassageFactory, SourceFactory, TextVersionFactory
from tests.factories.histories import read, told
from tests.factories.people import person

pytestmark = pytest.mark.django_db
SECRET = "Tamsin Quillfeather"


@pytest.fixture
def editor() -> User:
    return person("Editor")


@pytest.fixture
def article(editor: User) -> Article:
    text = TextVersionFactory(text=f"Shells fell on the old mill, {SECRET} said.", article__title="The mill")
    PassageFactory(text_version=text, exact="Shells fell on the old mill")
    made: Article = text.article
    return made


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def where(article: Article, what: str = "history") -> str:
    return reverse(f"admin:archive_article_{what}", args=[article.pk])


def correct(article: Article, by: User | None, **changes: Any) -> None:
    article.refresh_from_db()
    intake.correct_article(article, by=by, seen=article.lock_version, **changes)
    article.refresh_from_db()


def restore(article: Article, name: str, by: User, only: str = "") -> None:
    plan = plan_article(Article.objects.get(pk=article.pk), to=name, only=only)
    assert plan is not None
    restore_article(plan.article, by=by, reason="As it was.", to=name, only=only, seen=plan.digest)


def restore_both(article: Article, name: str, by: User) -> None:
    """What is said of it, and who may read it: each by itself, if it was otherwise."""
    for only in ("", WHO_MAY_READ):
        plan = plan_article(Article.objects.get(pk=article.pk), to=name, only=only)
        if plan is not None and plan.fields:
            restore(article, name, by, only)


def article_events(article: Article) -> list[str]:
    """The names of the states of an article, the first first."""
    events = Article.pgh_event_model.objects.filter(pgh_obj_id=article.pk).order_by("pgh_id")
    return [f"article.{event.pgh_id}" for event in events]


def last_event(article: Article) -> str:
    return f"article.{Article.pgh_event_model.objects.filter(pgh_obj_id=article.pk).latest('pgh_id').pgh_id}"


def test_history_tells_of_all_that_belongs_to_an_article(article: Article, editor: User) -> None:
    correct(article, editor, title="The old mill")
    intake.withhold([article], words=SECRET, kind="witness", reason="A name.", by=editor)
    intake.release(article.withheld_words.get(), reason="She agreed.", by=person("Reviewer"))
    work.assign_articles([article.pk], to=editor, by=editor)
    work.tag_articles([article.pk], name="mills", by=editor)
    work.untag_articles([article.pk], name="mills", by=editor)
    text = article.texts.get()
    TextJudgement.objects.create(text_version=text, flag="error", reason="It breaks off.", created_by=editor)
    TextChoice.objects.create(text_version=text, reason="It is whole.", created_by=editor)
    intake.correct_text(text, f"{text.text} And left.", by=editor)

    found = {
        f"{entry.what}: {entry.action}"
        for change in told(lines_of(article, may_see_withheld=True))
        for entry in change.entries
    }

    assert {
        "article: made",
        "article: changed",
        "passage: marked",
        "words of the report: withheld",
        "words of the report: shown again",
        "assignment: made",
        "tag: made",
        "tag: removed",
        "text 1: Error message",
        "text 1: made the current text again",
        "text 2: Text corrected",
    } <= found


def test_what_is_said_of_a_text_is_a_change_of_its_own(article: Article, editor: User) -> None:
    correct(article, editor, title="The new mill")
    restore(article, article_events(article)[0], editor)
    intake.judge_text(article.texts.get(), flag="listing", reason="It lists several.", by=editor, seen="")

    page = client_of(editor).get(where(article)).content.decode()

    told = re.split(r"<article\b|<li\b", page)
    assert not [part for part in told if "It lists several." in part and "As it was." in part]


def test_years_of_three_digits_are_shown(article: Article, editor: User) -> None:
    Article.objects.filter(pk=article.pk).update(published_on=datetime.date(216, 5, 18))

    page = re.sub(r"<[^>]*>", "", client_of(editor).get(where(article)).content.decode())

    assert "18 May 216" in page


def test_history_of_an_article_masks_withheld_words(article: Article, editor: User) -> None:
    correct(article, editor, title=f"{SECRET} saw the mill", authors=SECRET)
    intake.withhold([article], words=SECRET, kind="witness", reason=f"{SECRET} fears for her life.", by=editor)
    reader = person("Editor")
    reader.groups.clear()
    reader.user_permissions.add(*Permission.objects.filter(codename="view_article"))

    theirs, ours = (client_of(user).get(where(article)).text for user in (reader, editor))

    assert "Quillfeather" in ours
    assert "Quillfeather" not in theirs
    assert "fears for" not in theirs
    assert "[withheld: name of a witness]" in read(theirs)


def test_history_of_an_article_takes_as_many_queries_for_many_changes_as_for_few(
    article: Article, editor: User
) -> None:
    client = client_of(editor)

    def rounds(*names: str) -> int:
        for name in names:
            correct(article, editor, title=f"The mill of {name}", source=SourceFactory())
            work.tag_articles([article.pk], name=name, by=editor)
            work.assign_articles([article.pk], to=editor, by=editor)
            intake.withhold([article], words=f"{name} Quill", kind="witness", reason="A name.", by=editor)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where(article)).status_code == 200
        return len(queries)

    few = rounds("Ada", "Ben")

    assert rounds("Cam", "Dan", "Eve", "Flo") <= few <= 30


@pytest.mark.django_db(transaction=True)
def test_page_of_copies_and_texts_is_full_whatever_became_of_the_article(article: Article) -> None:
    reviewer = person("Reviewer")
    custody.append([custody.event(CustodyAct.TEXT_DRAWN, by=reviewer, text=article.texts.get())])
    for number in range(16):
        for visibility in ("withheld", "public"):
            correct(article, reviewer, visibility=visibility, visibility_reason=f"For {number}.")

    page = client_of(reviewer).get(f"{where(article)}?kind=custody")

    assert page.context["history"].pages == 1
    assert len(page.context["history"].changes) == 1


def test_restoring_an_article_is_a_new_correction(article: Article, editor: User) -> None:
    before = last_event(article)
    correct(article, editor, title="Another mill", language="ar", url="https://news.example/mill")

    restore(article, before, editor)

    article.refresh_from_db()
    assert (article.title, article.language, article.url) == ("The mill", "", "")
    assert not article.keys.filter(scheme="url").exists()
    [restored] = [change for change in told(lines_of(article, may_see_withheld=True)) if change.restored]
    assert (restored.why, restored.by) == ("As it was.", editor.shown_name)


VALUES: dict[str, list[Any]] = {
    "title": ["The mill", "The weir", "المطحنة"],
    "url": ["", "https://news.example/a", "https://news.example/b"],
    "authors": ["", "A. Reporter"],
    "language": ["", "en", "ar"],
    "published_on": [None],
    "visibility": ["public", "embargoed", "withheld"],
}


def said(article: Article) -> list[Any]:
    article.refresh_from_db()
    return [getattr(article, name) for name in CORRECTABLE]


@pytest.mark.django_db(transaction=True)
@given(
    st.lists(
        st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name]))),
        min_size=2,
        max_size=8,
    ),
    st.integers(0, 99),
)
@settings(max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_any_state_of_an_article_can_be_had_again(steps: list[tuple[str, Any]], number: int) -> None:
    reviewer, article = person("Reviewer"), ArticleFactory(language="")
    Article.objects.exclude(pk=article.pk).update(url="")
    for other in Article.objects.exclude(pk=article.pk):
        other.keys.all().delete()
    states = [(last_event(article), said(article))]
    for name, value in steps:
        more = {"visibility_reason": "A danger."} if name == "visibility" else {}
        correct(article, reviewer, **{name: value, **more})
        states.append((last_event(article), said(article)))
    event, wanted = states[number % len(states)]
    if wanted == said(article):
        return

    restore_both(article, event, reviewer)

    assert said(article) == wanted
    if states[-1][1] != wanted:
        restore_both(article, states[-1][0], reviewer)
        assert said(article) == states[-1][1]


def test_restoring_an_article_refused(article: Article, editor: User) -> None:
    before = last_event(article)
    with pytest.raises(ArticleStateError, match="nothing to restore"):
        restore(article, before, editor)
    correct(article, editor, url="https://news.example/mill")
    addressed = last_event(article)
    correct(article, editor, url="")
    correct(ArticleFactory(), editor, url="https://news.example/mill")
    with pytest.raises(ArticleStateError, match="address of another article"):
        restore(article, addressed, editor)
    correct(article, editor, title="Another mill")
    plan = plan_article(article, to=before)
    assert plan is not None
    seen = plan.digest
    with pytest.raises(ArticleStateError, match="Say why"):
        restore_article(article, by=editor, reason=" ", to=before, seen=seen)
    correct(article, editor, title="A third mill")
    with pytest.raises(StaleRowError):
        restore_article(article, by=editor, reason="As it was.", to=before, seen=seen)
    assert plan_article(article, to="article.0") is None
    assert plan_article(ArticleFactory(), to=before) is None


def test_restoring_who_may_read_takes_the_right_to_publish(article: Article, editor: User) -> None:
    public = last_event(article)
    correct(article, editor, visibility="withheld", visibility_reason="A danger.")
    hidden = last_event(article)

    with pytest.raises(PermissionDenied):
        restore(article, public, editor, WHO_MAY_READ)
    assert Article.objects.get(pk=article.pk).visibility == "withheld"
    restore(article, public, person("Reviewer"), WHO_MAY_READ)
    assert Article.objects.get(pk=article.pk).visibility == "public"
    restore(article, hidden, editor, WHO_MAY_READ)
    acts = CustodyEvent.objects.filter(article=article).order_by("number").values_list("event", flat=True)
    assert list(acts)[-3:] == ["withheld", "let_out", "withheld"]


@pytest.mark.parametrize(("then", "now"), [("public", "withheld"), ("withheld", "public")])
def test_restoring_what_is_said_of_an_article_leaves_who_may_read_it(article: Article, then: str, now: str) -> None:
    reviewer = person("Reviewer")
    correct(article, reviewer, visibility=then, visibility_reason="A danger.")
    before = last_event(article)
    correct(article, reviewer, title="Another mill", visibility=now, visibility_reason="A witness asked.")

    restore(article, before, reviewer)
    article.refresh_from_db()
    assert (article.title, article.visibility, article.visibility_reason) == ("The mill", now, "A witness asked.")

    restore(article, before, reviewer, WHO_MAY_READ)
    article.refresh_from_db()
    assert (article.title, article.visibility, article.visibility_reason) == ("The mill", then, "A danger.")


def test_page_restores_who_may_read_an_article_by_a_line_of_its_own(article: Article) -> None:
    client = client_of(person("Reviewer"))
    before = last_event(article)
    correct(article, None, title="Another mill", visibility="withheld", visibility_reason="A danger.")
    address = f"{where(article, 'restore_state')}?to={before}"

    shown = client.get(address)
    assert "Another mill" in read(shown.text)
    assert "A danger." not in read(shown.text)
    line, link = f"{address}&only={WHO_MAY_READ}", f'href="?to={before}&amp;only={WHO_MAY_READ}"'
    assert link in shown.text
    client.post(address, {"shown": shown.context["form"]["shown"].value(), "reason": "As it was."})
    article.refresh_from_db()
    assert (article.title, article.visibility) == ("The mill", "withheld")

    left = client.get(address)
    assert link in left.text
    assert "nothing to restore but who may read it" in left.text
    shown = client.get(line)
    assert "A danger." in read(shown.text)
    client.post(line, {"shown": shown.context["form"]["shown"].value(), "reason": "It was public."})
    article.refresh_from_db()
    assert article.visibility == "public"
    assert "only=" not in client.get(address).text


def test_page_restores_an_article(article: Article, editor: User) -> None:
    before = last_event(article)
    correct(article, editor, title="Another mill")
    client = client_of(editor)
    address = f"{where(article, 'restore_state')}?to={before}"

    assert address in client.get(where(article)).text
    shown = client.get(address)
    assert "Another mill" in read(shown.text)
    sent = {"shown": shown.context["form"]["shown"].value(), "began": shown.context["form"]["began"].value()}
    correct(article, person("Editor"), title="A third mill")
    refused = client.post(address, sent | {"reason": "As it was."})
    assert "Somebody else saved this meanwhile" in refused.text
    assert Article.objects.get(pk=article.pk).title == "A third mill"
    again = {"shown": refused.context["form"]["shown"].value(), "reason": "As it was."}
    assert client.post(address, again).status_code == 302
    assert Article.objects.get(pk=article.pk).title == "The mill"


@pytest.mark.parametrize("query", ["", "?to=article.0", "?to=claim.1", "?to=%00", "?to=article.99999999999999999999"])
def test_page_of_no_such_state_of_an_article_is_not_there(article: Article, editor: User, query: str) -> None:
    assert client_of(editor).get(where(article, "restore_state") + query).status_code == 404
