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
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
