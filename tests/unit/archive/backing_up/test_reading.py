"""A backup is read to its end before anything is touched; whatever is wrong with it has its own message."""

import shutil
import subprocess
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from archive.backing_up import encryption, reading
from archive.backing_up.errors import BackupError, RestoreError
from tests.factories import backed_up
from tests.factories.backed_up import parts, write

needs_age = pytest.mark.skipif(not shutil.which("age"), reason="age is not installed (apt install age)")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path / "sound", parts())


def encrypted(target: Path, data: bytes, recipients: list[str]) -> Path:
    with target.open("wb", buffering=0) as raw:
        file = encryption.HashedFile(raw.fileno())
        with encryption.encrypted(file, recipients) as sink:
            sink.write(data)
    assert (file.size, file.sha256) == (target.stat().st_size, sha256(target.read_bytes()).hexdigest())
    return target


@pytest.fixture
def age_key(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "key"
    subprocess.run(["age-keygen", "-o", path], check=True, capture_output=True)
    return path, path.read_text().split("public key: ")[1].split()[0]


def test_sound_backup_is_read_whole(sound: Path) -> None:
    found = reading.look_through(sound, None)

    assert found.manifest == backed_up.manifest()
    assert (found.files, len(found.parts)) == (5, 2)
    assert b"".join(reading.parts_of_dump(sound, None, found)) == b"the dump " * 100 + b"its end"
    with reading.stored(sound, None) as files:
        assert [(name, file.read()) for name, file in files] == [
            (f"sha256/{sha256(backed_up.CAPTURE).hexdigest()}", backed_up.CAPTURE)
        ]


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9, 0.999])
def test_backup_that_was_cut_off_says_so(sound: Path, share: float) -> None:
    with tarfile.open(sound) as tar:
        *_, last = tar
    sound.write_bytes(sound.read_bytes()[: int((last.offset_data + last.size) * share)])

    with pytest.raises(RestoreError, match=r"cut off|damaged"):
        reading.look_through(sound, None)


def test_every_flipped_byte_of_what_a_backup_says_is_noticed(sound: Path) -> None:
    data = sound.read_bytes()
    with tarfile.open(sound) as tar:
        spans = [(member.offset_data, member.offset_data + member.size) for member in tar]
    places = {place for begin, end in spans for place in (begin, (begin + end) // 2, end - 1)}
    for place in places:
        sound.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(RestoreError, match=r"damaged|not where it should be"):
            reading.look_through(sound, None)


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 20_000, b"%PDF-1.7 something else", b"PGDMP" + b"x" * 9_000, "شيء".encode()]
)
def test_file_that_is_no_backup_says_so(tmp_path: Path, data: bytes) -> None:
    other = tmp_path / "other"
    other.write_bytes(data)
    with pytest.raises(RestoreError, match=r"no backup|cut off"):
        reading.look_through(other, None)


def test_archive_of_something_else_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(RestoreError, match="no backup"):
        reading.look_through(write(tmp_path / "other", {"notes.txt": b"mine"}), None)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "stored/../x", "database/1", "stored/a/../b", "stored/a"]
)
def test_file_with_names_that_no_backup_has_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RestoreError, match="which no backup has"):
        reading.look_through(write(tmp_path / "odd", {**parts(), name: b"x"}), None)


def test_backup_without_its_parts_is_refused(tmp_path: Path) -> None:
    for lacking in parts():
        kept = {name: data for name, data in parts().items() if name != lacking}
        with pytest.raises(RestoreError):
            reading.look_through(write(tmp_path / "lacking", kept), None)
    with pytest.raises(RestoreError, match="goes on after its end"):
        reading.look_through(write(tmp_path / "more", {**parts(), "database/000009": b"x"}), None)


def test_dump_that_changes_between_the_readings_is_noticed(sound: Path) -> None:
    found = reading.look_through(sound, None)
    write(sound, {**parts(), "database/000002": b"its END"})
    with pytest.raises(RestoreError, match="has changed while it was read"):
        list(reading.parts_of_dump(sound, None, found))


