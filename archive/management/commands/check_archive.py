"""`manage.py check_archive`: what a safe installation needs, each with whether it holds and how to mend it."""

import os
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from archive import capture_bytes, roles, safety
from archive.access import second_factor
from archive.depot import probing
from archive.models import User
from archive.safety import Requirement
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
            Requirement(
                "The fonts of pictures are there",
                not pixels.missing_fonts(),
                "Install fonts-dejavu-core, or name other files in PICTURE_FONTS: docs/running.md.",
            ),
            Requirement(
                "Somebody can be told of flaws and errors",
                bool(settings.CONTACT_EMAIL or settings.SECURITY_CONTACT),
                "Set CONTACT_EMAIL (and SECURITY_CONTACT, if that is another): pages and security.txt name it.",
            ),
            *of_database(),
        ]
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


def of_database() -> Iterator[Requirement]:
    """Yield what is asked of the database; where it does not answer, that alone."""
    try:
        connection.ensure_connection()
    except ImproperlyConfigured as error:
        yield Requirement("The database lets the site work with a restricted role", False, str(error))
        return
    except DatabaseError:
        yield Requirement(
            "The database answers",
            False,
            "Is PostgreSQL up, and are DATABASE_URL and its password right?",
        )
        return
    yield Requirement("The database answers, to a role that cannot undo what the archive guarantees", True, "")
    yield Requirement(
        "PostgreSQL is 15 or newer",
        connection.connection.info.server_version >= OLDEST,
        "Move to PostgreSQL 15 or newer: docs/running.md.",
    )
    yield from of_tables()


def of_tables() -> Iterator[Requirement]:
    executor = MigrationExecutor(connection)
    is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Requirement(
        "All migrations are applied",
        is_migrated,
        "Run `manage.py migrate` with DATABASE_OWNER_URL.",
    )
    if not is_migrated:
        return
    yield Requirement(
        "The site's role has the rights that are declared, and no others",
        not roles.differing(connection),
        "Run `manage.py migrate` with DATABASE_OWNER_URL: it grants what is declared and takes the rest away.",
    )
    yield Requirement(
        "Somebody can administer it",
        User.objects.filter(is_active=True, is_superuser=True).exists(),
        "Make the first administrator: `manage.py createsuperuser`.",
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
