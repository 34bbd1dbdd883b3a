"""What becomes of records: one article each, whatever they are called, however often they come."""

from datetime import date

import pytest

from archive import intake
from archive.intake import Outcome
from archive.models import (
    Article,
    ArticleKey,
    ArticleRow,
    Capture,
    CaptureBytes,
    Mention,
    Place,
    PlaceName,
    Source,
    TextVersion,
    User,
)
from archive.names import name_key, skeleton
from archive.readers import Refusal
from archive.terms import CaptureMethod
from tests.factories.documents import TEXT, record

pytestmark = pytest.mark.django_db

URL = "https://mill.example/1"


def take(*records, **options):
    return [receipt.outcome for receipt in intake.receive_all(records, by=None, **options)]


@pytest.fixture
def kafranbel() -> Place:
    country = Place.objects.create(pcode="SY", level=0, name_en="Syria")
    place = country
    for level, (pcode, name) in enumerate([("SY07", "Idleb"), ("SY0704", "Ma'ra"), ("SY070404", "Kafr Nobol")], 1):
        ancestors = [*place.ancestors, place.pk]
        place = Place.objects.create(pcode=pcode, level=level, name_en=name, parent=place, ancestors=ancestors)
    ancestors = [*place.ancestors, place.pk]
    town = Place.objects.create(pcode="C4068", level=4, name_en="Kafr Nobol", parent=place, ancestors=ancestors)
    for name in ("Kafr Nobol", "Kafranbel"):
        PlaceName.objects.create(
            place=town,
            name=name,
            folded=name_key(name),
            skeleton=skeleton(name),
            script="Latn",
            source="test",
            quality="official",
        )
    return town


def test_receive_writes_article_capture_and_text():
    user = User.objects.create_user("editor")
    taken = record(url=URL, source="The Mill Times", published="2018-03-14", authors=("A. Writer", "B. Writer"))

    receipt = next(intake.receive_all([taken], by=user, method=CaptureMethod.EDITOR))

    article = Article.objects.get()
    assert receipt.outcome == Outcome.ADDED
    assert (receipt.article, receipt.capture, receipt.text_version) == (
        article,
        article.captures.get(),
        article.texts.get(),
    )
    assert (article.title, article.url, article.source.name_en) == ("Mill shelled", URL, "The Mill Times")
    assert (article.published_on, article.language, article.authors) == (
        date(2018, 3, 14),
        "en",
        "A. Writer; B. Writer",
    )
    assert article.metadata_origin == dict.fromkeys(
        ("title", "source", "published_on", "language", "url", "authors"), "file"
    )
    assert bytes(receipt.capture.bytes.data) == TEXT.encode()
    assert (receipt.capture.method, receipt.capture.created_by) == ("editor", user)
    assert (receipt.text_version.text, receipt.text_version.number) == (TEXT, 1)
    assert {key.scheme for key in article.keys.all()} == {"url", "reference"}


def test_receive_same_record_twice_is_one_article():
    assert take(record(url=URL), record(url=URL)) == [Outcome.ADDED, Outcome.ALREADY_THERE]
    assert take(record(url=URL)) == [Outcome.ALREADY_THERE]
    assert (Article.objects.count(), Capture.objects.count(), TextVersion.objects.count()) == (1, 1, 1)


def test_receive_already_there_gives_the_rows_that_hold_it():
    first = next(intake.receive_all([record(url=URL)], by=None))

    again = next(intake.receive_all([record(url=URL)], by=None))

    assert (again.article, again.capture, again.text_version) == (first.article, first.capture, first.text_version)


@pytest.mark.parametrize(
    "url", ["http://www.mill.example/1/?utm_source=x", "https://web.archive.org/web/2018/http://mill.example/1"]
)
def test_receive_same_address_written_otherwise_is_one_article(url):
    take(record(url=URL, title="One"))

    assert take(record("Other words.", url=url, title="Two", source="Other")) == [Outcome.NEW_CAPTURE]
    assert Article.objects.get().url == URL


def test_receive_changed_text_is_a_new_capture_and_the_old_text_is_still_known():
    take(record(url=URL))

    assert take(record("Changed words.", url=URL)) == [Outcome.NEW_CAPTURE]
    assert take(record(url=URL), record("Changed words.", url=URL)) == [Outcome.ALREADY_THERE] * 2
    assert [text.number for text in TextVersion.objects.order_by("number")] == [1, 2]


