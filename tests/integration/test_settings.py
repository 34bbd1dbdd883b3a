import os
import subprocess
import sys

import pytest

BASE = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
CHECK = [sys.executable, "-c", "import django.conf; django.conf.settings.DEBUG"]


@pytest.mark.parametrize(
    ("environment", "hint"),
    [
        ({"SECRET_KEY": "k", "DEBUG": "yes", "DATABASE_URL": "postgresql:///x"}, "DEBUG must be off"),
        ({"DATABASE_URL": "postgresql:///x"}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "k"}, "DATABASE_URL is missing"),
        ({"SECRET_KEY": "k", "DATABASE_URL": "sqlite:///x"}, "must begin with postgresql://"),
        ({"SECRET_KEY": "k", "DATABASE_URL": "postgresql:///x", "DEBUG": "perhaps"}, "DEBUG must be yes or no"),
    ],
)
def test_production_refuses_to_start(environment: dict[str, str], hint: str) -> None:
    settings = {**BASE, "ARCHIVE_ENV": "production", "DJANGO_SETTINGS_MODULE": "archive.settings", **environment}

    result = subprocess.run(CHECK, env=settings, capture_output=True, text=True, check=False)

    assert result.returncode != 0
    assert hint in result.stderr


def test_production_starts_when_all_is_given() -> None:
    settings = {
        **BASE,
        "ARCHIVE_ENV": "production",
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "SECRET_KEY": "k",
        "DATABASE_URL": "postgresql:///x",
    }

    result = subprocess.run(CHECK, env=settings, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
