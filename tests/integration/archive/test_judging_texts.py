"""Editors say that a page is an article or none, and go back to earlier texts: recorded, with reasons, reversible."""

import json
import random
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import copies, following
from archive.admin.list_filters import flagged_texts
from archive.intake import (
    StaleJudgementError,
    StaleTextError,
    TextJudgementError,
    choose_text,
    correct_text,
    judge_text,
)
from archive.models import (
    ArticleRow,
    CustodyEvent,
    FoundAgain,
    TextChoice,
    TextJudgement,
    TextVersion,
    User,
)
from archive.search import parse
from archive.terms import CustodyAct
from archive.text_standing import standing
from archive.texts_in_time import current_text
from tests.factories.archive import ArticleFactory, CaptureFactory, PassageFactory, TextVersionFactory, UserFactory
from tests.factories.people import person
from tests.factories.rewritten import report

pytestmark = pytest.mark.django_db
FLAGGED = {"flag": "consent", "flag_reason": "it asks for consent"}


@pytest.fixture
def editor() -> User:
    return person("Editor")


def judge(text: TextVersion, flag: str, by: User, reason: str = "I read it.") -> TextJudgement:
    return judge_text(text, flag=flag, reason=reason, by=by, seen=standing(text).last)


def choose(text: TextVersion, by: User, reason: str = "The outlet put it back.") -> TextChoice:
    return choose_text(text, reason=reason, by=by, seen=current_text(text.article).number)


def found_by(word: str) -> list[int]:
    return [row.article_id for row in parse(word).filter(ArticleRow.objects.all(), "full_vector")]


def test_flagged_page_becomes_an_article_and_none_again(editor: User) -> None:
    sound = TextVersionFactory(text="A dirigible stood over the field.")
    flagged = TextVersionFactory(article=sound.article, text="Shells fell, cookies or not.", **FLAGGED)
    assert current_text(sound.article) == sound
    assert standing(flagged)[:2] == ("consent", "it asks for consent")

    judge(flagged, "", editor, "The banner is beside the text.")
    assert standing(flagged)[:2] == ("", "The banner is beside the text.")
    assert current_text(sound.article) == flagged
    assert found_by("cookies") == [sound.article_id]
    judge(flagged, "listing", editor, "It lists several.")

    assert current_text(sound.article) == sound
    assert found_by("cookies") == []
    assert found_by("dirigible") == [sound.article_id]
    assert standing(flagged).label == "List of articles"
    assert [one.created_by for one in TextJudgement.objects.all()] == [editor, editor]
    flagged.refresh_from_db()
    assert (flagged.flag, flagged.flag_reason) == tuple(FLAGGED.values())  # the text stays as it is


@pytest.mark.parametrize("which", [0, 1])
def test_word_on_one_text_counts_for_all_of_its_copy(editor: User, which: int) -> None:
    first = TextVersionFactory(text="Shells fell, cookies or not.", **FLAGGED)
    second = correct_text(first, "Shells fell.", by=editor)
    assert standing(second).flag == "consent"

    judge([first, second][which], "", editor)
    assert [standing(text).flag for text in (first, second)] == ["", ""]
    assert current_text(first.article) == second

    judge([first, second][which], "error", editor)
    assert [standing(text).flag for text in (first, second)] == ["error", "error"]
    assert current_text(first.article) == second


def test_correction_may_say_that_it_is_an_article(editor: User) -> None:
    first = TextVersionFactory(text="Shells fell, cookies or not.")
    judge(first, "consent", editor)

    second = correct_text(first, "Shells fell.", by=editor, is_article=True)

    assert (standing(first).flag, standing(second).flag) == ("consent", "")
    assert current_text(first.article) == second


def test_who_may_not_change_articles_says_nothing_of_texts() -> None:
    text = TextVersionFactory()
    with pytest.raises(PermissionDenied):
        judge(text, "error", UserFactory(is_staff=True))
    assert not TextJudgement.objects.exists()


