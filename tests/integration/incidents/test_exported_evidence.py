"""Evidence that somebody takes out is told in the log of custody; what readers fetch from public pages is not."""

import copy
import hashlib
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from archive import capture_bytes
from archive.models import Article, Capture, CaptureBytes, CustodyEvent, Source
from archive.terms import CustodyAct, TextPolicy
from incidents import curation
from tests.factories import bags
from tests.factories.archive import ArticleFactory, CaptureFactory, SourceFactory
from tests.factories.full_incident import FullIncident, published
from tests.factories.people import person
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_told(make_once: MakeOnce) -> FullIncident:
    return make_once(published)


@pytest.fixture
def told(kept_told: FullIncident) -> FullIncident:
    return copy.deepcopy(kept_told)


def exported() -> list[tuple]:
    """What the log tells of as given out: copy, text, and by whom."""
    events = CustodyEvent.objects.filter(event=CustodyAct.EXPORTED)
    return [(one.capture_id, one.text_version_id, one.role) for one in events]


def export(what: str, file: Path) -> str:
    out = StringIO()
    call_command("export_evidence", what, str(file), stdout=out)
    return out.getvalue()


def test_package_of_an_incident_tells_of_each_copy_and_text(client: Client, told: FullIncident, tmp_path: Path) -> None:
    there = bags.download(client, f"/incidents/{told.incident.code}/package.zip")

    said = export(told.incident.code.upper(), tmp_path / "a.zip")

    data = (tmp_path / "a.zip").read_bytes()
    assert data == there  # the same as readers get
    assert hashlib.sha256(data).hexdigest() in said
    texts = sorted([told.english, told.arabic], key=lambda one: one.capture_id)
    assert exported() == [
        *((text.capture_id, None, "command") for text in texts),
        *((None, text.pk, "command") for text in sorted(texts, key=lambda one: one.pk)),
    ]
    details = json.loads(CustodyEvent.objects.filter(event=CustodyAct.EXPORTED)[0].details)
    assert details == {
        "package": f"{told.incident.code}-v1.zip", "package_sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    (folder := tmp_path / "unpacked").mkdir()
    bags.check(bags.unpack(bags.download(client, f"/incidents/{told.incident.code}/package.zip"), folder))


def test_package_of_an_article_tells_of_its_own_only(told: FullIncident, tmp_path: Path) -> None:
    article = told.english.article

    export(article.public_id, tmp_path / "a.zip")

    assert exported() == [(told.english.capture_id, None, "command"), (None, told.english.pk, "command")]
    assert {one.article for one in CustodyEvent.objects.filter(event=CustodyAct.EXPORTED)} == {article}


def test_package_that_lets_no_text_out_is_not_told_of(told: FullIncident, tmp_path: Path) -> None:
    Source.objects.update(text_policy=TextPolicy.PASSAGES)

    export(told.incident.code, tmp_path / "a.zip")

    assert exported() == []


def test_readers_leave_no_line(client: Client, told: FullIncident) -> None:
    before = CustodyEvent.objects.count()
    for address in (
        f"/incidents/{told.incident.code}/package.zip",
        f"/articles/{told.english.article.public_id}/package.zip",
        f"/captures/{told.english.capture.bytes_id}.bin",
    ):
        for user in (None, person("Editor")):
            if user:
                client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            assert client.get(address).getvalue()
        client.logout()

    assert CustodyEvent.objects.count() == before


def test_copy_leaves_with_a_line_for_each_article_that_has_it(tmp_path: Path) -> None:
    source = SourceFactory(text_policy=TextPolicy.REFERENCE)  # readers may have nothing of it
    first = CaptureFactory(article=ArticleFactory(source=source), settings={"private": ["cookie"]})
    second = CaptureFactory(bytes=first.bytes)

    export(first.bytes_id, tmp_path / "copy.bin")

    assert hashlib.sha256((tmp_path / "copy.bin").read_bytes()).hexdigest() == first.bytes_id
    assert exported() == [(first.pk, None, "command"), (second.pk, None, "command")]


@pytest.mark.parametrize("wrong", ["nothing", "0" * 64, "hidden", "withdrawn", "there", "folder"])
def test_what_cannot_be_given_out_leaves_no_file_and_no_line(told: FullIncident, tmp_path: Path, wrong: str) -> None:
    file, what = tmp_path / "a.zip", told.english.article.public_id
    if wrong == "hidden":
        Article.objects.update(visibility="withheld", visibility_reason="A witness.")
    elif wrong == "withdrawn":
        curation.withdraw(told.incident, by=person("Reviewer"), reason="A drill.")
        what = told.incident.code
    elif wrong == "there":
        file.write_bytes(b"of somebody else")
    elif wrong == "folder":
        file = tmp_path / "none" / "a.zip"
    else:
        what = wrong

    with pytest.raises(CommandError) as refused:
        export(what, file)

    says = {
        "there": "name a new file",
        "folder": "There is no folder",
        "0" * 64: "There is no copy",
        "withdrawn": "is withdrawn",
    }
    assert says.get(wrong, "is no code of a published incident") in str(refused.value)
    assert exported() == []
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([b"of somebody else"] if wrong == "there" else [])


def test_bytes_that_differ_are_not_given_out(told: FullIncident, tmp_path: Path, monkeypatch) -> None:
    def pieces(_sha256: str):
        yield b"other bytes"

    monkeypatch.setattr(capture_bytes, "pieces", pieces)
    for what in (told.english.capture.bytes_id, told.english.article.public_id):
        with pytest.raises(CommandError, match="Nothing was given out"):
            export(what, tmp_path / "a")

    assert exported() == []
    assert list(tmp_path.iterdir()) == []


def of(capture: Capture) -> str:
    return reverse("admin:archive_article_copy", args=[capture.article_id, capture.pk])


@pytest.fixture
def editor(client: Client):
    user = person("Editor")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_editor_takes_a_copy_and_the_log_tells_without_a_name(client: Client, editor) -> None:
    copy = CaptureFactory(article=ArticleFactory(source=SourceFactory(text_policy=TextPolicy.REFERENCE)))
    change = reverse("admin:archive_article_change", args=[copy.article_id])

    assert f'href="{of(copy)}"' in client.get(change).content.decode()
    assert copy.bytes_id in client.get(of(copy)).content.decode()
    assert exported() == []
    answer = client.post(of(copy))

    assert hashlib.sha256(b"".join(answer)).hexdigest() == copy.bytes_id
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{copy.bytes_id}.bin"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert exported() == [(copy.pk, None, "editor")]
    assert CustodyEvent.objects.get(event=CustodyAct.EXPORTED).by == editor
    page = client.get(f"/captures/{copy.bytes_id}/").content.decode()
    assert "Given out" in page
    assert editor.username not in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_copy_of_another_article_is_not_there(client: Client, editor, method: str) -> None:
    copy = CaptureFactory()
    other = reverse("admin:archive_article_copy", args=[ArticleFactory().pk, copy.pk])

    assert getattr(client, method)(other).status_code == 404


def test_editor_is_told_who_gives_out_private_bytes(client: Client, editor) -> None:
    copy = CaptureFactory(settings={"private": ["cookie"]})

    assert f"export_evidence {copy.bytes_id}" in client.get(of(copy)).content.decode()
    assert client.post(of(copy)).status_code == 403
    assert exported() == []


def test_bytes_that_are_lost_are_not_told_of_as_given_out(client: Client, editor, monkeypatch) -> None:
    copy = CaptureFactory()
    monkeypatch.setattr(capture_bytes, "pieces", lambda _: iter([b"other"]))
    assert CaptureBytes.objects.count() == 1

    assert client.post(of(copy)).status_code == 503
    assert exported() == []