def test_receive_changed_bytes_with_the_same_text_add_nothing():
    take(record(url=URL))

    assert take(record(url=URL, raw=TEXT.encode("utf-16"))) == [Outcome.ALREADY_THERE]
    assert Capture.objects.count() == 1


def test_receive_same_bytes_with_another_text_share_the_capture():
    take(record(url=URL, raw=b"same"))

    assert take(record("Drawn by better rules.", url=URL, raw=b"same", extractor="plain/2")) == [Outcome.NEW_CAPTURE]
    assert (Capture.objects.count(), TextVersion.objects.count()) == (1, 2)


def test_receive_same_source_title_and_date_is_one_article():
    known = {"source": "The Mill Times", "published": "2018-03-14"}
    take(record(**known))

    assert take(record("Changed words.", **known | {"source": "the mill  TIMES"}, file_name="b.txt")) == [
        Outcome.NEW_CAPTURE
    ]
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"source": "Other"}, {"published": "2018-03-15"}, {"title": "Other"}, {"url": "https://mill.example/2"}]
)
def test_receive_other_source_title_date_or_address_is_another_article(other):
    known = {"source": "The Mill Times", "published": "2018-03-14", "url": URL if "url" in other else ""}
    take(record(**known))

    assert take(record("Other words.", **known | other)) == [Outcome.ADDED]


def test_receive_two_addresses_with_all_else_alike_are_two_articles_for_ever():
    pair = [record(url=URL), record(url="https://mill.example/2")]

    assert take(*pair) == [Outcome.ADDED, Outcome.ADDED]
    assert take(*pair) == [Outcome.ALREADY_THERE, Outcome.ALREADY_THERE]


def test_receive_without_source_and_date_goes_by_file_name_and_title():
    take(record())

    assert take(record("Changed words.")) == [Outcome.NEW_CAPTURE]
    assert take(record("Other words.", file_name="other.txt")) == [Outcome.ADDED]


def test_receive_same_text_under_another_file_name_is_one_article():
    take(record())

    assert take(record(file_name="copy.txt")) == [Outcome.ALREADY_THERE]


@pytest.mark.parametrize("other", [{"source": "Other"}, {"published": "2018-03-15"}])
def test_receive_same_text_of_another_source_or_day_is_another_article(other):
    known = {"source": "The Mill Times", "published": "2018-03-14"}
    take(record(**known))

    assert take(record(**known | other, file_name="other.txt")) == [Outcome.ADDED]
    assert take(record(**known, file_name="copy.txt")) == [Outcome.ALREADY_THERE]
    assert (Article.objects.count(), TextVersion.objects.values("sha256").distinct().count()) == (2, 1)


@pytest.mark.parametrize(
    "less", [{"source": ""}, {"published": ""}, {"published": "2018"}, {"source": "", "published": ""}]
)
@pytest.mark.parametrize("is_less_first", [True, False])
def test_receive_same_text_of_which_less_is_known_is_one_article(less, is_less_first):
    known = {"source": "The Mill Times", "published": "2018-03-14"}
    pair = [record(**known), record(**known | less)]

    take(pair[is_less_first])
    assert take(pair[not is_less_first]) == [Outcome.ALREADY_THERE]
    assert Article.objects.count() == 1


def test_receive_what_becomes_known_later_is_filled_in_and_found_by():
    take(record(title="Shells fell on…", derived={"title": "opening words"}))
    known = {"source": "The Mill Times", "published": "2018-03-14", "url": URL, "title": "Mill shelled"}

    receipt = next(intake.receive_all([record(**known, derived={"title": "sidecar", "source": "sidecar"})], by=None))

    article = Article.objects.get()
    assert receipt.outcome == Outcome.ALREADY_THERE
    assert set(receipt.filled_in) == {"source", "published_on", "url", "title"}
    assert (article.source.name_en, article.published_on, article.url) == ("The Mill Times", date(2018, 3, 14), URL)
    assert article.metadata_origin["source"] == "sidecar"
    assert ArticleRow.objects.get().published_on == date(2018, 3, 14)
    assert take(record("Changed words.", url=URL)) == [Outcome.NEW_CAPTURE]


