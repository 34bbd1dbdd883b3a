"""Copies of a report are noticed when they come in and shown to editors: nothing is decided, readers see nothing."""

import random
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from archive import copies, intake, passages
from archive.models import Article, NearCopy, TextSketch, TextVersion, User
from archive.text.sketches import RULES
from incidents import curation
from tests.factories.archive import TextVersionFactory
from tests.factories.documents import record
from tests.factories.people import person
from tests.factories.publishable import publishable
from tests.factories.rewritten import report, rewrite

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ar"]


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(person("Editor"))
    return client


def told(*texts: str) -> list[TextVersion]:
    """Reports with these texts, each by an address of its own, taken in one after the other."""
    first = 100 + Article.objects.count()
    records = [
        record(text, title=f"Report {number}", url=f"https://mill.example/{number}")
        for number, text in enumerate(texts, first)
    ]
    return [receipt.text_version for one in records for receipt in intake.receive_all([one], by=None)]


def others(text: TextVersion) -> list[tuple[int, bool, bool]]:
    return [(copy.text.pk, copy.is_whole, copy.is_near) for copy in copies.copies_of(text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(4))
def test_copies_are_noticed_and_told_apart(seed: int, language: str) -> None:
    rng = random.Random(seed)
    wire = report(rng, place="Weir", language=language)
    near = rewrite(wire, rng, language=language, drop=0, change=0.01)
    rewritten = rewrite(wire, rng, language=language, drop=0.4, change=0.04)
    unrelated = report(rng, place="Weir", language=language)

    first, again, second, third, last = told(wire, f"{wire}\n", near, rewritten, unrelated)

    assert again.article_id != first.article_id
    assert {pk for pk, _, _ in others(first)} == {again.pk, second.pk, third.pk}
    assert (second.pk, False, True) in others(first)
    assert (third.pk, False, False) in others(first)
    assert others(last) == []


def test_sketches_of_earlier_rules_are_made_again() -> None:
    wire = report(random.Random(1), place="Weir")
    [text] = told(wire)
    TextSketch.objects.all().delete()
    TextSketch.objects.create(text_version=text, bands=[1], firsts=b"earlier", size=12, rules=0)

    call_command("remake", "copies", "--again", stdout=StringIO())

    assert [one.rules for one in TextSketch.objects.all()] == [RULES]


def test_same_words_under_another_address_are_a_copy() -> None:
    wire = report(random.Random(1), place="Weir")
    first, second = told(wire, wire.replace("\n\n", "\n").upper())
    assert first.article_id != second.article_id
    assert others(second) == [(first.pk, True, True)]
    assert others(first) == [(second.pk, True, True)]


def test_copies_in_one_batch_are_noticed() -> None:
    rng = random.Random(2)
    wire = report(rng, place="Weir")
    records = [
        record(text, title=str(number), url=f"https://mill.example/{number}")
        for number, text in enumerate((wire, rewrite(wire, rng)))
    ]
    first, second = [receipt.text_version for receipt in intake.receive_all(records, by=None)]
    assert [pk for pk, _, _ in others(first)] == [second.pk]
    assert NearCopy.objects.count() == 1


def test_later_texts_of_an_article_are_no_copies_of_it() -> None:
    rng = random.Random(3)
    wire = report(rng, place="Weir")
    url = "https://mill.example/1"
    for text in (wire, f"{wire}\n\nUpdated."):
        list(intake.receive_all([record(text, title="Report", url=url)], by=None))
    assert TextVersion.objects.count() == 2
    assert not NearCopy.objects.exists()
    (other,) = told(rewrite(wire, rng))
    assert len(copies.copies_of(other)) == 1, "one report, once"


def test_short_texts_and_pages_that_are_no_article_are_left_out() -> None:
    told("Shells fell on a mill.", "Shells fell on a mill .", "shells fell on a mill")
    TextVersionFactory(text="Sorry, this page is not here. " * 9, flag="empty", flag_reason="It says so.")
    call_command("remake", "copies", "--again", stdout=StringIO())
    assert not NearCopy.objects.exists()
    assert not TextSketch.objects.exists()


def test_rehearsals_note_nothing() -> None:
    wire = report(random.Random(4), place="Weir")
    list(intake.rehearse([record(wire), record(wire.upper(), url="https://mill.example/2")], by=None))
    assert not TextSketch.objects.exists()


def test_corrected_texts_are_looked_at_too() -> None:
    rng = random.Random(5)
    wire = report(rng, place="Weir")
    first, second = told(wire, "Nothing of this could be read, since the page was a picture of words and no more.")
    corrected = intake.correct_text(second, wire.upper(), by=person("Editor"))
    assert [pk for pk, _, _ in others(corrected)] == [first.pk]


def test_command_notes_what_was_there_before() -> None:
    rng = random.Random(6)
    wire = report(rng, place="Weir")
    texts = [TextVersionFactory(text=text) for text in (wire, report(rng, place="Weir"), rewrite(wire, rng), "Weir.")]
    said = StringIO()
    call_command("remake", "copies", stdout=said)
    assert said.getvalue().startswith("copies: 4 texts compared with earlier ones\ncopies: done, 4 in ")
    assert [pk for pk, _, _ in others(texts[0])] == [texts[2].pk]
    call_command("remake", "copies", "--again", stdout=said)
    assert NearCopy.objects.count() == 1
    assert TextSketch.objects.count() == 3


def test_an_earlier_text_that_is_sketched_later_is_found_all_the_same() -> None:
    rng = random.Random(7)
    wire = report(rng, place="Weir")
    early = TextVersionFactory(text=wire)
    (late,) = told(rewrite(wire, rng))
    assert others(late) == []
    call_command("remake", "copies", "--again", stdout=StringIO())
    pair = NearCopy.objects.get()
    assert (pair.text_id, pair.other_id) == (late.pk, early.pk)


def test_pairs_stay_as_they_were_noticed() -> None:
    wire = report(random.Random(8), place="Weir")
    told(wire, wire.upper())
    for change in (lambda: NearCopy.objects.update(shared=0.5), NearCopy.objects.all().delete):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def test_desk_offers_the_other_and_shows_them_side_by_side(client: Client) -> None:
    rng = random.Random(9)
    wire = report(rng, place="Weir", language="ar")
    first, second, unrelated = told(wire, rewrite(wire, rng, language="ar"), report(rng, place="Weir", language="ar"))
    desk = client.get(reverse("desk:article", args=[second.article.public_id])).content.decode()
    there = reverse("desk:article", args=[first.article.public_id])
    beside = reverse("desk:copy", args=[second.article.public_id, first.article.public_id])
    assert there in desk
    assert beside in desk

    page = client.get(beside)
    copy = page.context["copy"]
    html = page.content.decode()
    assert f"{copy.percent} %" in html
    assert "<mark>" in html
    assert "إذاعة المطحنة" in html or "جريدة السد" in html
    alone = client.get(reverse("desk:article", args=[unrelated.article.public_id])).content.decode()
    assert "other report" not in alone
    assert client.get(reverse("desk:copy", args=[first.article.public_id, "nowhere1"])).status_code == 404
    other = reverse("desk:copy", args=[first.article.public_id, unrelated.article.public_id])
    assert client.get(other).status_code == 404
    arabic = client.get(f"/ar{beside}") if client.get(f"/ar{beside}").status_code == 200 else None
    assert arabic is None or "lang" in arabic.content.decode()


def test_hostile_texts_stay_text(client: Client) -> None:
    words = "<script>alert(1)</script> & <b>one</b> "
    wire = report(random.Random(10), place="Weir")
    first, second = told(words + wire, wire + " <img src=x onerror=alert(2)>")
    html = client.get(reverse("desk:copy", args=[second.article.public_id, first.article.public_id])).content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert "&lt;" in html


def test_number_of_queries_does_not_grow(django_assert_max_num_queries) -> None:
    rng = random.Random(11)
    wire = report(rng, place="Weir")
    told(wire, *(rewrite(wire, rng) for _ in range(5)))
    text = TextVersion.objects.first()
    with django_assert_max_num_queries(1):
        assert len(copies.copies_of(text)) == 5
    new = TextVersionFactory(text=rewrite(wire, rng))
    with django_assert_max_num_queries(4):  # sketches, and for a text what may be near, their texts, and the pairs
        copies.note_copies([new])


def test_readers_are_told_nothing(client: Client) -> None:
    wire = report(random.Random(12), place="Weir")
    first, second = told(wire, wire.upper())
    html = Client().get(second.article.get_absolute_url()).content.decode()
    assert first.article.public_id not in html


def test_index_is_used_for_candidates() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT text_version_id FROM archive_textsketch WHERE bands && ARRAY[1,2]::bigint[]")
        assert "text_sketch_bands" in str(cursor.fetchall())


def test_users_without_the_desk_see_no_copies() -> None:
    assert User.objects.count() == 0
    answer = Client().get(reverse("desk:copy", args=["abc", "abd"]))
    assert answer.status_code == 302


def test_reviewers_are_told_of_reports_that_echo_each_other(client: Client) -> None:
    rng = random.Random(13)
    wire = report(rng, place="Weir")
    first, second, other = told(wire, rewrite(wire, rng), report(rng, place="Weir"))
    by = person("Editor")
    draft = publishable(by)
    page = reverse("admin:incidents_incident_publish", args=[draft.pk])
    client.force_login(person("Reviewer"))
    for text in (first, other, second):
        assert "echoes-heading" not in client.get(page).content.decode()
        passage = passages.mark(text_version=text, start=0, end=9, exact=text.text[:9], seen_sha256=text.sha256, by=by)
        curation.make_claim(
            incident=draft, by=by, passage=passage, aspect="killed", count_low=text.pk % 90, group="people"
        )
    html = client.get(page).content.decode()
    assert "echoes-heading" in html
    assert reverse("desk:copy", args=[second.article.public_id, first.article.public_id]) in html
    assert other.article.public_id not in html.split("echoes-heading")[1].split("</section>")[0]
