"""Importing settings starts no server and writes no file; that is for commands that use the database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BASE = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "help"],
        ["manage.py", "check"],
        ["-c", "import django; django.setup(); from django.conf import settings; assert settings.SECRET_KEY"],
    ],
    ids=["help", "check", "import"],
)
def test_nothing_is_left_behind(command: list[str], tmp_path: Path) -> None:
    environment = {
        **BASE,
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "ARCHIVE_STATE_DIR": str(tmp_path / "run"),
        "ARCHIVE_POSTGRES_DIR": str(tmp_path / "postgres"),
    }

    result = subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stderr
    assert list(tmp_path.iterdir()) == []
