"""Passages in later texts of their articles: looked for when a text comes, judged by editors, never moved."""

import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from archive import following, intake, passages
from archive.following import FollowingError, Outcome, StaleVerdictError
from archive.models import FoundAgain, FoundVerdict, Passage
from archive.readers.record import Provenance
from archive.terms import Clock
from archive.texts_in_time import captures_in_time, current_text, current_texts
from tests.factories.archive import (
    ArticleFactory,
    CaptureBytesFactory,
    CaptureFactory,
    PassageFactory,
    TextVersionFactory,
    UserFactory,
)
from tests.factories.documents import record

pytestmark = pytest.mark.django_db

# Demonstration: an invented report and what becomes of it.
FIRST = "Shells hit the old mill of Samplebury at noon. The miller said that two people were hurt and taken away.\n"
QUOTE = "The miller said that two people were hurt"


def day(number):
    return datetime.datetime(2024, 3, number, 12, tzinfo=datetime.UTC)


def a_text(article, text, taken=None, **more):
    taken_from = CaptureBytesFactory(data=f"{article.pk} {text}".encode())
    capture = CaptureFactory(article=article, bytes=taken_from, captured_at=taken, clock="stated" if taken else "")
    return TextVersionFactory(article=article, text=text, capture=capture, **more)


@pytest.fixture
def article():
    return ArticleFactory()


@pytest.fixture
def passage(article):
    return PassageFactory(text_version=a_text(article, FIRST, day(1)), exact=QUOTE)


def outcome(passage, text, taken=None):
    """What became of the passage in a new text."""
    a_text(passage.text_version.article, text, taken or day(9))
    following.follow([passage.text_version.article_id])
    return following.followed_passages([passage])[passage.pk]


@pytest.mark.parametrize(
    ("text", "expected", "needs_look"),
    [
        (f"A new first line.\n{FIRST}", Outcome.MOVED, False),
        (f"{FIRST}A new last line.\n", Outcome.UNCHANGED, False),
        (FIRST.replace("people were", "persons were"), Outcome.NEARLY, False),
        (FIRST.replace("two people", "nine people"), Outcome.REVIEW, True),
        (FIRST.replace("were hurt", "were not hurt"), Outcome.REVIEW, True),
        (FIRST.replace("The miller", "It is not true that the miller"), Outcome.REVIEW, True),
        ("A report of the weather in the valley, which was dry for a week.", Outcome.GONE, True),
    ],
)
def test_what_becomes_of_a_passage(passage, text, expected, needs_look):
    followed = outcome(passage, text)

    assert (followed.outcome, followed.needs_look) == (expected, needs_look)
    assert following.to_look_at().count() == needs_look
    assert (followed.span is None) == (expected == Outcome.GONE)
    if expected in (Outcome.UNCHANGED, Outcome.MOVED):
        assert text[slice(*followed.span)] == QUOTE
    passage.refresh_from_db()
    assert (passage.exact, passage.text_version.text) == (QUOTE, FIRST)


def test_following_again_adds_nothing(passage):
    outcome(passage, f"Now.\n{FIRST}")

    assert following.follow([passage.text_version.article_id]) == 0
    assert FoundAgain.objects.count() == 1


def test_the_command_does_what_was_there_already(passage, capsys):
    a_text(passage.text_version.article, FIRST.replace("two", "nine"), day(2))

    call_command("remake", "passages")

    assert "passages: done, 1 in" in capsys.readouterr().out
    assert following.to_look_at().count() == 1


def test_a_passage_marked_later_in_an_older_text_is_looked_for_at_once(article):
    old = a_text(article, FIRST, day(1))
    a_text(article, f"Now.\n{FIRST}", day(2))
    start = FIRST.index(QUOTE)

    marked = passages.mark(
        text_version=old, start=start, end=start + len(QUOTE), exact=QUOTE, seen_sha256=old.sha256, by=None
    )

    assert following.followed_passages([marked])[marked.pk].outcome == Outcome.MOVED


def test_articles_without_passages_cost_one_query(django_assert_num_queries):
    articles = [a_text(ArticleFactory(), f"Report {number}.").article_id for number in range(5)]

    with django_assert_num_queries(1):
        assert following.follow(articles) == 0


def test_following_costs_the_same_for_many_articles(django_assert_num_queries):
    articles = []
    for _ in range(4):
        found = PassageFactory(text_version=a_text(ArticleFactory(), FIRST, day(1)), exact=QUOTE)
        a_text(found.text_version.article, f"Now.\n{FIRST}", day(2))
        articles.append(found.text_version.article_id)

    with django_assert_num_queries(8):
        assert following.follow(articles) == 4


def test_the_current_text_is_of_the_copy_that_was_taken_last(article):
    newer = a_text(article, "The page of June.", day(20))
    older = a_text(article, "The page of May, imported later.", day(3))

    assert current_text(article) == newer
    assert [capture.pk for capture in captures_in_time(article)] == [older.capture_id, newer.capture_id]


def test_a_page_that_went_back_makes_its_first_text_current_again(article):
    first = a_text(article, "What it said at first.", day(1))
    a_text(article, "What it said then.", day(2))
    CaptureFactory(article=article, captured_at=day(3), clock="stated", same_text=first)

    assert current_text(article) == first


