"""Manifests list what is new, and `openssl ts -verify` alone can tell when they were made."""

import shutil
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from archive import intake
from archive.models import Capture, CustodyEvent, Manifest, TextVersion, TimeStamp
from archive.stamping import StampError, check, make_manifest
from archive.verifying.checked_manifests import _problems
from tests.factories import reviewed
from tests.factories.documents import record
from tests.factories.people import person
from tests.factories.publishable import publishable
from tests.factories.tampering import tamper
from tests.factories.time_stamps import make_authority, openssl, serving


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    make_authority(folder)
    return folder


def take(number: int) -> None:
    text = f"Shells fell on the old mill at noon of day {number}. Nobody was inside."
    list(intake.receive_all([record(text=text, raw=text.encode(), url=f"https://mill.example/{number}")], by=None))


def run() -> str:
    out = StringIO()
    call_command("stamp_manifest", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_manifest_lists_what_is_new() -> None:
    take(1)
    incident = publishable(person("Editor"))
    edition = reviewed.publish(incident, note="First.")
    line = CustodyEvent.objects.last()

    first = make_manifest()
    take(2)
    second = make_manifest()

    assert first.content.splitlines()[1:] == [
        "# the first",
        f"{line.hash} log {line.number}",
        f"{Capture.objects.first().bytes_id} capture",
        f"{TextVersion.objects.order_by('pk').first().sha256} text",
        f"{edition.sha256} edition",
    ]
    assert first.sha256 == sha256(first.content.encode()).hexdigest()
    lines = second.content.splitlines()
    assert lines[1] == f"{first.sha256} manifest {first.number}"
    assert f"{Capture.objects.last().bytes_id} capture" in lines
    assert f"{Capture.objects.first().bytes_id} capture" not in lines
    assert CustodyEvent.objects.last().event == "stamped"


@pytest.mark.django_db
def test_without_an_authority_manifests_are_made_all_the_same(client: Client) -> None:
    take(1)

    assert "Not stamped: no TSA_URL is set." in run()

    assert not TimeStamp.objects.exists()
    page = client.get("/manifests/").content.decode()
    assert "not stamped" in page
    assert client.get(f"/manifests/{Manifest.objects.get().pk}.tsr").status_code == 404


@pytest.mark.django_db
def test_stamp_is_checked_by_openssl_alone(client: Client, settings, authority: Path, tmp_path: Path) -> None:
    take(1)
    settings.TSA_ROOT = str(authority / "root.pem")
    with serving(authority) as settings.TSA_URL:
        assert "Stamped " in run()

    number = Manifest.objects.get().pk
    for ending in ("txt", "tsq", "tsr"):
        answer = client.get(f"/manifests/{number}.{ending}")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        (tmp_path / f"manifest.{ending}").write_bytes(answer.content)
    shutil.copy(authority / "root.pem", tmp_path)
    for asked in (("-queryfile", "manifest.tsq"), ("-data", "manifest.txt")):
        said = openssl(tmp_path, "ts", "-verify", *asked, "-in", "manifest.tsr", "-CAfile", "root.pem")
        assert "Verification: OK" in said
    call_command("verify", "--all", stdout=StringIO())
    assert f"{TimeStamp.objects.get().at:%Y-%m-%dT%H:%M}" in client.get("/manifests/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("instead", [b"", b"<html>", b"\x30\x03\x02\x01\x02", b"0" * 200_000])
def test_reply_that_is_no_stamp_is_refused(settings, authority: Path, instead: bytes) -> None:
    settings.TSA_ROOT = str(authority / "root.pem")
    with serving(authority, instead=instead) as settings.TSA_URL, pytest.raises(CommandError, match="Not stamped"):
        run()

    assert Manifest.objects.count() == 1
    assert not TimeStamp.objects.exists()


@pytest.mark.django_db
def test_stamp_of_another_authority_is_refused(settings, authority: Path, tmp_path: Path) -> None:
    settings.TSA_ROOT = str(make_authority(tmp_path, "Another"))
    with serving(authority) as settings.TSA_URL, pytest.raises(CommandError, match="Not stamped"):
        run()


@pytest.mark.django_db
def test_authority_that_is_away_or_wrongly_set(settings, authority: Path) -> None:
    for url, root in (
        ("http://127.0.0.1:9/", authority / "root.pem"),
        ("file:///etc/passwd", authority / "root.pem"),
        ("http://127.0.0.1:9/", authority / "none.pem"),
    ):
        settings.TSA_URL, settings.TSA_ROOT = url, str(root)
        with pytest.raises(CommandError, match="Not stamped"):
            run()
    assert Manifest.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_manifest_or_log_that_was_changed_is_named(settings, authority: Path) -> None:
    take(1)
    settings.TSA_ROOT = str(authority / "root.pem")
    with serving(authority) as settings.TSA_URL:
        run()
    manifest = Manifest.objects.get()
    stamp = TimeStamp.objects.get()
    with pytest.raises(StampError):
        check(manifest.content.encode() + b" ", bytes(stamp.reply), authority / "root.pem")

    tamper("archive_manifest", "UPDATE archive_manifest SET content = replace(content, 'capture', 'capturf')")
    tamper("archive_custodyevent", "DELETE FROM archive_custodyevent WHERE number = %s", manifest.log_number)

    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", "--all", stdout=out)
    said = out.getvalue()
    assert f"manifest {manifest.pk}: its SHA-256 is" in said
    assert f"manifest {manifest.pk}: line {manifest.log_number} of the log has another hash now" in said
    assert f"manifest {manifest.pk}: The reply is no time-stamp" in said


@pytest.mark.django_db
def test_manifest_that_was_put_in_place_of_another_is_found() -> None:
    for _ in range(3):
        run()
    first, second, third = Manifest.objects.order_by("pk")
    assert not [*_problems(first), *_problems(second), *_problems(third)]

    forged = third.content.replace(second.sha256, "0" * 64)
    third.content, third.sha256 = forged, sha256(forged.encode()).hexdigest()
    assert list(_problems(third)) == [f"it does not name manifest {second.number} by its SHA-256"]
