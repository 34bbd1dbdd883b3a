"""SQL by hand cannot break what the archive promises of documents."""

import hashlib

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from archive.models import Article, Capture, CaptureBytes, Passage, TextVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def text() -> TextVersion:
    words = "Shells fell on the old mill 😀 at noon.\nNobody was inside."
    raw = words.encode()
    article = Article.objects.create(title="A test text")
    stored = CaptureBytes.objects.create(sha256=hashlib.sha256(raw).hexdigest(), size=len(raw), data=raw)
    capture = Capture.objects.create(
        article=article, bytes=stored, size=len(raw), media_type="text/plain", method="import", tool="test"
    )
    return TextVersion.objects.create(
        article=article,
        capture=capture,
        number=1,
        text=words,
        sha256=hashlib.sha256(raw).hexdigest(),
        length=len(words),
        normalisation="NFC+LF/1",
        extractor="test",
    )


@pytest.fixture
def passage(text: TextVersion) -> Passage:
    return Passage.objects.create(
        text_version=text,
        start=28,
        end=37,
        exact=text.text[28:37],
        prefix=text.text[:28][-32:],
        suffix=text.text[37:69],
    )


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_text_version_update_refused(text: TextVersion) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("UPDATE archive_textversion SET text = 'other' WHERE id = %s", text.pk)


def test_text_version_delete_refused(text: TextVersion) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("DELETE FROM archive_textversion WHERE id = %s", text.pk)


def test_text_version_truncate_refused(text: TextVersion) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE archive_textversion CASCADE")


def test_captured_bytes_update_refused(text: TextVersion) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("UPDATE archive_capturebytes SET data = 'x'")


def test_captured_bytes_with_a_wrong_digest_refused() -> None:
    with pytest.raises(IntegrityError, match="does not fit the bytes"):
        run("INSERT INTO archive_capturebytes (sha256, data) VALUES (%s, 'x')", "0" * 64)


def test_passage_shift_refused(passage: Passage) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run('UPDATE archive_passage SET start = start + 1, "end" = "end" + 1 WHERE id = %s', passage.pk)


def test_passage_with_another_quote_refused(text: TextVersion) -> None:
    with pytest.raises(IntegrityError, match="the quote is not what the text has"):
        Passage.objects.create(text_version=text, start=0, end=6, exact="Shellz", prefix="", suffix=text.text[6:38])


def test_passage_with_another_context_refused(text: TextVersion) -> None:
    with pytest.raises(IntegrityError, match="prefix or suffix"):
        Passage.objects.create(text_version=text, start=0, end=6, exact="Shells", prefix="x", suffix=text.text[6:38])


def test_passage_counts_code_points(passage: Passage) -> None:
    assert passage.exact == "😀 at noon"[0:9]


def test_article_delete_refused(text: TextVersion) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("DELETE FROM archive_article WHERE id = %s", text.article_id)


def test_article_public_id_change_refused(text: TextVersion) -> None:
    with pytest.raises(IntegrityError, match="never changes"):
        run("UPDATE archive_article SET public_id = 'x' WHERE id = %s", text.article_id)


def test_lock_version_counts_every_update(text: TextVersion) -> None:
    run("UPDATE archive_article SET title = 'Another title' WHERE id = %s", text.article_id)

    assert Article.objects.get(pk=text.article_id).lock_version == 2


def test_history_sees_sql(text: TextVersion) -> None:
    run("UPDATE archive_article SET title = 'Another title' WHERE id = %s", text.article_id)

    titles = text.article.events.order_by("pgh_id").values_list("title", flat=True)
    assert list(titles) == ["A test text", "Another title"]


def test_history_is_append_only(text: TextVersion) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run("DELETE FROM archive_articleevent")