def test_receive_never_changes_what_an_editor_wrote():
    take(record(source="The Mill Times", published="2018-03-14"))
    Article.objects.update(
        title="Corrected", published_on=date(2018, 3, 13), metadata_origin={"language": "editor"}, language=""
    )

    assert take(record(source="The Mill Times", published="2018-03-14")) == [Outcome.ALREADY_THERE]

    article = Article.objects.get()
    assert (article.title, article.published_on, article.language) == ("Corrected", date(2018, 3, 13), "")


def test_receive_month_of_publication_is_kept_but_is_no_day():
    article = next(intake.receive_all([record(published="2018-03")], by=None)).article

    assert article.published_on is None
    assert article.metadata_origin["published_as_stated"] == "2018-03"


def test_receive_source_is_found_by_its_arabic_name_and_slug():
    source = Source.objects.create(slug="mill-times", name_en="The Mill Times", name_ar="أخبار الطاحونة")

    take(record("One.", source="أخبار الطاحونه", title="1"), record("Two.", source="mill-times", title="2"))

    assert list(Article.objects.values_list("source", flat=True)) == [source.pk, source.pk]


def test_receive_new_sources_with_like_slugs_and_without_latin_letters():
    take(*(record(f"{n}.", source=name, title=str(n)) for n, name in enumerate(["A b", "A-b!", "صوت", "A b"])))

    assert sorted(Source.objects.values_list("name_en", flat=True)) == ["A b", "A-b!", "صوت"]
    assert Source.objects.get(name_en="صوت").name_ar == "صوت"


def test_receive_finds_and_stores_mentions(kafranbel):
    text = "Shells fell on the town of Kafranbel at noon. In Kafr Nobol nobody was hurt."

    receipt = next(intake.receive_all([record(text)], by=None))

    mentions = list(Mention.objects.filter(place=kafranbel, is_best=True))
    assert [text[m.start : m.end] for m in mentions] == [m.exact for m in mentions] == ["Kafranbel", "Kafr Nobol"]
    assert kafranbel.pk in ArticleRow.objects.get(article=receipt.article).place_ids


def test_receive_all_passes_refusals_through_in_order():
    receipts = list(intake.receive_all([record(), Refusal("a.bin", "it is empty"), record(url=URL)], by=None))

    assert [receipt.outcome for receipt in receipts] == [Outcome.ADDED, Outcome.REFUSED, Outcome.ALREADY_THERE]
    assert (receipts[1].locator, receipts[1].reason) == ("a.bin", "it is empty")


def test_receive_all_record_that_the_database_refuses_leaves_the_others():
    records = [
        record("One.", title="1"),
        record("Two.", title="x" * 501, locator="bad.txt"),
        record("Three.", title="3"),
    ]

    receipts = list(intake.receive_all(records, by=None))

    assert [receipt.outcome for receipt in receipts] == [Outcome.ADDED, Outcome.REFUSED, Outcome.ADDED]
    assert "too long" in receipts[1].reason
    assert Article.objects.count() == CaptureBytes.objects.count() == 2


def test_receive_all_in_several_batches_knows_what_the_first_wrote(monkeypatch):
    monkeypatch.setattr("archive.intake.services.BATCH_RECORDS", 2)
    records = [record(f"Words {n % 4}.", title=f"Title {n % 4}") for n in range(9)]

    assert take(*records) == [Outcome.ADDED] * 4 + [Outcome.ALREADY_THERE] * 5


@pytest.mark.parametrize("again", [False, True])
def test_receive_all_has_a_constant_number_of_queries(django_assert_num_queries, django_assert_max_num_queries, again):
    def batch(size):
        name = "same" if again else f"new{size}"
        return [record(f"{name} {n}.", url=f"{URL}/{name}/{n}", source="The Mill Times") for n in range(size)]

    take(*batch(60))
    with django_assert_max_num_queries(60) as few:
        take(*batch(2))
    with django_assert_max_num_queries(60) as many:
        take(*batch(50))

    assert len(many) == len(few)


def test_rehearse_gives_the_same_receipts_and_leaves_nothing(monkeypatch):
    monkeypatch.setattr("archive.intake.services.BATCH_RECORDS", 1)

    receipts = list(intake.rehearse([record(url=URL), record(url=URL)], by=None))

    assert [receipt.outcome for receipt in receipts] == [Outcome.ADDED, Outcome.ALREADY_THERE]
    assert not Article.objects.exists()
    assert not ArticleKey.objects.exists()
    assert not Source.objects.exists()