def test_manifest_of_another_format_is_refused(tmp_path: Path) -> None:
    files = parts()
    files["manifest.json"] = files["manifest.json"].replace(b'"format": 1', b'"format": 2')
    del files["SHA256SUMS"]
    sums = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    with pytest.raises(RestoreError, match="format 2"):
        reading.look_through(write(tmp_path / "newer", {**files, "SHA256SUMS": sums.encode()}), None)


@needs_age
def test_encrypted_by_age_is_read_with_its_key_alone(tmp_path: Path, sound: Path, age_key: tuple[Path, str]) -> None:
    key, recipient = age_key
    file = encrypted(tmp_path / "file.age", sound.read_bytes(), [recipient])

    assert b"README" not in file.read_bytes()
    assert reading.look_through(file, key).files == 5
    with pytest.raises(RestoreError, match="--identity"):
        reading.look_through(file, None)
    with pytest.raises(RestoreError, match="There is no file"):
        reading.look_through(file, tmp_path / "nowhere")
    subprocess.run(["age-keygen", "-o", tmp_path / "other"], check=True, capture_output=True)
    with pytest.raises(RestoreError, match=r"cannot be decrypted: .*identity"):
        reading.look_through(file, tmp_path / "other")


@needs_age
def test_damage_to_what_is_encrypted_is_noticed(tmp_path: Path, sound: Path, age_key: tuple[Path, str]) -> None:
    key, recipient = age_key
    file = encrypted(tmp_path / "file.age", sound.read_bytes(), [recipient])
    data = file.read_bytes()

    file.write_bytes(data[: len(data) // 2])
    with pytest.raises(RestoreError, match="cannot be decrypted"):
        reading.look_through(file, key)
    file.write_bytes(data[:3_000] + bytes([data[3_000] ^ 1]) + data[3_001:])
    with pytest.raises(RestoreError, match="cannot be decrypted"):
        reading.look_through(file, key)
    cut = encrypted(tmp_path / "cut.age", sound.read_bytes()[:3_000], [recipient])
    with pytest.raises(RestoreError, match="cut off"):
        reading.look_through(cut, key)


@needs_age
def test_recipient_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="age does not encrypt for age1nobody"):
        encrypted(tmp_path / "file.age", b"x" * 1_000_000, ["age1nobody"])


def test_recipients_of_both_kinds_are_refused() -> None:
    with pytest.raises(BackupError, match="all of age"):
        encryption.command_for(["age1abc", "somebody@archive.example"])


def test_missing_program_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="age is not installed"):
        encryption.command_for(["age1abc"])
    with pytest.raises(BackupError, match="apt install gnupg"):
        encryption.command_for(["somebody@archive.example"])


@pytest.mark.skipif(not shutil.which("gpg"), reason="gpg is not installed")
def test_encrypted_by_gpg_is_read_with_its_key(tmp_path: Path, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path(subprocess.run(["mktemp", "-d"], check=True, capture_output=True, text=True).stdout.strip())
    monkeypatch.setenv("GNUPGHOME", str(home))  # its socket allows no long path
    try:
        made = ["gpg", "--batch", "--passphrase", "", "--quick-generate-key", "keeper@archive.example", "default"]
        subprocess.run([*made, "default", "never"], check=True, capture_output=True)
        listed = subprocess.run(["gpg", "--list-keys", "--with-colons"], check=True, capture_output=True, text=True)
        fingerprint = next(line.split(":")[9] for line in listed.stdout.splitlines() if line.startswith("fpr"))

        file = encrypted(tmp_path / "file.gpg", sound.read_bytes(), [fingerprint])
        assert reading.look_through(file, None).files == 5
        file.write_bytes(file.read_bytes()[:-200])
        with pytest.raises(RestoreError):
            reading.look_through(file, None)
        with pytest.raises(BackupError, match=r"gpg does not encrypt for nobody@archive.example"):
            encrypted(tmp_path / "none.gpg", b"x", ["nobody@archive.example"])
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], check=False, capture_output=True)
        shutil.rmtree(home, ignore_errors=True)
