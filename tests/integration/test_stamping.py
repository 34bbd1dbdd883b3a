"""Manifests list what is new, and `openssl ts -verify` alone can tell when they were made."""

import shutil
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from rfc3161_client._rust import parse_timestamp_request

from archive import intake
from archive.models import Capture, CustodyEvent, Manifest, TextVersion, TimeStamp
from archive.stamping import StampError, check, compare, make_manifest
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


def differing() -> str:
    """What `verify --all` says of an archive in which something differs."""
    out = StringIO()
    with pytest.raises(CommandError, match="findings"):
        call_command("verify", "--all", stdout=out)
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
    assert f"manifest {manifest.pk}: The request of its time-stamp is of something else." in said


@pytest.mark.django_db
def test_manifest_that_was_put_in_place_of_another_is_found() -> None:
    for _ in range(3):
        run()
    first, second, third = Manifest.objects.order_by("pk")
    assert not [*_problems(first), *_problems(second), *_problems(third)]

    forged = third.content.replace(second.sha256, "0" * 64)
    third.content, third.sha256 = forged, sha256(forged.encode()).hexdigest()
    assert list(_problems(third)) == [
        f"line {third.log_number + 1} of the log tells of another SHA-256",
        f"it does not name manifest {second.number} by its SHA-256",
    ]


@pytest.fixture
def stamped(settings, authority: Path) -> list[Manifest]:
    """Three manifests, each with its time-stamp, the first one first."""
    settings.TSA_ROOT = str(authority / "root.pem")
    with serving(authority) as settings.TSA_URL:
        for number in range(3):
            take(number)
            run()
    return list(Manifest.objects.order_by("pk"))


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.django_db
def test_every_byte_of_an_earlier_manifest_and_of_its_request_counts(stamped: list[Manifest]) -> None:
    """And of what its reply says: all that the authority signed."""
    first = stamped[0]
    assert not list(_problems(first))
    content, [stamp] = first.content, first.stamps.all()
    for at in range(0, len(content), 7):
        first.content = flipped(content.encode(), at).decode()
        assert f"its SHA-256 is {sha256(first.content.encode()).hexdigest()}, not {first.sha256}" in list(
            _problems(first)
        )
    first.content = content
    for at in range(len(stamp.request)):
        changed = TimeStamp(request=flipped(bytes(stamp.request), at), reply=stamp.reply, at=stamp.at)
        with pytest.raises(StampError):
            compare(changed, content.encode())
    begin = bytes(stamp.reply).index(sha256(content.encode()).digest())
    for at in range(begin, begin + 32):
        changed = TimeStamp(request=stamp.request, reply=flipped(bytes(stamp.reply), at), at=stamp.at)
        with pytest.raises(StampError):
            compare(changed, content.encode())


@pytest.mark.django_db(transaction=True)
def test_each_earlier_manifest_that_differs_is_named(stamped: list[Manifest]) -> None:
    """Not only the newest: its content with its SHA-256, the request, the reply, and the time of a stamp."""
    first, second, third = stamped
    forged = first.content.replace(" capture", " captive")
    tamper(
        "archive_manifest", "UPDATE archive_manifest SET content = %s, sha256 = %s WHERE number = %s",
        forged, sha256(forged.encode()).hexdigest(), first.number,
    )  # fmt: skip
    tamper(
        "archive_timestamp",
        "UPDATE archive_timestamp SET reply = set_byte(reply, %s, get_byte(reply, %s) # 1) WHERE manifest_id = %s",
        *[len(second.stamps.get().reply) - 2] * 2,
        second.number,
    )
    tamper(
        "archive_timestamp",
        "UPDATE archive_timestamp SET at = at - interval '1 day' WHERE manifest_id = %s",
        third.number,
    )

    said = differing()

    made = {number: f"line {manifest.log_number + 1} of the log" for number, manifest in enumerate(stamped, 1)}
    for expected in (
        f"manifest {first.number}: {made[1]} tells of another SHA-256",
        f"manifest {first.number}: The request of its time-stamp is of something else.",
        f"manifest {second.number}: it does not name manifest {first.number} by its SHA-256",
        f"manifest {second.number}: The reply is no time-stamp of the manifest that holds",
        f"manifest {third.number}: Its time-stamp is of ",
        f"{made[1]}: manifest {first.number} of which it tells has another SHA-256",
        f"the time-stamp of manifest {second.number} of which it tells is not there as it was",
    ):
        assert expected in said


@pytest.mark.django_db(transaction=True)
def test_manifest_and_stamp_that_were_taken_out_are_named_by_the_log(stamped: list[Manifest]) -> None:
    """The newest too, which no later one names."""
    _first, second, third = stamped
    for manifest in (second, third):
        tamper("archive_timestamp", "DELETE FROM archive_timestamp WHERE manifest_id = %s", manifest.number)
    tamper("archive_manifest", "DELETE FROM archive_manifest WHERE number = %s", third.number)

    said = differing()

    assert f"the time-stamp of manifest {second.number} of which it tells is not there as it was" in said
    assert f"manifest {third.number} of which it tells is not there" in said
    assert f"manifest {second.number}:" not in said


@pytest.mark.django_db
def test_stamp_of_another_manifest_is_found_without_a_root(stamped: list[Manifest], settings) -> None:
    settings.TSA_ROOT = ""
    first, second, _third = stamped
    [own], [other] = first.stamps.all(), second.stamps.all()

    compare(own, first.content.encode())
    with pytest.raises(StampError, match="is of something else"):
        compare(other, first.content.encode())
    nonce = nonce_of(own)
    own.request = bytes(own.request).replace(nonce, flipped(nonce, len(nonce) - 1))
    with pytest.raises(StampError, match="not the one that was answered"):
        compare(own, first.content.encode())


def nonce_of(stamp: TimeStamp) -> bytes:
    nonce = parse_timestamp_request(bytes(stamp.request)).nonce
    return nonce.to_bytes((nonce.bit_length() + 8) // 8, "big")


@pytest.mark.django_db
def test_authority_of_before_is_still_vouched_for(settings, authority: Path, tmp_path: Path) -> None:
    """Its root stays in the file beside that of the authority that is asked today."""
    settings.TSA_ROOT = str(authority / "root.pem")
    with serving(authority) as settings.TSA_URL:
        run()
    root = make_authority(tmp_path, "Another")
    both = tmp_path / "both.pem"
    both.write_text(root.read_text() + (authority / "root.pem").read_text())
    settings.TSA_ROOT = str(both)
    with serving(tmp_path) as settings.TSA_URL:
        run()

    first, second = Manifest.objects.order_by("pk")
    assert not [*_problems(first), *_problems(second)]
    settings.TSA_ROOT = str(root)
    assert [one for one in _problems(first) if "The reply is no time-stamp" in one]
    assert not list(_problems(second))


@pytest.mark.django_db
def test_manifest_of_which_the_log_says_nothing_is_found() -> None:
    run()
    made = Manifest.objects.get()
    made.pk, made.number = None, made.number + 7

    assert f"line {made.log_number + 1} of the log does not tell of it" in list(_problems(made))
