"""Captures in a bucket: one that `moto` acts, in this process."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import boto3
import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from moto import mock_aws

from archive import capture_bytes, intake
from archive.depot import probing, store, strays
from archive.depot.configuration import configuration
from archive.models import CaptureBytes, CustodyEvent
from archive.terms import CustodyAct
from tests.factories.captured import received
from tests.factories.documents import record

pytestmark = pytest.mark.django_db
REGION = "eu-central-1"


@pytest.fixture
def prefix() -> str:
    return "archive/one"


@pytest.fixture
def bucket(tmp_path: Path, prefix: str) -> Iterator:
    (tmp_path / "secret").write_text("of the tests\n")
    environment = {
        "CAPTURES_S3_BUCKET": "copies",
        "CAPTURES_S3_PREFIX": prefix,
        "CAPTURES_S3_REGION": REGION,
        "CAPTURES_S3_KEY": "tests",
        "CAPTURES_S3_SECRET_FILE": str(tmp_path / "secret"),
        "CAPTURES_S3_LOCK": "compliance",
        "CAPTURES_S3_LOCK_DAYS": "400",
    }
    entry = configuration(environment, folder=tmp_path)
    changed = {"STORAGES": {**settings.STORAGES, "captures": entry}, "CAPTURES_INSIDE_BYTES": 0}
    with mock_aws(), override_settings(**changed):
        made = boto3.resource("s3", region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x").Bucket(
            "copies"
        )
        made.create(CreateBucketConfiguration={"LocationConstraint": REGION}, ObjectLockEnabledForBucket=True)
        yield made


def key_of(sha256: str) -> str:
    return f"archive/one/{store.path_of(sha256)}"


def verify() -> str:
    out = StringIO()
    call_command("verify", "--all", stdout=out)
    return out.getvalue()


def test_bytes_go_there_and_come_back(bucket) -> None:
    capture = received("Nobody was inside. " * 1_000)

    assert CaptureBytes.objects.get().data is None
    assert [one.key for one in bucket.objects.all()] == [key_of(capture.bytes_id)]
    kept = bucket.Object(key_of(capture.bytes_id))
    assert len(kept.get()["Body"].read()) == capture.size
    assert kept.object_lock_mode == "COMPLIANCE"
    assert timedelta(days=399) < kept.object_lock_retain_until_date - timezone.now() <= timedelta(days=400)
    assert kept.content_type == "application/octet-stream"
    grantees = {grant["Grantee"].get("URI", "") for grant in kept.Acl().grants}
    assert grantees == {""}  # nobody but the owner: "all users" is a URI
    assert len(capture_bytes.read(capture.bytes_id)) == capture.size
    assert "Nothing differs." in verify()
    with pytest.raises(ValueError, match="no address"):
        storages["captures"].url(store.path_of(capture.bytes_id))


def test_damage_is_told_apart(bucket) -> None:
    changed, gone = received(), received("Nobody saw it.")
    bucket.Object(key_of(changed.bytes_id)).put(Body=b"Shells!")
    bucket.Object(key_of(gone.bytes_id)).delete()

    out = StringIO()
    with pytest.raises(CommandError, match="findings"):
        call_command("verify", "--all", stdout=out)

    assert f"capture {changed.bytes_id} of article {changed.article.public_id}: the SHA-256" in out.getvalue()
    assert f"capture {gone.bytes_id} of article {gone.article.public_id}: its bytes are not there" in out.getvalue()


def test_bucket_that_is_not_there_is_away(bucket) -> None:
    capture = received()
    bucket.object_versions.all().delete(BypassGovernanceRetention=True)
    storages["captures"].bucket_name, storages["captures"]._bucket = "none", None

    with pytest.raises(capture_bytes.AwayError):
        capture_bytes.read(capture.bytes_id)
    with pytest.raises(capture_bytes.AwayError):
        received("Nobody saw it.")
    with pytest.raises(capture_bytes.AwayError):
        list(strays.find(before=timezone.now()))


def test_strays_are_found_and_removed(bucket) -> None:
    capture = received()
    stray = store.path_of("ab" * 32)
    storages["captures"].save(stray, ContentFile(b"x"))
    later = timezone.now() + timedelta(days=40)

    assert list(strays.find(before=timezone.now() - timedelta(days=1))) == []
    assert list(strays.find(before=later)) == [stray]
    assert strays.remove(stray, before=later)
    assert not strays.remove(store.path_of(capture.bytes_id), before=later)
    assert [one.key for one in bucket.objects.all()] == [key_of(capture.bytes_id)]
    probing.write_and_read()
    assert not probing.is_served()
    assert [one.key for one in bucket.objects.all()] == [key_of(capture.bytes_id)]


def test_lost_object_is_written_again(bucket) -> None:
    capture = received()
    key = bucket.Object(key_of(capture.bytes_id))
    data = key.get()["Body"].read()
    key.delete()

    list(intake.receive_all([record(text=data.decode(), url=capture.original_url)], by=None))

    assert key.get()["Body"].read() == data
    assert CustodyEvent.objects.filter(event=CustodyAct.RESTORED, capture=capture).count() == 1
    assert "Nothing differs." in verify()


@pytest.mark.parametrize("prefix", [""])
def test_bucket_without_a_prefix_keeps_what_others_have_in_it(bucket) -> None:
    """Others may name files by their SHA-256 too, and have a folder `incoming`."""
    capture = received()
    theirs = {"incoming/capture-1", store.path_of("ab" * 32)}
    for key in theirs:
        bucket.put_object(Key=key, Body=b"of somebody else")
    later = timezone.now() + timedelta(days=40)

    assert list(strays.find(before=later)) == [store.path_of("ab" * 32)]
    with pytest.raises(strays.SharedStorageError):
        strays.remove(store.path_of("ab" * 32), before=later)
    with time_machine.travel(later), pytest.raises(CommandError, match="has no prefix"):
        call_command("stray_captures", "--remove", stdout=StringIO())

    assert {one.key for one in bucket.objects.all()} == {*theirs, store.path_of(capture.bytes_id)}
