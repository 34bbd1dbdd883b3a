"""Where mail goes, from the environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive.mail_settings import configuration

FROM = {"EMAIL_FROM": "alerts@archive.example"}


def test_without_both_nothing_is_sent() -> None:
    made = configuration({})
    assert (made["from"], made["backend"].rsplit(".", 2)[-2]) == ("", "dummy")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://u%40x:p%3A@mail.example", ("mail.example", 465, "u@x", "p:", True, False)),
        ("smtp://u:p@mail.example:2525", ("mail.example", 2525, "u", "p", False, True)),
        ("smtp://mail.example", ("mail.example", 587, "", "", False, True)),
        ("smtp://localhost:25?tls=no", ("localhost", 25, "", "", False, False)),
        ("smtp://[::1]:25?tls=no", ("::1", 25, "", "", False, False)),
    ],
)
def test_servers(url: str, expected: tuple[object, ...]) -> None:
    made = configuration({"EMAIL_URL": url, **FROM})
    assert made["from"] == "alerts@archive.example"
    read = ("host", "port", "user", "password", "is_tls", "is_starttls")
    assert tuple(made[name] for name in read) == expected  # type: ignore[literal-required]


def test_a_folder_and_a_file_with_the_address(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("file:///var/mails\n")
    assert configuration({"EMAIL_URL_FILE": str(secret), **FROM})["folder"] == "/var/mails"


@pytest.mark.parametrize(
    "environment",
    [
        {"EMAIL_URL": "smtp://mail.example"},
        FROM,
        {"EMAIL_URL": "smtp://mail.example", "EMAIL_FROM": "Archive <a@b.example>"},
        {"EMAIL_URL": "smtp://mail.example", "EMAIL_FROM": "a@b.example\nBcc: c@d.example"},
        *(
            {"EMAIL_URL": url, **FROM}
            for url in (
                "mail.example",
                "http://mail.example",
                "smtp://",
                "smtp://mail.example:99999",
                "smtp://u:hidden@[",
                "smtp://u:hidden@mail.example?tls=no",
                "smtps://u:hidden@localhost?tls=no",
                "smtp://u:hidden@mail.example?tls=yes",
                "smtp://u:hidden@mail.example?x=y",
                "file:relative",
            )
        ),
    ],
)
def test_what_cannot_be_read_is_said_without_its_value(environment: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_") as refused:
        configuration(environment)
    assert "hidden" not in str(refused.value)
