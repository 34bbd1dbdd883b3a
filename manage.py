#!/usr/bin/env python3
"""Runs Django's commands and the archive's own: `python manage.py help`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 (the hint below needs it late)
    except ImportError as error:
        raise SystemExit(f"{error}. Run `make install` first, then use .venv/bin/python manage.py.") from error
    if sys.argv[1:] == ["check_archive"]:
        explain_settings()
    name_session(sys.argv[1] if len(sys.argv) > 1 else "help")
    execute_from_command_line(sys.argv)


def name_session(command: str) -> None:
    """Let the database's list of sessions say what each is; the worker keeps its own, by which it is known to run."""
    os.environ["PGAPPNAME"] = f"archive {command}"
    if command == "db_worker":
        os.environ["CONN_MAX_AGE"] = "86400"


def explain_settings() -> None:
    """Say what the environment lacks before it is used: production refuses to load unsafe settings at all."""
    from archive import safety  # noqa: PLC0415 (as above)

    found = list(safety.of_environment(os.environ))
    if os.environ.get("ARCHIVE_ENV") == "production" and not all(one.holds for one in found):
        print("\n".join(safety.lines(found)))  # noqa: T201 (this is its answer)
        raise SystemExit("The rest is checked once these hold.")


if __name__ == "__main__":
    main()
