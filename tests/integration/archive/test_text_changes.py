"""What an outlet changed between copies, as readers may read it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from archive import following
from archive.models import Passage
from tests.factories.archive import (
    ArticleFactory,
    CaptureBytesFactory,
    CaptureFactory,
    SourceFactory,
    TextVersionFactory,
)
from tests.factories.full_incident import HIT, published

pytestmark = pytest.mark.django_db

# Demonstration: invented words.
FIRST = "Shells hit the old mill of Samplebury at noon. The miller said that two people were hurt."
SECOND = FIRST.replace("two people", "nine people")


def day(number):
    return datetime.datetime(2024, 3, number, 12, tzinfo=datetime.UTC)


def a_text(article, text, taken, **more):
    taken_from = CaptureBytesFactory(data=f"{article.pk} {text}".encode())
    capture = CaptureFactory(article=article, bytes=taken_from, captured_at=taken, clock="stated")
    return TextVersionFactory(article=article, text=text, capture=capture, **more)


def report(policy="full"):
    return ArticleFactory(source=SourceFactory(text_policy=policy))


def page(client, article, name="article_changes", *more):
    return client.get(reverse(name, args=[article.public_id, *more])).text


def test_the_words_that_changed_with_the_dates_of_the_copies(client):
    article = report()
    a_text(article, SECOND, day(9))
    a_text(article, FIRST, day(2))  # an older copy that came later

    shown = page(client, article)

    assert "that <del>two</del><ins>nine</ins> people" in shown
    assert shown.index("2 March 2024") < shown.index("9 March 2024")
    assert reverse("article_changes", args=[article.public_id]) in page(client, article, "article")


def test_a_page_that_went_back_has_two_changes(client):
    article = report()
    first = a_text(article, FIRST, day(1))
    a_text(article, SECOND, day(2))
    CaptureFactory(article=article, captured_at=day(3), clock="stated", same_text=first)

    shown = page(client, article)

    assert shown.index("<del>nine</del><ins>two</ins>") < shown.index("<del>two</del><ins>nine</ins>")
    assert "This is text" not in page(client, article, "article")
    assert "This is text 2" in page(client, article, "article_text", 2)


def test_corrections_and_error_messages_are_no_changes(client):
    article = report()
    first = a_text(article, FIRST, day(1))
    TextVersionFactory(article=article, text=SECOND, capture=first.capture, corrects=first)
    a_text(article, "Page not found.", day(2), flag="error", flag_reason="The server said 404.")

    assert "Every copy of this report has the same text." in page(client, article)
    assert "changed between copies" not in page(client, article, "article")


@pytest.mark.parametrize("policy", ["passages", "reference"])
def test_what_readers_may_not_read_is_not_in_the_difference(client, policy):
    article = report(policy)
    a_text(article, FIRST, day(1))
    a_text(article, SECOND, day(2))

    shown = page(client, article)

    assert "2 March 2024" in shown
    assert not {"two", "nine", "<ins>", "<del>", "miller"} & set(shown.replace("<", " <").split())
    assert "<del>" not in shown


@pytest.mark.parametrize("visibility", ["embargoed", "withheld"])
def test_what_is_hidden_has_no_changes(client, visibility):
    article = ArticleFactory(visibility=visibility, visibility_reason="Asked for.")

    assert client.get(reverse("article_changes", args=[article.public_id])).status_code == 404


@pytest.mark.parametrize("is_doubtful", [False, True])
def test_readers_are_told_of_words_that_were_surely_found_again(client, is_doubtful):
    old = published().english
    text = old.text.replace(HIT, f"It is not true that {HIT}" if is_doubtful else HIT)
    TextVersionFactory(article=old.article, text=f"Now.\n{text}")
    following.follow([old.article_id])

    for shown in (page(client, old.article), page(client, old.article, "article_text", old.number)):
        assert HIT[:40] in shown
    for shown in (page(client, old.article, "article"), page(client, old.article, "article_text", old.number)):
        told = shown.count("Also found in the copy of")
        assert told == len([one for one in following.followed_passages(cited(old)).values() if one.is_sure])
        assert (told < len(cited(old))) is is_doubtful


def cited(text):
    return list(Passage.objects.published().filter(text_version=text).select_related("text_version"))


def test_it_reads_from_right_to_left(client):
    article = report()
    a_text(article, "جُرح سبعة أشخاص في القصف.", day(1))
    a_text(article, "جُرح تسعة أشخاص في القصف.", day(2))

    with translation.override("ar"):
        shown = page(client, article)

    assert "<del>سبعة</del><ins>تسعة</ins>" in shown
    assert "الكلمات المحذوفة" in shown


def test_hostile_words_stay_words(client):
    article = report()
    a_text(article, "<script>alert(1)</script> one", day(1))
    a_text(article, "<script>alert(2)</script> one", day(2))

    assert "<script>alert" not in page(client, article)


def test_the_page_costs_the_same_for_many_copies(client, django_assert_max_num_queries):
    article = report()
    for number in range(1, 9):
        a_text(article, f"{FIRST} {number}", day(number))

    with django_assert_max_num_queries(16):
        shown = page(client, article)
    assert shown.count("<ins>") == 5
    assert "Older changes" in shown
