"""`manage.py check_archive`: what a safe installation needs, each with whether it holds and how to mend it."""

import json
import logging
import os
import smtplib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from archive import capture_bytes, monitoring, roles, safety
from archive.access import second_factor
from archive.depot import probing
from archive.models import User
from archive.monitoring import migrated
from archive.safety import Requirement
from archive.software import version
from archive.web import pixels

OLDEST = 15_00_00  # of PostgreSQL, as its server_version_num


class Command(BaseCommand):
    help = "Say of each thing that a safe installation needs whether it holds, and how to mend it; else exit with 1."
    requires_system_checks: tuple[str, ...] = ()

    def handle(self, *args: Any, **options: Any) -> None:
        found = [
            Requirement(
                "ARCHIVE_ENV is production",
                settings.IS_PRODUCTION,
                "Set ARCHIVE_ENV=production: without it the settings are those of a trial on one's own machine.",
            ),
            *safety.of_environment(os.environ),
            *of_captures(),
            *of_files(),
            *of_outside(),
            *of_monitoring(),
            *of_database(),
        ]
        self.stdout.write(f"Version {version()}")
        for line in safety.lines(found):
            self.stdout.write(line)
        if missing := sum(not one.holds for one in found):
            raise CommandError(f"{missing} of {len(found)} requirements do not hold.")
        self.stdout.write(f"All {len(found)} requirements hold.")


def of_captures() -> Iterator[Requirement]:
    """Yield what is asked of the storage of large captures: that it takes them, and that nobody else can have them."""
    try:
        probing.write_and_read()
        reason = ""
    except ImproperlyConfigured as error:
        yield Requirement("The storage of captures is configured", False, str(error))
        return
    except capture_bytes.AwayError as error:
        reason = str(error)
    yield Requirement(
        "The storage of captures takes files and gives them back",
        not reason,
        f"{reason}. Look at CAPTURES_DIR, or at CAPTURES_S3_…, and at the rights there: docs/running.md.",
    )
    yield Requirement(
        "No web server gives out the storage of captures",
        not probing.is_served(),
        "CAPTURES_DIR must lie neither in STATIC_ROOT nor in static/, nor these in it.",
    )


def of_files() -> Iterator[Requirement]:
    """Yield what is asked of the files that browsers need beside pages."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    names = json.loads(manifest.read_text())["paths"] if manifest.exists() else {}
    ignored = apps.get_app_config("staticfiles").ignore_patterns  # type: ignore[attr-defined]
    is_collected = bool(names) and all(
        (Path(settings.STATIC_ROOT) / names.get(path, "?")).exists()
        for finder in finders.get_finders()
        for path, _storage in finder.list(ignored)
    )
    yield Requirement(
        "Static files are collected",
        is_collected,
        "Run `manage.py collectstatic --noinput`: pages have no style without it. Does STATIC_ROOT lead there?",
    )
    yield Requirement(
        "The fonts of pictures are there",
        not pixels.missing_fonts(),
        "Install fonts-dejavu-core, or name other files in PICTURE_FONTS: docs/running.md.",
    )


def of_outside() -> Iterator[Requirement]:
    """Yield what is asked of the ways to people, and of the web server in front."""
    yield Requirement(
        "Somebody can be told of flaws and errors",
        bool(settings.CONTACT_EMAIL or settings.SECURITY_CONTACT),
        "Set CONTACT_EMAIL (and SECURITY_CONTACT, if that is another): pages and security.txt name it.",
    )
    is_off = not settings.EMAIL_FROM  # one is given with EMAIL_URL, or neither
    reason = "" if is_off else mail_fault()
    yield Requirement(
        "E-mail is switched off" if is_off else "The mail server takes mail",
        not reason,
        f"{reason}. Look at EMAIL_URL and EMAIL_FROM: docs/running.md.",
    )
    proxies = settings.TRUSTED_PROXIES
    yield Requirement(
        "It is known which web server in front may say who asks",
        settings.BEHIND_PROXY and bool(proxies.networks or proxies.has_socket),
        "Set BEHIND_PROXY=yes where a web server on this machine speaks TLS, and TRUSTED_PROXIES where it is on "
        "another: without them all readers count as one, and addresses begin with http.",
    )
    yield Requirement(
        "Not everybody is believed to be a web server in front",
        all(network.prefixlen > 0 for network in proxies.networks),
        "TRUSTED_PROXIES must name your web servers alone, or else anybody can say to be anybody.",
    )
    yield Requirement(
        "The log tells of requests",
        settings.LOG_REQUESTS and logging.getLogger("archive.requests").isEnabledFor(logging.INFO),
        "Unset LOG_REQUESTS, or set it to yes: without it nothing says what was slow, or failed.",
    )


def mail_fault() -> str:
    """Say why the mail server cannot be spoken to; sends nothing."""
    try:
        with get_connection():
            return ""
    except (OSError, smtplib.SMTPException) as error:
        return str(error) or type(error).__name__


def of_monitoring() -> Iterator[Requirement]:
    """Yield what /readyz looks at; where it does not hold, with the figures."""
    for one in monitoring.checks():
        detail = f"({one.detail}) " if one.detail and one.detail != one.mend else ""
        yield Requirement(one.title, one.holds, f"{detail}{one.mend}")


def of_database() -> Iterator[Requirement]:
    """Yield what else is asked of the database; nothing where it does not answer, which `of_monitoring` says."""
    try:
        connection.ensure_connection()
    except (ImproperlyConfigured, DatabaseError):
        return
    yield Requirement(
        "PostgreSQL is 15 or newer",
        connection.connection.info.server_version >= OLDEST,
        "Move to PostgreSQL 15 or newer: docs/running.md.",
    )
    if not migrated.missing():
        yield from of_tables()


def of_tables() -> Iterator[Requirement]:
    yield Requirement(
        "The site's role has the rights that are declared, and no others",
        not roles.differing(connection),
        "Run `manage.py migrate` with DATABASE_OWNER_URL: it grants what is declared and takes the rest away.",
    )
    yield Requirement(
        "Somebody can administer it",
        User.objects.filter(is_active=True, is_superuser=True).exists(),
        "Make the first administrator: `manage.py create_editor NAME --role Administrator`.",
    )
    yield Requirement(
        "Everybody on the editors' side needs a second factor",
        second_factor.is_required(),
        "Set OTP_REQUIRED=yes, or tick the box at /admin/ under “Sign-in”.",
    )
    yield Requirement(
        "A second person publishes what somebody made",
        not settings.ONE_PERSON_ARCHIVE,
        "ONE_PERSON_ARCHIVE lets whoever made the claims publish them. Unset it as soon as there are two of you.",
    )