def test_copies_of_what_becomes_an_article_are_noticed(editor: User) -> None:
    words = report(random.Random(1), place="Weir")
    first = TextVersionFactory(text=words)
    flagged = TextVersionFactory(text=f"{words} It said so.", **FLAGGED)
    copies.note_copies([first])
    assert copies.copies_of(first) == []

    judge(flagged, "", editor)

    assert [one.text for one in copies.copies_of(first)] == [flagged]


def test_page_that_nobody_flagged_is_none(editor: User) -> None:
    text = TextVersionFactory()
    assert text not in flagged_texts()

    judge(text, "error", editor, "It says that the page is gone.")

    assert text in flagged_texts()
    assert current_text(text.article) == text  # there is no better one
    judge(text, "", editor)
    assert text not in flagged_texts()


def test_log_tells_without_the_reason(editor: User) -> None:
    first = TextVersionFactory()
    second = TextVersionFactory(article=first.article)

    judge(second, "error", editor, "A secret reason.")
    judge(second, "", editor, "A secret reason.")
    choose(first, editor, "A secret reason.")

    events = CustodyEvent.objects.filter(article=first.article)
    assert [(one.event, one.text_version, json.loads(one.details)) for one in events] == [
        (CustodyAct.TEXT_JUDGED, second, {"kind": "error", "number": 2}),
        (CustodyAct.TEXT_JUDGED, second, {"kind": "article", "number": 2}),
        (CustodyAct.TEXT_CHOSEN, first, {"number": 1}),
    ]
    assert {one.role for one in events} == {"editor"}


@pytest.mark.parametrize("reason", ["", " \n", "\0", "x" * 2_001])
def test_word_without_a_reason_is_refused(editor: User, reason: str) -> None:
    first, second = TextVersionFactory(**FLAGGED), None
    second = TextVersionFactory(article=first.article, **FLAGGED)
    for say in (
        lambda: judge_text(first, flag="", reason=reason, by=editor, seen=""),
        lambda: choose_text(first, reason=reason, by=editor, seen=second.number),
    ):
        with pytest.raises(TextJudgementError):
            say()
    assert not TextJudgement.objects.exists()
    assert not TextChoice.objects.exists()


def test_what_is_said_already_or_is_no_kind_is_refused(editor: User) -> None:
    text = TextVersionFactory(**FLAGGED)

    for flag in ("consent", "nonsense"):
        with pytest.raises(TextJudgementError):
            judge(text, flag, editor)


def test_second_of_two_editors_is_told_what_the_first_said(editor: User) -> None:
    text, other = TextVersionFactory(**FLAGGED), person("Editor")
    judge(text, "", other, "It is one.")

    with pytest.raises(StaleJudgementError, match="it is an article: “It is one") as refused:
        judge_text(text, flag="listing", reason="It lists.", by=editor, seen="")

    assert refused.value.last.created_by == other
    judge(text, "listing", editor)


def test_earlier_text_is_the_current_one_again_and_passages_are_followed(editor: User) -> None:
    first = TextVersionFactory(text="Shells fell on the old mill at noon. Two people were hurt.")
    second = TextVersionFactory(article=first.article, text="Shells fell on the old mill at noon. Nobody was hurt.")
    passage = PassageFactory(text_version=second, exact="Shells fell on the old mill")
    assert current_text(first.article) == second

    choose(first, editor)

    assert current_text(first.article) == first
    assert found_by("people") == [first.article_id]
    again = FoundAgain.objects.get(passage=passage)
    assert (again.text_version, again.start) == (first, 0)
    assert following.followed_in(first)[0].passage == passage
    choose(second, editor, "No: it says nobody.")
    assert current_text(first.article) == second
    assert [one.text_version for one in TextChoice.objects.all()] == [first, second]


