"""An archive is backed up, restored into an empty database, and compared with what it was."""

import errno
import json
import os
import re
import tarfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import Client, override_settings

from archive import custody, intake, roles
from archive.backing_up import emptiness, encryption, last_backup, programs, reading, restoring, table_digests
from archive.backing_up.manifest import Manifest
from archive.depot import store
from archive.depot.configuration import configuration
from archive.models import Article, Backup, Capture, CaptureBytes, Source
from archive.postgresql.base import as_owner
from incidents.releases import keeping
from tests.factories import backed_up, reviewed
from tests.factories.archive import SourceFactory
from tests.factories.documents import record
from tests.factories.people import person
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db(transaction=True)


def run(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def manifest_of(file: Path) -> Manifest:
    return reading.look_through(file, None).manifest


@pytest.fixture
def other_storage(tmp_path: Path) -> Iterator[Path]:
    """Another folder for captures than the one that was backed up; it is not there yet."""
    from django.conf import settings  # noqa: PLC0415 (as it is in the test)

    folder = tmp_path / "other captures"
    entry = configuration({"CAPTURES_DIR": str(folder)}, folder=folder)
    with override_settings(STORAGES={**settings.STORAGES, "captures": entry}):
        yield folder


def receive(title: str = "Report", *, inside: int = 1_000_000) -> Article:
    """A report as it comes in, told in the log."""
    text = f"{title}: shells fell on the old mill. Nobody was inside. " * 20
    with override_settings(CAPTURES_INSIDE_BYTES=inside):
        list(intake.receive_all([record(text=text, raw=text.encode(), url=f"https://mill.example/{title}")], by=None))
    return Article.objects.latest("pk")


def keep_outside() -> str:
    """A report whose capture lies beside the database."""
    digest = Capture.objects.get(article=receive("large", inside=100)).bytes_id
    assert CaptureBytes.objects.get(pk=digest).data is None
    return digest


def test_archive_is_restored_as_it_was(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    digest, article = keep_outside(), receive()
    code = reviewed.publish(publishable(person("Editor")), note="First edition.").incident.code
    run("make_release", "--note", "The first one.")
    released = {one.path: b"".join(store.pieces_at(one.path, size=9_000)) for one in keeping.stored_files()}
    assert released
    file = tmp_path / "a.backup"
    addresses = [f"/incidents/{code}/v1/", f"/incidents/{code}.json", f"/articles/{article.public_id}/"]
    before = [Client().get(address).content for address in addresses]
    bytes_before = b"".join(store.pieces(digest, size=1_000))

    said = run("backup", str(file))

    row = last_backup()
    assert row is not None
    assert (row.size, row.is_encrypted, row.lacking) == (file.stat().st_size, False, 0)
    assert f"SHA-256 {row.sha256}" in said
    assert (row.custody_number, row.custody_hash) == custody.head()
    assert file.stat().st_mode & 0o777 == 0o600
    request.getfixturevalue("other_storage")
    with backed_up.empty_database():
        said = run("restore", str(file))

        assert "each with the count and the SHA-256 it had" in said
        assert f"Files beside the database: {len(released) + 1} " in said
        assert "Nothing differs." in said
        assert said.endswith("Restored. Everything is as it was backed up.\n")
        assert roles.differing(connection) == []
        assert [Client().get(address).content for address in addresses] == before
        assert b"".join(store.pieces(digest, size=1_000)) == bytes_before
        assert {path: b"".join(store.pieces_at(path, size=9_000)) for path in released} == released
        assert last_backup() is None  # the row is written once the file is there
        with pytest.raises(CommandError, match="is not empty: it has archive_"):
            run("restore", str(file))
        Source.objects.create(slug="a-new-one", name_en="A new one")  # its number is free


def test_differences_are_named(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    SourceFactory(slug="herald")
    lost = keep_outside()
    store.storage().delete(store.path_of(lost))
    file = tmp_path / "a.backup"
    with pytest.raises(CommandError, match="1 files are not in it") as caught:
        run("backup", str(file))
    assert caught.value.returncode == 1
    backup = last_backup()
    assert backup is not None
    assert backup.lacking == 1
    request.getfixturevalue("other_storage")
    compare = restoring._compare_tables

    def tampered(owner, manifest, tell):
        with owner.cursor() as cursor:
            cursor.execute("UPDATE archive_source SET name_en = name_en || '!'")
        return compare(owner, manifest, tell)

    monkeypatch.setattr(restoring, "_compare_tables", tampered)
    with backed_up.empty_database():
        out = StringIO()
        with pytest.raises(CommandError, match="things differ") as caught:
            call_command("restore", str(file), stdout=out)
        assert caught.value.returncode == 1
        said = out.getvalue()
        assert re.search(r"differs: table public.archive_source has \d rows, SHA-256 \w{64}; it had \d, ", said)
        assert f"differs: {store.path_of(lost)}: its bytes are not there (when the backup was made)" in said
        assert "differs: verify: " in said


def test_nothing_is_restored_from_what_does_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SourceFactory(slug="herald")
    file = tmp_path / "a.backup"
    run("backup", str(file))
    data = file.read_bytes()
    with backed_up.empty_database() as empty:

        def refused(what: str) -> None:
            with pytest.raises(CommandError, match=what) as caught:
                run("restore", str(file), "--into-captures")
            assert caught.value.returncode == 2
            with as_owner() as owner, owner.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
                assert cursor.fetchone() == (0,)

        with tarfile.open(file) as tar:
            dump = tar.getmember("database/000001")
        place = dump.offset_data + dump.size // 2
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        refused("is damaged: the SHA-256 of database/000001 is")
        file.write_bytes(data[:place])
        refused("is cut off or damaged")
        file.write_bytes(data)
        known = list(restoring._known_migrations(empty))
        monkeypatch.setattr(restoring, "_known_migrations", lambda owner: set(known) - {("archive", "0001_initial")})
        refused("made by a newer release .*: this one does not know the migrations archive.0001_initial")
        monkeypatch.undo()
        monkeypatch.setattr(restoring.programs, "_candidates", lambda name: iter(()))
        refused("pg_restore of PostgreSQL .* is needed: it is not installed")
        monkeypatch.undo()
        monkeypatch.setattr(
            restoring, "_contents", lambda program, first: b"1; 1 1 TABLE public nothing archive_owner\n"
        )
        refused("pg_restore has failed, and nothing was changed")


def test_restore_that_stopped_half_way_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SourceFactory(slug="herald")
    file = tmp_path / "a.backup"
    run("backup", str(file))

    def stop(*args: object) -> list[str]:
        raise store.AwayError("the storage of captures does not answer")

    monkeypatch.setattr(restoring, "restore_files", stop)
    with backed_up.empty_database():
        with pytest.raises(CommandError, match=r"Stopped half-way: the storage .* answer.*\n  dropdb") as caught:
            run("restore", str(file), "--into-captures")
        assert caught.value.returncode == 1
        with pytest.raises(Exception, match="permission denied"):
            Source.objects.count()  # the site gets no rights to what was not compared
        monkeypatch.undo()
        with pytest.raises(CommandError, match=r"was begun here and has not ended: a\.backup"):
            run("restore", str(file), "--into-captures")
        with as_owner() as owner, owner.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        assert "Everything is as it was" in run("restore", str(file), "--into-captures")


def test_used_storage_is_refused_unless_told(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    digest = keep_outside()
    file = tmp_path / "a.backup"
    run("backup", str(file))
    damaged = request.getfixturevalue("other_storage") / store.path_of(digest)
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"something else")
    with backed_up.empty_database():
        with pytest.raises(CommandError, match=r"other captures.* is not empty.*--into-captures"):
            run("restore", str(file))
        assert "Everything is as it was" in run("restore", str(file), "--into-captures")
    assert damaged.read_bytes() != b"something else"


def test_backup_shows_one_state_however_much_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SourceFactory(slug="herald")
    count = table_digests.of_tables

    def and_meanwhile(used):
        digests = count(used)
        ours = connections["default"]
        connections["default"] = site
        try:
            SourceFactory(slug="too-late")
        finally:
            connections["default"] = ours
        return digests

    site = connections["default"]
    monkeypatch.setattr(table_digests, "of_tables", and_meanwhile)
    file = tmp_path / "a.backup"
    run("backup", str(file))
    monkeypatch.undo()

    assert Source.objects.count() == 2
    with backed_up.empty_database():
        assert "Everything is as it was" in run("restore", str(file), "--into-captures")
        assert Source.objects.count() == 1


def test_failures_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.backup"

    def refused(what: str, *options: str) -> None:
        with pytest.raises(CommandError, match=what) as caught:
            run("backup", str(file), *options)
        assert caught.value.returncode == 2
        assert list(tmp_path.iterdir()) == []
        assert not Backup.objects.exists()

    def is_full(self: encryption.HashedFile, data: bytes) -> int:
        if self.size > 20_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, data)

    write = encryption.HashedFile.write
    monkeypatch.setattr(encryption.HashedFile, "write", is_full)
    refused("could not be written: No space left on device. No backup was made.")
    monkeypatch.undo()
    monkeypatch.setattr(programs, "_candidates", lambda name: iter(("/bin/true",)))
    refused("pg_dump of PostgreSQL .* is needed")
    monkeypatch.setattr(programs, "of_postgresql", lambda name, server: "/bin/false")
    refused("pg_dump has failed")
    monkeypatch.undo()
    refused("age does not encrypt|age is not installed", "--recipient", "age1nobody")


def test_tables_of_any_shape_have_digests() -> None:
    with as_owner() as owner, transaction.atomic(), owner.cursor() as cursor:
        cursor.execute('CREATE SCHEMA odd; CREATE TABLE odd."Tab le" (a text, b int); CREATE TABLE odd.none ()')
        cursor.execute("INSERT INTO odd.\"Tab le\" VALUES (E'two\\nlines', 1), (NULL, 2), ('ا', 3)")
        first = table_digests.of_tables(owner.connection)
        cursor.execute(
            "SET LOCAL DateStyle = 'German'; SET LOCAL TimeZone = 'Asia/Damascus'; SET bytea_output = escape"
        )
        cursor.execute("SELECT 1 FROM archive_source")  # the settings of the digests do not stay
        assert table_digests.of_tables(owner.connection) == first
        transaction.set_rollback(True)
    assert first["odd.Tab le"].rows == 3
    assert first["odd.none"].rows == 0


def test_manifest_tells_what_is_needed_to_start_again(tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    run("backup", str(file))
    with tarfile.open(file) as tar:
        readme = tar.extractfile("README.txt")
        said = tar.extractfile("manifest.json")
        assert readme is not None
        assert said is not None
        told = json.load(said)
        assert b"pg_restore --single-transaction" in readme.read()
    assert "archive.0001_initial" in told["migrations"]
    assert told["tables"].keys() == manifest_of(file).tables.keys()
    assert "SECRET" not in json.dumps(told)
    assert emptiness.BEGUN not in json.dumps(told)
