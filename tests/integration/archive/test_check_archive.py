"""`check_archive`: what it says of the ways to people, of files, and of what is done every day."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.access.proxies import Proxies
from tests.factories.ports import free_port

pytestmark = pytest.mark.django_db


def told() -> str:
    answer = StringIO()
    with pytest.raises(CommandError, match="do not hold"):
        call_command("check_archive", stdout=answer)
    return answer.getvalue()


def mail_to(settings, port: int) -> None:
    settings.EMAIL_FROM = "alerts@archive.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def test_what_is_done_every_day_is_asked_for() -> None:
    answer = told()

    for name in ("The worker of tasks runs", "The archive was verified within two days", "A backup was made"):
        assert f"MEND   {name}" in answer
    assert "holds  No task waits" in answer
    assert "holds  There is room on the disk" in answer
    assert "holds  The clocks" in answer


def test_each_that_does_not_hold_says_how_to_mend_it() -> None:
    lines = told().splitlines()

    for at, line in enumerate(lines):
        if line.startswith("MEND"):
            assert lines[at + 1].startswith("       "), line
            assert len(lines[at + 1].strip()) > 20, line


def test_mail_is_off_or_its_server_answers(settings) -> None:
    assert "holds  E-mail is switched off" in told()
    mail_to(settings, free_port())
    answer = told()
    assert "MEND   The mail server takes mail" in answer
    assert "refused" in answer


def test_static_files_are_all_there(settings, static_root: Path, tmp_path: Path) -> None:
    settings.STATIC_ROOT = static_root
    assert "holds  Static files are collected" in told()
    settings.STATIC_ROOT = tmp_path
    assert "MEND   Static files are collected" in told()


def test_web_servers_in_front_are_named_and_not_everybody(settings) -> None:
    settings.BEHIND_PROXY = True
    settings.TRUSTED_PROXIES = Proxies.read(["127.0.0.1"])
    assert "holds  It is known which web server" in told()
    settings.TRUSTED_PROXIES = Proxies.read(["0.0.0.0/0"])
    assert "MEND   Not everybody is believed" in told()
    settings.BEHIND_PROXY = False
    assert "MEND   It is known which web server" in told()
