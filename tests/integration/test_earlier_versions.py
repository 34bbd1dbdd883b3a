"""What every version that was tagged held is restored and migrated by this one, and reads as it did."""

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from archive.backing_up import reading
from archive.depot.configuration import configuration
from archive.models import Article, User
from archive.software import version
from incidents.models import Edition
from tests.factories import backed_up

BASE = Path(settings.BASE_DIR)
KEPT = BASE / "tests" / "stored" / "versions"
FILES = sorted(KEPT.glob("*.backup.gz"))
LARGEST = 1_000_000  # bytes


def test_each_version_is_there_and_small() -> None:
    changes = (BASE / "CHANGELOG.md").read_text(encoding="utf-8")
    tagged = [line.split()[1] for line in changes.splitlines() if line.startswith("## ") and line[3].isdigit()]

    assert tagged[0] == version()
    assert {f"{one}.backup.gz" for one in tagged} == {file.name for file in FILES}
    assert all(file.stat().st_size <= LARGEST for file in FILES)


def unpacked(file: Path, folder: Path) -> Path:
    made = folder / "made.backup"
    made.write_bytes(gzip.decompress(file.read_bytes()))
    return made


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".backup.gz"))
def test_an_archive_of_an_earlier_version_is_brought_forward(file: Path, tmp_path: Path) -> None:
    name, file = file.name.removesuffix(".backup.gz"), unpacked(file, tmp_path)
    editions = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    entry = configuration({"CAPTURES_DIR": str(tmp_path / "captures")}, folder=tmp_path)
    said = StringIO()
    with backed_up.empty_database(), override_settings(STORAGES={**settings.STORAGES, "captures": entry}):
        call_command("restore", str(file), stdout=said)  # compares every table, migrates, and verifies everything
        call_command("remake", stdout=StringIO())
        call_command("refresh_rows", "--check", stdout=StringIO())

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM incidents_edition WHERE sha256 <> content_digest(content)")
            assert cursor.fetchone() == (0,)
        kept = Edition.objects.values_list("incident__code", "number", "sha256")
        assert {f"{code}/v{number}": digest for code, number, digest in kept} == editions
        assert not any(user.has_usable_password() for user in User.objects.all())
        client = Client(HTTP_HOST="127.0.0.1")
        pages = [f"/incidents/{edition}/" for edition in editions]
        pages += [f"/ar/articles/{article.public_id}/" for article in Article.objects.all()[:3]]
        for page in ("/", "/incidents/", "/ar/map/", "/incidents.csv", *pages):
            assert client.get(page).status_code in (200, 410), page
    assert "Tables: " in said.getvalue()
    assert reading.look_through(file, None).manifest.release == name
