"""Bytes of captures in the database and in the storage: never a row without them, and readers do not see where."""

import hashlib
import io
import os
import threading
import time
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client

from archive import capture_bytes, intake
from archive.depot import moving, store
from archive.depot.folder import CapturesFolder
from archive.models import Article, Capture, CaptureBytes, CustodyEvent
from archive.postgresql.base import as_owner
from archive.terms import CustodyAct, Kept, TextPolicy
from archive.verifying import checked_captures
from tests.factories.archive import SourceFactory
from tests.factories.captured import captures_in, file_of, overwrite, received
from tests.factories.documents import record

pytestmark = pytest.mark.django_db
kept_for_good = pytest.mark.django_db(transaction=True)
DAY = 86_400


@pytest.fixture
def folder(tmp_path: Path):
    with captures_in(tmp_path / "captures") as folder:
        yield folder


def ran(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def failed(*arguments: str, match: str = "") -> str:
    out = StringIO()
    with pytest.raises(CommandError, match=match):
        call_command(*arguments, stdout=out)
    return out.getvalue()


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def open_to_readers(capture: Capture) -> None:
    Article.objects.filter(pk=capture.article_id).update(source=SourceFactory(text_policy=TextPolicy.FULL))


def test_size_decides_where_bytes_lie(tmp_path: Path) -> None:
    data = record(text="Shells fell on the old mill at noon. Nobody was inside.").raw
    with captures_in(tmp_path, inside=len(data)):
        small, large = received(), received("Nobody was inside it.")

    assert CaptureBytes.objects.get(pk=small.bytes_id).data is not None
    kept = CaptureBytes.objects.get(pk=large.bytes_id)
    assert (kept.data, kept.size) == (None, large.size)
    file = tmp_path / "sha256" / large.bytes_id[:2] / large.bytes_id[2:4] / large.bytes_id
    assert hashlib.sha256(file.read_bytes()).hexdigest() == large.bytes_id
    assert file.stat().st_mode & 0o777 == 0o440
    assert files(tmp_path) == {large.bytes_id}


def test_readers_do_not_notice_where_bytes_lie(client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    capture = received()
    open_to_readers(capture)
    data = file_of(capture, folder).read_bytes()
    for size in (1, 7, len(data) - 1, len(data), len(data) + 1):
        monkeypatch.setattr(capture_bytes, "PIECE", size)
        assert max(map(len, capture_bytes.pieces(capture.bytes_id))) <= size
        assert b"".join(capture_bytes.sound_pieces(capture.bytes_id)) == data

    answer = client.get(f"/captures/{capture.bytes_id}.bin")
    package = client.get(f"/articles/{capture.article.public_id}/package.zip")

    assert b"".join(answer) == data
    assert client.head(f"/captures/{capture.bytes_id}.bin").headers["Content-Length"] == str(len(data))
    with zipfile.ZipFile(io.BytesIO(b"".join(package))) as bag:
        (name,) = (name for name in bag.namelist() if name.endswith(f"/copies/{capture.bytes_id}"))
        assert bag.read(name) == data
    assert "Nothing differs." in ran("verify", "--all")


@pytest.mark.parametrize("damage", ["flipped", "short", "missing", "away"])
def test_damage_is_named_and_nothing_of_it_given_out(client: Client, folder: Path, damage: str) -> None:
    capture, other = received(), received("Nobody saw it.")
    open_to_readers(capture)
    file = file_of(capture, folder)
    data = file.read_bytes()
    if damage == "flipped":
        overwrite(file, bytes([data[0] ^ 1]) + data[1:])
    elif damage == "short":
        overwrite(file, data[:-1])
    elif damage == "missing":
        file.unlink()
    else:
        folder.rename(folder.with_name("elsewhere"))

    said = failed("verify", "--all", match="findings")

    name = f"capture {capture.bytes_id} of article {capture.article.public_id}: "
    (line, *_) = (line for line in said.splitlines() if line.startswith(name))
    says = {"missing": "not there", "away": "could not be looked at: the storage of captures is not there"}
    assert says.get(damage, "SHA-256 of its bytes is") in line
    assert (f"capture {other.bytes_id}" in said) == (damage == "away")
    for address in (f"/captures/{capture.bytes_id}.bin", f"/articles/{capture.article.public_id}/package.zip"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "cannot be read at the moment" in answer.content.decode()
    assert client.get(f"/captures/{capture.bytes_id}/").status_code == 200


def test_storage_that_does_not_answer_is_asked_once_a_minute(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        received(f"Nobody was inside on day {number}.")
    asked = []

    def away(*_: object, **__: object) -> None:
        asked.append(1)
        raise ConnectionError

    monkeypatch.setattr(CapturesFolder, "open", away)

    found = [finding for _, findings in checked_captures.look(0) for finding in findings]

    assert [finding.problem for finding in found] == [
        "its bytes could not be looked at: the storage of captures does not answer (ConnectionError)"
    ] * 3
    assert len(asked) == 1


@pytest.mark.parametrize("fault", ["does not take it", "loses it", "cuts it"])
def test_what_the_storage_does_not_give_back_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    save = CapturesFolder._save

    def faulty(self: CapturesFolder, name: str, content) -> str:
        if fault == "does not take it":
            raise OSError(28, "No space left on device")
        save(self, name, content)
        path = Path(self.path(name))
        if fault == "loses it":
            path.unlink()
        else:
            overwrite(path, path.read_bytes()[:-1])
        return name

    monkeypatch.setattr(CapturesFolder, "_save", faulty)

    with pytest.raises(capture_bytes.AwayError):
        received()

    assert [model.objects.count() for model in (CaptureBytes, Article, CustodyEvent)] == [0, 0, 0]


def test_import_says_what_to_do_when_the_storage_is_away(folder: Path, tmp_path: Path) -> None:
    received()
    folder.rename(tmp_path / "elsewhere")
    (tmp_path / "report.txt").write_text("Shells fell on the new mill at noon. Two people were there.")

    said = failed("import_articles", str(tmp_path / "report.txt"), match="the storage of captures is not there")

    assert "the same command goes on from there" in said
    assert Article.objects.count() == 1
    assert not folder.exists()  # nothing is written to a folder that should have been mounted


def test_rehearsal_leaves_no_file(folder: Path) -> None:
    (receipt,) = intake.rehearse([record()], by=None)

    assert receipt.outcome == intake.Outcome.ADDED
    assert files(folder) == set()


def test_crash_between_file_and_row_leaves_a_stray_that_the_next_import_makes_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        pass

    def crash(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(CaptureBytes.objects, "bulk_create", lambda *_args, **_options: crash())
        with pytest.raises(Crash):
            received()
    (name,) = files(folder)
    assert not CaptureBytes.objects.exists()
    overwrite(folder / store.path_of(name), b"Shells fe")  # cut off as well: it is not taken for the whole

    capture = received()

    assert capture.bytes_id == name
    assert "Nothing differs." in ran("verify", "--all")


def test_strays_go_when_they_are_old_and_nothing_refers_to_them(folder: Path) -> None:
    capture = received()
    left = [store.path_of(hashlib.sha256(bytes([n])).hexdigest()) for n in range(2)]
    others = ("incoming/tmp1", "sha256/ab/notes.txt", "sha256/ab/cd/others.txt", "sha256/" + "a" * 64)
    for path in (*left, "incoming/capture-1", *others):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"x")
    for path in folder.rglob("*"):
        os.utime(path, (time.time() - 40 * DAY,) * 2)
    os.utime(folder / left[1])

    said = ran("stray_captures").splitlines()
    removed = ran("stray_captures", "--remove")

    assert said == ["incoming/capture-1", left[0], "2 strays."]
    assert removed.splitlines() == ["incoming/capture-1", left[0], "2 removed."]
    assert files(folder) == {capture.bytes_id, Path(left[1]).name, *(Path(path).name for path in others)}
    failed("stray_captures", "--remove", "--days", "0.5", match="1 or more")
    assert "Nothing differs." in ran("verify", "--all")


@kept_for_good
def test_same_bytes_twice_at_once_while_strays_are_removed(folder: Path) -> None:
    """An old stray with the very bytes lies there: it is either removed before, or referred to afterwards."""
    data = record(text="Shells fell on the old mill at noon. Nobody was inside.").raw
    digest = hashlib.sha256(data).hexdigest()
    file = folder / store.path_of(digest)
    errors: list[BaseException] = []

    def run(what) -> None:
        try:
            what()
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    def keep() -> None:
        with transaction.atomic():
            capture_bytes.keep({digest: data})

    def clean() -> None:
        for _ in range(20):
            ran("stray_captures", "--remove")

    for _ in range(5):
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_bytes(data)
        os.utime(file, (time.time() - 40 * DAY,) * 2)
        threads = [threading.Thread(target=run, args=[what]) for what in (clean, keep, keep, received)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert errors == []
    assert capture_bytes.read(digest) == data
    assert CaptureBytes.objects.count() == 1
    assert "Nothing differs." in ran("verify", "--all")


@kept_for_good
def test_bytes_move_there_and_back_and_the_log_tells(tmp_path: Path) -> None:
    with captures_in(tmp_path, inside=10_000):
        first, second = received(), received("Nobody was near it.")
        manifest = ran("stamp_manifest")
    with captures_in(tmp_path, inside=first.size):  # the limit was lowered: one of them is too large now
        assert ran("move_captures", "--to", "storage", "--dry-run") == (
            f"To move to the storage: 1 ({second.size} bytes).\n"
        )
        assert files(tmp_path) == set()
        ran("move_captures", "--to", "storage")
        assert files(tmp_path) == {second.bytes_id}
        assert "1 of 1" in ran("move_captures", "--to", "storage", "--all")
        assert ran("move_captures", "--to", "storage", "--all") == "Nothing to move to the storage: 0 (0 bytes).\n"

        assert CaptureBytes.objects.filter(data=None).count() == 2
        assert "Nothing differs." in ran("verify", "--all")
        assert capture_bytes.read(second.bytes_id).endswith(b"Nobody was near it.")

        assert "1 of 1" in ran("move_captures", "--to", "database")
        assert "1 of 1" in ran("move_captures", "--to", "database", "--all")

    assert not CaptureBytes.objects.filter(data=None).exists()
    assert "Nothing differs." in ran("verify", "--all")
    told = [(one.capture.bytes_id, one.details) for one in CustodyEvent.objects.filter(event=CustodyAct.MOVED)]
    there, back = '{"size":%d,"to":"storage"}', '{"size":%d,"to":"database"}'
    assert told == [
        (second.bytes_id, there % second.size),
        (first.bytes_id, there % first.size),
        (first.bytes_id, back % first.size),
        (second.bytes_id, back % second.size),
    ]
    for path in tmp_path.rglob("*"):
        os.utime(path, (time.time() - 40 * DAY,) * 2)
    with captures_in(tmp_path):
        assert ran("stray_captures", "--remove") == "0 removed.\n"  # moved today: a backup may still refer to them
    assert manifest


@kept_for_good
def test_what_differs_or_cannot_be_reached_is_not_moved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = received(), received("Nobody was near it.")
    overwrite(file_of(broken, folder), b"Shells!")

    said = failed("move_captures", "--to", "database", "--all", match="1 could not be moved")

    assert said.splitlines()[0].startswith(f"{broken.bytes_id}: the SHA-256 of its bytes is")
    assert CaptureBytes.objects.get(data=None).pk == broken.bytes_id
    assert [one.capture for one in CustodyEvent.objects.filter(event=CustodyAct.MOVED)] == [whole]

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(CapturesFolder, "_save", full)
    failed("move_captures", "--to", "storage", "--all", match="does not answer")
    assert CaptureBytes.objects.get(pk=whole.bytes_id).data is not None
    connection.settings_dict["OWNER"], owner = {}, connection.settings_dict["OWNER"]
    try:
        failed("move_captures", "--to", "storage", "--all", match="DATABASE_OWNER_URL is missing")
    finally:
        connection.settings_dict["OWNER"] = owner


@kept_for_good
def test_nothing_is_moved_to_a_folder_that_is_not_mounted(folder: Path, tmp_path: Path) -> None:
    received()
    with captures_in(folder, inside=10_000):
        held = received("Nobody was near it.")
    folder.rename(tmp_path / "elsewhere")

    failed("move_captures", "--to", "storage", "--all", match="the storage of captures is not there")

    assert CaptureBytes.objects.get(pk=held.bytes_id).data is not None
    assert not folder.exists()


@kept_for_good
def test_only_the_owner_moves_and_only_when_the_log_tells(folder: Path) -> None:
    capture = received()
    file = file_of(capture, folder)
    with pytest.raises(DatabaseError, match="permission denied"):
        moving.move(capture.bytes_id, to=Kept.DATABASE)

    forged = {"data": b"other", "size": 5}
    with as_owner():
        held = CaptureBytes.objects.filter(pk=capture.bytes_id)
        for change in ({"data": file.read_bytes()}, {"size": 5}, forged):
            with pytest.raises(DatabaseError, match="immutable"):
                held.update(**change)
        with pytest.raises(DatabaseError, match="immutable"):
            held._raw_delete("default")
        moving.move(capture.bytes_id, to=Kept.DATABASE)
        with pytest.raises(DatabaseError, match="immutable"):
            held.update(data=None)  # the log told of another move, in another transaction
    assert capture_bytes.read(capture.bytes_id) == file.read_bytes()
    assert "Nothing differs." in ran("verify", "--all")


def test_row_says_how_long_its_bytes_are(folder: Path) -> None:
    digest = hashlib.sha256(b"abc").hexdigest()
    for row, says in (
        ({"sha256": digest, "size": 4, "data": b"abc"}, "as_long_as_they_say"),
        ({"sha256": "../" + digest[3:], "size": 3}, "is_a_digest"),
    ):
        with pytest.raises(DatabaseError, match=says), transaction.atomic():
            CaptureBytes.objects.create(**row)


def test_what_is_being_written_has_a_name_that_strays_are_looked_for_by(folder: Path, monkeypatch) -> None:
    class Crash(BaseException):
        pass

    def crash(*_: object) -> None:
        (began,) = (folder / "incoming").iterdir()
        names.append(began.name)
        raise Crash

    names: list[str] = []
    monkeypatch.setattr(os, "fchmod", crash)
    with pytest.raises(Crash):
        received()

    assert names[0].startswith("capture-")


def test_what_is_kept_is_on_the_disk_with_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is flushed before it has its name, its folder after, and each new folder in the one above it."""
    flushed: list[str] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        name = str(Path(f"/proc/self/fd/{handle}").readlink())
        flushed.append(name.removeprefix(str(folder.parent)).lstrip("/"))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    digest = received().bytes_id

    kept = f"captures/sha256/{digest[:2]}/{digest[2:4]}"
    (written,) = (at for at, name in enumerate(flushed) if name.startswith("captures/incoming/capture-"))
    above = ["captures", "captures/sha256", f"captures/sha256/{digest[:2]}"]
    assert set(above) <= set(flushed[:written])
    assert flushed[written + 1 :] == [kept]


@pytest.mark.parametrize("is_of_another_article", [False, True])
def test_import_of_the_same_bytes_heals_what_was_lost(folder: Path, is_of_another_article: bool) -> None:
    capture, other = received(), received("Nobody saw it.")
    file, data = file_of(capture, folder), file_of(capture, folder).read_bytes()
    file.unlink()
    assert f"capture {capture.bytes_id}" in failed("verify", "--all", match="findings")
    address = "https://mill.example/elsewhere" if is_of_another_article else capture.original_url
    again = record(text=data.decode(), url=address)

    rehearsed = list(intake.rehearse([again], by=None))
    assert not file.exists()
    (receipt,) = intake.receive_all([again], by=None)

    assert file.read_bytes() == data
    assert receipt.outcome == (intake.Outcome.ADDED if is_of_another_article else intake.Outcome.ALREADY_THERE)
    assert "lost from the storage and are written again" in " ".join(receipt.notes)
    assert "lost" not in " ".join(rehearsed[0].notes)
    restored = CustodyEvent.objects.filter(event=CustodyAct.RESTORED)
    assert {one.capture for one in restored} == set(Capture.objects.filter(bytes=capture.bytes_id))
    assert other not in {one.capture for one in restored}
    assert "Nothing differs." in ran("verify", "--all")
    (receipt,) = intake.receive_all([again], by=None)  # and nothing is told of it any more
    assert not receipt.notes
    assert restored.count() == (2 if is_of_another_article else 1)


def test_what_differs_is_not_healed_but_kept_to_be_looked_at(folder: Path) -> None:
    capture = received()
    data = file_of(capture, folder).read_bytes()
    overwrite(file_of(capture, folder), b"Shells!")

    list(intake.receive_all([record(text=data.decode(), url=capture.original_url)], by=None))

    assert file_of(capture, folder).read_bytes() == b"Shells!"
    assert not CustodyEvent.objects.filter(event=CustodyAct.RESTORED).exists()
    failed("verify", "--all", match="findings")


def test_storage_that_does_not_answer_is_asked_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{number} " + "x" * 2_000 for number in range(3)]
    list(intake.receive_all([record(text=text, url=f"https://mill.example/{text[0]}") for text in texts], by=None))
    asked = []

    def has(digest: str) -> bool:
        asked.append(digest)
        raise capture_bytes.AwayError("No answer.")

    monkeypatch.setattr(capture_bytes.store, "has", has)

    again = [record(text=text, url=f"https://other.example/{text[0]}") for text in texts]
    receipts = list(intake.receive_all(again, by=None))

    assert len(receipts) == 3
    assert len(asked) == 1


def test_storage_that_is_away_has_lost_nothing(folder: Path, tmp_path: Path) -> None:
    capture = received()
    data = file_of(capture, folder).read_bytes()
    folder.rename(tmp_path / "elsewhere")

    (receipt,) = intake.receive_all([record(text=data.decode(), url=capture.original_url)], by=None)

    assert receipt.outcome == intake.Outcome.ALREADY_THERE
    assert not folder.exists()
    assert not CustodyEvent.objects.filter(event=CustodyAct.RESTORED).exists()


def test_strays_of_a_folder_that_was_never_used(folder: Path) -> None:
    assert ran("stray_captures", "--remove") == "0 removed.\n"
