from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive import safety
from archive.depot.configuration import configuration as captures
from archive.mail_settings import configuration as mail
from archive.secret_values import SECRETS, secret, unreadable

KEY = "a key for tests alone that is as long as one of production has to be"
SAFE = {"SITE_URL": "https://archive.example", "ALLOWED_HOSTS": "archive.example"}


def file_with(tmp_path: Path, content: bytes | str) -> str:
    path = tmp_path / "credential"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


@pytest.mark.parametrize("name", SECRETS)
def test_each_secret_is_read_from_a_file(name: str, tmp_path: Path) -> None:
    assert secret({f"{name}_FILE": file_with(tmp_path, "  hush\n")}, name) == "hush"
    assert secret({name: "hush"}, name) == "hush"
    assert secret({name: " "}, name) is None


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe", "is not UTF-8"), (None, "No such file")],
)
def test_files_that_hold_nothing_are_named(content: bytes | None, told: str, tmp_path: Path) -> None:
    path = file_with(tmp_path, content) if content is not None else str(tmp_path / "absent")
    with pytest.raises(ImproperlyConfigured, match=f"SECRET_KEY_FILE.*{told}"):
        secret({"SECRET_KEY_FILE": path}, "SECRET_KEY")


def test_a_secret_that_is_given_twice_is_refused_without_its_value(tmp_path: Path) -> None:
    path = file_with(tmp_path, "hush")
    (told,) = unreadable({"EMAIL_URL": "hush", "EMAIL_URL_FILE": path})
    assert told == "EMAIL_URL and EMAIL_URL_FILE are both given: unset one of them."


def test_production_is_content_with_secrets_in_files(tmp_path: Path) -> None:
    files = {"SECRET_KEY_FILE": file_with(tmp_path, KEY), "DATABASE_URL_FILE": str(tmp_path / "database")}
    (tmp_path / "database").write_text("postgresql:///x\n")
    assert safety.unmet({**SAFE, **files}) == []

    (tmp_path / "database").unlink()
    told = safety.unmet({**SAFE, **files})
    assert any(line.startswith("DATABASE_URL_FILE cannot be read: No such file") for line in told)
    assert not any(KEY in line for line in told)


def test_mail_and_captures_read_theirs(tmp_path: Path) -> None:
    path = file_with(tmp_path, "smtps://anna:hush@mail.example:465")
    assert mail({"EMAIL_URL_FILE": path, "EMAIL_FROM": "alerts@archive.example"})["password"] == "hush"

    options = captures({"CAPTURES_S3_BUCKET": "copies", "CAPTURES_S3_SECRET_FILE": path}, folder=tmp_path)["OPTIONS"]
    assert options["secret_key"].endswith("mail.example:465")