def test_choice_holds_until_something_newer(editor: User) -> None:
    first = TextVersionFactory()
    article = first.article
    second = TextVersionFactory(article=article)
    choose(first, editor)

    old = CaptureFactory(article=article, captured_at=timezone.now() - timedelta(days=900), clock="stated")
    TextVersionFactory(article=article, capture=old)
    assert current_text(article) == first  # a copy that was taken before the choice changes nothing
    corrected = correct_text(first, "A better text of the first.", by=editor)
    assert current_text(article) == corrected  # a correction of what was chosen stands over it
    choose(second, editor)
    assert current_text(article) == second
    choose(first, editor)
    assert current_text(article) == first  # not its correction, which is older than this word
    new = TextVersionFactory(article=article)
    assert current_text(article) == new  # a copy of today


def test_page_seen_again_after_the_choice_stands_over_it(editor: User) -> None:
    first = TextVersionFactory()
    second = TextVersionFactory(article=first.article)
    choose(first, editor)
    now = timezone.now()

    CaptureFactory(article=first.article, same_text=second, captured_at=now, clock="archive")

    assert current_text(first.article) == second


def test_what_cannot_be_chosen(editor: User) -> None:
    first = TextVersionFactory(**FLAGGED)
    second = TextVersionFactory(article=first.article)

    with pytest.raises(TextJudgementError, match="said to be no article"):
        choose(first, editor)
    with pytest.raises(TextJudgementError, match="current text already"):
        choose(second, editor)
    with pytest.raises(StaleTextError):
        choose_text(first, reason="It is it.", by=editor, seen=first.number)
    judge(first, "", editor)
    choose(first, editor)
    assert current_text(first.article) == first


def test_copy_from_the_future_cannot_be_put_aside_silently(editor: User) -> None:
    first = TextVersionFactory()
    tomorrow = CaptureFactory(article=first.article, captured_at=timezone.now() + timedelta(days=9), clock="stated")
    TextVersionFactory(article=first.article, capture=tomorrow)

    with pytest.raises(TextJudgementError, match="taken later than today"):
        choose(first, editor)
    assert not TextChoice.objects.exists()


def test_correction_takes_over_what_an_editor_said(editor: User) -> None:
    text = TextVersionFactory()
    judge(text, "paywall", editor, "It ends after a sentence.")

    kept = correct_text(text, "The old mill burned.", by=editor)
    taken = correct_text(kept, "The old mill burned down.", by=editor, is_article=True)

    assert (kept.flag, kept.flag_reason) == ("paywall", "It ends after a sentence.")
    assert (taken.flag, taken.flag_reason) == ("", "")


def test_changes_between_copies_pass_over_what_an_editor_says_is_none(client: Client, editor: User) -> None:
    article = ArticleFactory()
    for number, words in enumerate(("Two people were hurt.", "Please subscribe to read.", "Nobody was hurt."), 1):
        copy = CaptureFactory(article=article, captured_at=f"2024-05-0{number}T10:00:00Z", clock="stated")
        TextVersionFactory(article=article, capture=copy, text=words)
    address = f"/articles/{article.public_id}/changes/"
    assert client.get(address).content.decode().count("<h2") == 2

    judge(article.texts.get(number=2), "paywall", editor)

    assert client.get(address).content.decode().count("<h2") == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["choose", "flag", "clear", "correct", "copy"]), st.integers(1, 6)), max_size=7)
)
def test_any_sequence_leaves_the_last_word_standing(words: list) -> None:
    """What was chosen, corrected or received last is current, unless it is said to be none and others are not."""
    by = person("Editor")
    article = TextVersionFactory().article
    stands = [1]  # numbers of texts, the one that should stand last
    for number, (act, which) in enumerate(words):
        text = article.texts.filter(number=which).first()
        if act == "copy":
            stands.append(TextVersionFactory(article=article).number)
        elif act == "correct":
            current = current_text(article)
            stands.append(correct_text(current, f"Put right, {number}.", by=by).number)
        elif text is None:
            continue
        elif act == "choose":
            try:
                choose(text, by)
            except TextJudgementError:
                continue
            stands.append(text.number)
        else:
            try:
                judge(text, "error" if act == "flag" else "", by)
            except TextJudgementError:
                continue
        sound = [one for one in stands if not standing(article.texts.get(number=one)).flag]
        assert current_text(article).number == (sound or stands)[-1]


