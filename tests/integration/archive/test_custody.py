"""The log of custody: chained by the database, written by the services, the same in Python."""

import json
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import custody, intake
from archive.models import CustodyEvent, User
from archive.models.custody_events import NONE_BEFORE
from archive.terms import CaptureMethod, CustodyAct, Visibility
from tests.factories.archive import ArticleFactory, TextVersionFactory, UserFactory
from tests.factories.documents import record

pytestmark = pytest.mark.django_db


def take(*records, by=None):
    return list(intake.receive_all(records, by=by, method=CaptureMethod.EDITOR))


def test_intake_tells_of_copies_and_texts() -> None:
    editor = User.objects.create_user("editor")

    (receipt,) = take(record(), by=editor)
    take(record(), by=editor)  # the same again is no news

    received, drawn = CustodyEvent.objects.all()
    assert (received.number, received.event, drawn.number, drawn.event) == (1, "received", 2, "text_drawn")
    assert received.capture == drawn.capture == receipt.capture
    assert (received.text_version, drawn.text_version) == (None, receipt.text_version)
    assert received.article == drawn.article == receipt.article
    assert (received.by, received.role) == (editor, "editor")
    assert json.loads(received.details)["size"] == receipt.capture.size
    assert (received.previous, drawn.previous) == (NONE_BEFORE, received.hash)


def test_rehearsal_leaves_no_line() -> None:
    list(intake.rehearse([record()], by=None))

    assert not CustodyEvent.objects.exists()


def test_withholding_and_letting_out_are_told() -> None:
    article, editor = ArticleFactory(), UserFactory()
    for visibility in (Visibility.WITHHELD, Visibility.WITHHELD, Visibility.EMBARGOED, Visibility.PUBLIC):
        article.refresh_from_db()
        change = {"visibility": visibility, "visibility_reason": "A witness is in danger."}
        intake.correct_article(article, by=editor, seen=article.lock_version, **change)

    told = CustodyEvent.objects.filter(article=article)
    assert [one.event for one in told] == ["withheld", "embargoed", "let_out"]
    assert "danger" not in "".join(one.details for one in told)


acts = st.sampled_from(list(CustodyAct))
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
details = st.dictionaries(words, words | st.integers() | st.none(), max_size=3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(acts, st.booleans(), st.booleans(), details), min_size=1, max_size=6))
def test_chain_of_the_database_is_that_of_python(lines: list) -> None:
    text, editor = TextVersionFactory(), UserFactory()
    number, last = custody.head()

    custody.append(
        CustodyEvent(
            event=act,
            by=editor if is_editor else None,
            article=text.article if is_of_text else None,
            capture=text.capture if is_of_text else None,
            text_version=text if is_of_text else None,
            details=custody.written(said),
        )
        for act, is_editor, is_of_text, said in lines
    )

    written = list(CustodyEvent.objects.filter(number__gt=number))
    assert [one.number for one in written] == list(range(number + 1, number + 1 + len(lines)))
    assert [one.hash for one in written] == [custody.hash_of(one) for one in written]
    assert [one.previous for one in written] == [last, *(one.hash for one in written[:-1])]
    assert custody.head() == (written[-1].number, written[-1].hash)
    assert [json.loads(one.details) for one in written] == [said for *_, said in lines]


def test_nothing_that_is_said_of_the_chain_is_believed() -> None:
    forged = CustodyEvent(number=77, event="received", role="editor", salt="s", previous="p", hash="h")
    forged.save(force_insert=True)

    one = CustodyEvent.objects.get()
    assert (one.number, one.role, one.previous) == (1, "command", NONE_BEFORE)
    assert one.hash == custody.hash_of(one)


@pytest.mark.parametrize("wrong", ["[]", "none", "1", '{"a":\n1}', ""])
def test_details_are_an_object_in_one_line(wrong: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        CustodyEvent.objects.create(event="verified", details=wrong)


def test_copy_of_another_article_is_refused() -> None:
    text = TextVersionFactory()
    for given_row in ({"capture": text.capture}, {"text_version": text}):
        with pytest.raises(DatabaseError, match="of another article"), transaction.atomic():
            CustodyEvent.objects.create(event="received", article=ArticleFactory(), **given_row)


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain() -> None:
    def write() -> None:
        try:
            for _ in range(8):
                with transaction.atomic():
                    custody.append(custody.event(CustodyAct.VERIFIED, by=None, n=n) for n in range(3))
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    lines = list(CustodyEvent.objects.all())
    assert [one.number for one in lines] == list(range(1, 4 * 8 * 3 + 1))
    assert [one.previous for one in lines] == [NONE_BEFORE, *(one.hash for one in lines[:-1])]


def test_log_names_nobody() -> None:
    """Two lines of one editor cannot be told to be of the same by what readers get."""
    editor = UserFactory(username="secret-name")
    custody.append(custody.event(CustodyAct.VERIFIED, by=editor) for _ in range(2))

    first, second = CustodyEvent.objects.all()
    assert "secret-name" not in custody.entry_of(first)
    assert custody.mark_of(first.salt, first.by_id) != custody.mark_of(second.salt, second.by_id)
