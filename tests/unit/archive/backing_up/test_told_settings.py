"""Backups tell of settings without what is secret in them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from archive.backing_up import told_settings
from archive.backing_up.told_settings import CUT, SECRET, TOLD

VARIABLE = r"`([A-Z][A-Z0-9_]{3,})`"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://archive:secret@db.example:5432/archive", "postgresql://archive@db.example:5432/archive"),
        ("postgresql://archive:se%2Fcret@/archive?host=/run&password=secret", "postgresql://archive@/archive"),
        ("smtps://somebody:secret@mail.example:465", "smtps://mail.example:465"),
        ("https://key:secret@tsa.example/tsr?token=secret#secret", "https://tsa.example/tsr"),
        ("postgresql://u:secret@[::1]:5432/a", "postgresql://u@[::1]:5432/a"),
        ("secret", ""),
        ("postgresql://u:secret@host:port/a", ""),
    ],
)
def test_addresses_are_told_without_passwords(url: str, told: str) -> None:
    assert told_settings.without_password(url) == told


def documented() -> set[str]:
    """The variables in the tables of docs/running.md."""
    lines = (Path(settings.BASE_DIR) / "docs" / "running.md").read_text().splitlines()
    return {name for line in lines if line.startswith("| `") for name in re.findall(VARIABLE, line.split("|")[1])}


def test_of_every_variable_it_is_said_whether_it_is_told() -> None:
    assert documented() - {*TOLD, *CUT, *SECRET} == set()


def test_no_secret_is_told() -> None:
    environment = dict.fromkeys({*documented(), *TOLD, "PGPASSWORD", "HOME"}, "plain")
    environment |= dict.fromkeys(SECRET, "secret") | dict.fromkeys(CUT, "postgresql://u:secret@db.example/a?p=secret")

    told = told_settings.of_environment(environment)

    assert set(told) == {*TOLD, *CUT}
    assert "secret" not in "".join(told.values())