def test_a_corrected_text_stands_over_the_one_that_it_corrects_and_no_other(article):
    first = a_text(article, "What it said at first.", day(1))
    corrected = TextVersionFactory(article=article, text="What it said.", capture=first.capture, corrects=first)
    TextVersionFactory(article=article, text="Drawn anew by a program.", capture=first.capture)
    assert current_text(article) == corrected

    later = a_text(article, "What it said then.", day(2))
    assert current_text(article) == later

    CaptureFactory(article=article, captured_at=day(3), clock="stated", same_text=first)
    assert current_text(article) == corrected


def test_an_error_message_never_stands_over_a_text(article):
    first = a_text(article, "What it said at first.", day(1))
    a_text(article, "Page not found.", day(2), flag="error", flag_reason="The server said 404.")

    assert current_text(article) == first
    assert current_texts([ArticleFactory().pk]).first() is None


@pytest.fixture
def doubtful(passage):
    return outcome(passage, FIRST.replace("two people", "nine people"))


def test_a_confirmed_passage_needs_no_look_any_more(doubtful):
    editor = UserFactory()

    verdict = following.decide(doubtful.found, by=editor, verdict="confirmed", seen="")

    now = following.followed_passages([doubtful.passage])[doubtful.passage.pk]
    assert (now.outcome, now.needs_look, now.verdict) == (Outcome.CONFIRMED, False, verdict)
    assert not following.to_look_at().exists()


def test_a_rejected_passage_is_not_there(doubtful):
    following.decide(doubtful.found, by=UserFactory(), verdict="rejected", seen="", reason="Another number.")

    now = following.followed_passages([doubtful.passage])[doubtful.passage.pk]
    assert (now.outcome, now.span, now.is_lost) == (Outcome.NOT_THERE, None, True)


def test_a_passage_is_placed_by_hand_without_white_space(doubtful):
    text = doubtful.found.text_version
    start = text.text.index(" nine")

    following.decide(
        doubtful.found,
        by=UserFactory(),
        verdict="placed",
        seen="",
        reason="Here.",
        span=(start, start + 13),
        seen_sha256=text.sha256,
    )

    now = following.followed_passages([doubtful.passage])[doubtful.passage.pk]
    assert text.text[slice(*now.span)] == "nine people"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"verdict": "rejected"}, "Say why"),
        ({"verdict": "placed", "reason": "Here."}, "Select again"),
        ({"verdict": "maybe", "reason": "Well."}, "Choose"),
    ],
)
def test_a_verdict_that_cannot_be_taken(doubtful, given, message):
    with pytest.raises(FollowingError, match=message):
        following.decide(doubtful.found, by=UserFactory(), seen="", **given)
    assert not FoundVerdict.objects.exists()


@pytest.mark.parametrize("span", [None, (3, 3), (5, 2), (0, 10_000), (-4, 3)])
def test_words_must_be_selected_in_the_text(doubtful, span):
    sha256 = doubtful.found.text_version.sha256

    with pytest.raises(FollowingError, match="Select the words"):
        following.decide(
            doubtful.found, by=UserFactory(), verdict="placed", seen="", reason="x", span=span, seen_sha256=sha256
        )


def test_who_comes_second_is_told(doubtful):
    first = following.decide(doubtful.found, by=UserFactory(), verdict="confirmed", seen="")

    with pytest.raises(StaleVerdictError, match="meanwhile"):
        following.decide(doubtful.found, by=UserFactory(), verdict="rejected", seen="", reason="No.")
    following.decide(doubtful.found, by=UserFactory(), verdict="rejected", seen=str(first.pk), reason="No.")


def test_the_database_refuses_what_is_not_so(doubtful, passage):
    other = TextVersionFactory()
    exact = {"passage": passage, "state": "found", "method": "exact", "tool": "tests"}
    wrong = [
        {**exact, "text_version": other, "start": 0, "end": len(QUOTE)},
        {**exact, "text_version": passage.text_version, "start": 0, "end": len(QUOTE)},
        {**exact, "text_version": a_text(passage.text_version.article, "Quite other words."), "start": 0, "end": 5},
        {
            **exact,
            "state": "gone",
            "text_version": a_text(passage.text_version.article, "Other."),
            "start": 0,
            "end": 5,
        },
    ]
    for row in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            FoundAgain.objects.create(**row)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        FoundAgain.objects.update(state="gone")
    with pytest.raises(IntegrityError), transaction.atomic():
        FoundVerdict.objects.create(found=doubtful.found, verdict="confirmed")
    assert Passage.objects.get(pk=passage.pk).exact == QUOTE


def test_intake_of_a_changed_page_follows_its_passages_and_so_does_its_going_back():
    url = "https://mill.example/1"

    def take(text, taken, raw):
        seen = Provenance(captured_at=taken, clock=Clock.STATED)
        return next(intake.receive_all([record(text, url=url, raw=raw, provenance=seen)], by=None))

    first = take(FIRST.strip(), day(1), b"first").text_version
    passage = PassageFactory(text_version=first, exact=QUOTE)

    second = take(FIRST.strip().replace("two people", "nine people"), day(2), b"second").text_version

    found = following.followed_passages([passage])[passage.pk]
    assert (found.found.text_version, found.outcome) == (second, Outcome.REVIEW)
    in_second = PassageFactory(text_version=second, exact="nine people were hurt")

    take(FIRST.strip(), day(3), b"third")

    assert current_text(first.article) == first
    assert following.followed_passages([passage]) == {}
    assert following.followed_passages([in_second])[in_second.pk].outcome == Outcome.REVIEW
