import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from archive import roles, safety
from archive.postgresql.base import as_owner
from tests.factories.captured import captures_in

BASE = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
CHECK = [sys.executable, "-c", "import django.conf; django.conf.settings.DEBUG"]
KEY = "a key for tests alone that is as long as one of production has to be"
SAFE = {
    "ARCHIVE_ENV": "production",
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgresql:///x",
    "SITE_URL": "https://archive.example",
    "ALLOWED_HOSTS": "archive.example,127.0.0.1",
}
UNSAFE = [
    ({"DEBUG": "yes"}, "DEBUG must be off"),
    ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY must have 50 characters"),
    ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY must have 50 characters"),
    ({"DATABASE_URL": ""}, "DATABASE_URL is missing"),
    ({"SITE_URL": ""}, "SITE_URL must be"),
    ({"SITE_URL": "http://archive.example"}, "SITE_URL must be"),
    ({"SITE_URL": "https://"}, "SITE_URL must be"),
    ({"SITE_URL": "https://archive.example/path"}, "SITE_URL must be"),
    ({"SITE_URL": "https://[broken"}, "SITE_URL must be"),
    ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
    ({"ALLOWED_HOSTS": "archive.example,*.example"}, "ALLOWED_HOSTS must name"),
    ({"ALLOWED_HOSTS": "other.example"}, "ALLOWED_HOSTS must have the host"),
]


def loaded(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    settings = {**BASE, "DJANGO_SETTINGS_MODULE": "archive.settings", **environment}
    return subprocess.run(CHECK, env=settings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("change", "hint"), UNSAFE)
def test_unsafe_environment_is_told_how_to_mend_it(change: dict[str, str], hint: str) -> None:
    told = safety.unmet({**SAFE, **change})

    assert any(hint in line for line in told)
    assert safety.unmet(SAFE) == []


def test_larger_pages_than_are_read_are_not_fetched() -> None:
    told = loaded({"FETCH_MEGABYTES": "21"}).stderr
    assert "FETCH_MEGABYTES must be 1 to 20" in told


@given(st.dictionaries(st.sampled_from(sorted(SAFE)), st.text(max_size=80)))
def test_any_environment_is_judged_without_telling_its_values(change: dict[str, str]) -> None:
    found = list(safety.of_environment({**SAFE, **change}))

    assert len(found) == len(list(safety.of_environment(SAFE)))
    assert change.get("SECRET_KEY", "")[:20] == "" or all(
        change["SECRET_KEY"] not in one.mend or len(change["SECRET_KEY"]) < 20 for one in found
    )


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        *(UNSAFE[index] for index in (0, 2, 6, 11)),
        ({"DATABASE_URL": "sqlite:///x"}, "must begin with postgresql://"),
        ({"DEBUG": "perhaps"}, "DEBUG must be yes or no"),
    ],
)
def test_production_refuses_to_start(change: dict[str, str], hint: str) -> None:
    result = loaded({**SAFE, **change})

    assert result.returncode != 0
    assert hint in result.stderr


def test_production_starts_when_all_is_given() -> None:
    result = loaded(SAFE)

    assert result.returncode == 0, result.stderr


def test_check_explains_settings_that_production_refuses(tmp_path: Path) -> None:
    settings = {
        **BASE,
        **SAFE,
        "CAPTURES_DIR": str(tmp_path),
        "SITE_URL": "http://archive.example",
        "SECRET_KEY": "short",
    }

    result = subprocess.run(
        [sys.executable, "manage.py", "check_archive"], env=settings, capture_output=True, text=True, check=False
    )

    assert result.returncode == 1
    assert "MEND   SITE_URL begins with https://" in result.stdout
    assert "MEND   SECRET_KEY cannot be guessed" in result.stdout
    assert "holds  DEBUG is off" in result.stdout
    assert "short" not in result.stdout.replace("shorter", "")


def checked(monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    answer = StringIO()
    with pytest.raises(CommandError, match="do not hold"):
        call_command("check_archive", stdout=answer)
    return answer.getvalue()


@pytest.mark.django_db
def test_check_says_what_the_database_lacks(monkeypatch: pytest.MonkeyPatch, admin_user, settings) -> None:
    settings.OTP_REQUIRED = False

    answer = checked(monkeypatch)

    assert "holds  All migrations are applied" in answer
    assert "holds  The site's role has the rights that are declared" in answer
    assert "holds  Somebody can administer it" in answer
    assert "MEND   Everybody on the editors' side needs a second factor" in answer
    assert "MEND   ARCHIVE_ENV is production" in answer


@pytest.mark.django_db
def test_check_looks_at_the_storage_of_captures(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> None:
    with captures_in(tmp_path / "captures") as folder:
        answer = checked(monkeypatch)
        assert "holds  The storage of captures takes files" in answer
        assert "holds  No web server gives out the storage of captures" in answer
        assert [path for path in folder.rglob("*") if path.is_file()] == []
    with captures_in(tmp_path / "file" / "captures"):
        (tmp_path / "file").write_bytes(b"")  # where a folder should be
        assert "MEND   The storage of captures takes files" in checked(monkeypatch)
    settings.STATIC_ROOT = tmp_path / "static"
    for place in ("static/captures", ""):
        with captures_in(tmp_path / place):
            assert "MEND   No web server gives out the storage of captures" in checked(monkeypatch)


@pytest.mark.django_db
def test_check_finds_somebody_and_a_second_factor(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    settings.OTP_REQUIRED = True

    answer = checked(monkeypatch)

    assert "MEND   Somebody can administer it" in answer
    assert "holds  Everybody on the editors' side needs a second factor" in answer


@pytest.mark.django_db(transaction=True)
def test_check_finds_a_right_that_was_given_away(monkeypatch: pytest.MonkeyPatch) -> None:
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("GRANT DELETE ON incidents_edition TO PUBLIC")
    try:
        assert "MEND   The site's role has the rights" in checked(monkeypatch)
    finally:
        with as_owner() as owner, owner.cursor() as cursor:
            cursor.execute("REVOKE DELETE ON incidents_edition FROM PUBLIC")
            assert roles.PRIVILEGES
