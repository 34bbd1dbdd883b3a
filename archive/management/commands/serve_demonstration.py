"""`make run`: everything that a first visitor needs, then the server."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

HOST = "127.0.0.1"
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # SIGINT too: a shell's background job has it ignored
WORKER = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "db_worker", "--verbosity=0", "--no-reload"]
RELEASE_NOTE = "The demonstration, as it is loaded."
DEMONSTRATION = Path(settings.BASE_DIR) / "fixtures" / "demonstration"


class Command(BaseCommand):
    help = (
        "Migrate, load the gazetteer, the vocabularies and the demonstration corpus, and serve. Again: changes nothing."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="load everything, but do not serve")

    def handle(self, *args: Any, port: int, prepare_only: bool, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("This is for trying the archive out. docs/running.md says how to run it for real.")
        if not prepare_only:
            self.check_port(port)
        self.prepare()
        if not prepare_only:
            self.serve(port)

    def check_port(self, port: int) -> None:
        with contextlib.closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except (OSError, OverflowError) as error:
                raise CommandError(
                    f"Port {port} cannot be used ({error}). Choose another one: make run PORT={port % 60000 + 1}"
                ) from error

    def prepare(self) -> None:
        """Load what is not there yet; each step is a no-op the second time."""
        steps: list[tuple[str, list[str]]] = [
            ("Database", ["migrate", "--verbosity=0"]),
            ("Places and their names", ["load_gazetteer"]),
            ("Vocabularies", ["load_vocabularies"]),
            ("Demonstration reports", ["import_articles", str(DEMONSTRATION / "articles")]),
            ("Demonstration incidents", ["load_curation", str(DEMONSTRATION / "curation.json")]),
            (
                "A page that was captured twice",
                ["import_articles", str(DEMONSTRATION / "captures" / "mhambil-barrel-bombs-july-2019-changed.warc")],
            ),
            ("A release of the data", ["make_release", "--only-first", "--note", RELEASE_NOTE]),
        ]
        for title, command in steps:
            self.stdout.write(f"{title} …")
            call_command(*command, stdout=StringIO())
        self.create_user("editor", role="Editor")
        self.create_user("reviewer", role="Reviewer")
        self.create_user("administrator")

    def create_user(self, username: str, *, role: str = "") -> None:
        """Create the user with a password that is printed once; an existing one stays as it is."""
        users = get_user_model().objects
        if users.filter(username=username).exists():
            return
        password = secrets.token_urlsafe(12)
        user = users.create_user(username, password=password, is_staff=True, is_superuser=not role)
        if role:
            user.groups.add(Group.objects.get(name=role))
        self.stdout.write(self.style.SUCCESS(f"  {username}: password {password}   (shown this once)"))

    def serve(self, port: int) -> None:
        address = f"http://{HOST}:{port}"
        command = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", "2"]
        environment = {"SITE_URL": address, "SECRET_KEY": kept_key(), **os.environ}
        with stopped_by_signals():
            server = subprocess.Popen([*command, "--log-level", "warning"], env=environment)  # noqa: S603
            worker = subprocess.Popen(WORKER, env=environment)  # noqa: S603
            self.stdout.write(f"Readers: {address}/   Editors: {address}/admin/   Ctrl-C stops it.")
            try:
                server.wait()
            except KeyboardInterrupt:
                self.stdout.write("\nStopping …")
            finally:
                worker.terminate()
                server.terminate()
                server.wait(timeout=30)
                end(worker)
        if server.returncode not in (0, -signal.SIGTERM, -signal.SIGINT):
            raise CommandError(f"The server ended with status {server.returncode}.")


def end(worker: subprocess.Popen[bytes]) -> None:
    """Let the worker end what it is at, for a while; what it leaves undone can be tried again."""
    try:
        worker.wait(timeout=15)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def kept_key() -> str:
    """Make the development's secret key once and keep it beside the data, so that sign-ins outlive a restart."""
    kept: Path = settings.SECRET_KEY_FILE
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(settings.SECRET_KEY)
    return kept.read_text()


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Treat the end of a terminal or a plain `kill` as Ctrl-C, so that the database is stopped as well."""

    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