def test_words_stay(editor: User) -> None:
    judge(TextVersionFactory(**FLAGGED), "", editor)
    rows = TextJudgement.objects.all()
    for change in (lambda: rows.update(flag="error"), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


# The pages


@pytest.fixture
def signed_in(client: Client, editor: User) -> User:
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return editor


def address(text: TextVersion) -> str:
    return reverse("admin:archive_article_judge", args=[text.article_id, text.number])


def desk(text: TextVersion) -> str:
    return f"{reverse('desk:article', args=[text.article.public_id])}?text={text.number}"


def test_desk_shows_the_flag_with_why_and_leads_to_the_page(client: Client, signed_in: User) -> None:
    flagged = TextVersionFactory(flag="consent", flag_reason="it asks for <b>consent</b>")

    shown = client.get(desk(flagged)).content.decode()

    assert "Perhaps no article (Request for consent):" in shown
    assert "it asks for &lt;b&gt;consent&lt;/b&gt;" in shown
    assert f'href="{address(flagged)}"' in shown
    judge(flagged, "", signed_in, "Read it to the end.")
    assert "no article (" not in client.get(desk(flagged)).content.decode().lower()
    judge(flagged, "error", signed_in, "It is an <i>error</i> page.")
    shown = client.get(desk(flagged)).content.decode()
    assert "No article (Error message):" in shown
    assert "It is an &lt;i&gt;error&lt;/i&gt; page." in shown
    for page in (
        reverse("admin:archive_article_change", args=[flagged.article_id]),
        reverse("admin:archive_article_text", args=[flagged.article_id]),
    ):
        assert "No article (Error message):" in client.get(page).content.decode()


def test_page_shows_text_whole_page_and_what_was_said(client: Client, signed_in: User) -> None:
    text = TextVersionFactory(text="Shells fell <script>alert(1)</script>", **FLAGGED)
    judge(text, "", signed_in, "Its text is <b>whole</b>.")

    shown = client.get(address(text)).content.decode()

    assert "Shells fell &lt;script&gt;" in shown
    assert "Its text is &lt;b&gt;whole&lt;/b&gt;." in shown
    assert "An editor says that it is an article." in shown
    assert "Make it the current text again" not in shown


def test_page_takes_a_judgement_and_a_choice(client: Client, signed_in: User) -> None:
    first = TextVersionFactory(**FLAGGED)
    second = TextVersionFactory(article=first.article)
    said = {"kind": "article", "reason": "It is one.", "seen": "", "current": second.number}

    assert client.post(address(first), {**said, "act": "judge"}).status_code == 302
    assert standing(first).flag == ""
    assert current_text(first.article) == second
    assert client.post(address(first), {**said, "act": "choose"}).status_code == 302
    assert current_text(first.article) == first
    assert client.post(address(first), {**said, "act": "judge"}).status_code == 200  # said already


def test_page_keeps_what_the_second_editor_typed(client: Client, signed_in: User) -> None:
    first = TextVersionFactory(**FLAGGED)
    second = TextVersionFactory(article=first.article)
    judge(first, "", person("Editor"), "It is one.")
    typed = {"kind": "listing", "reason": "It lists several.", "seen": "", "current": second.number, "act": "judge"}

    shown = client.post(address(first), typed)

    page = shown.content.decode()
    assert shown.status_code == 200
    assert "said meanwhile that it is an article: “It is one.”" in page
    assert "It lists several.</textarea>" in page
    last = standing(first).last
    assert f'name="seen" value="{last}"' in page
    assert client.post(address(first), {**typed, "seen": last}).status_code == 302
    judge(first, "", signed_in)
    third = TextVersionFactory(article=first.article)
    stale = client.post(address(first), {**typed, "act": "choose"}).content.decode()
    assert f"Text {third.number} came in meanwhile" in stale
    assert f'name="current" value="{third.number}"' in stale


def test_page_of_a_text_that_is_not_there(client: Client, signed_in: User) -> None:
    text = TextVersionFactory()
    assert client.get(reverse("admin:archive_article_judge", args=[text.article_id, 7])).status_code == 404
