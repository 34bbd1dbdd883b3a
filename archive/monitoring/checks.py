"""What is looked at: each check says whether it holds, why not, how to mend it, and whether readers are served without.

A reason is for everybody and gives away no name, address or path; a detail is for monitors and administrators alone.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.utils import timezone

from archive.backing_up import last_backup
from archive.depot.configuration import FOLDER
from archive.models import TimeStamp
from archive.monitoring import migrated, tasks
from archive.postgresql import replicas
from archive.verifying import last_verification

VERIFIED_WITHIN = BACKED_UP_WITHIN = STAMPED_WITHIN = timedelta(hours=48)  # each is done once a day
WAITED_AT_MOST = timedelta(minutes=15)
LEAST_FREE, MOST_ASKED = 0.05, 10 * 2**30  # of a disk: a twentieth; ten gibibytes are enough of any
KNOWN_WITHIN = 4.0  # seconds after a process began to look
CLOCKS_APART = 2.0  # seconds


class Check(NamedTuple):
    """``is_serving``: without it readers are not served, so that a load balancer should send them elsewhere."""

    name: str
    title: str
    holds: bool
    is_serving: bool = False
    reason: str = ""
    detail: str = ""
    mend: str = ""


def checks() -> Iterator[Check]:
    """Yield every check; where the database does not answer, that alone and what needs none."""
    database = of_database()
    yield database
    if settings.REPLICAS:
        yield of_replicas()
    if database.holds:
        migrations = of_migrations()
        yield migrations
        if migrations.holds:
            yield from of_tables()
    yield of_disk()


def of_database() -> Check:
    title = "The database answers, to a role that cannot undo what the archive guarantees"
    mend = "Is PostgreSQL up (systemctl status postgresql), and are DATABASE_URL and its password right?"
    if replicas.is_alone():  # known already, and asking might take longer than a load balancer waits
        is_needed = replicas.chosen() is None  # else readers are served meanwhile
        return Check("database", title, False, is_needed, "does not answer", "nothing heard for seconds", mend)
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except ImproperlyConfigured as error:
        return Check("database", title, False, True, "is not what it must be", str(error), f"{error}")
    except DatabaseError as error:
        told = str(error).strip().partition("\n")[0]
        return Check("database", title, False, replicas.chosen() is None, "does not answer", told, mend)
    return Check("database", title, True, True)


def of_replicas() -> Check:
    replicas.wait_until_known(KNOWN_WITHIN)
    ages = replicas.ages()
    behind = [name for name, (_age, is_fit) in ages.items() if not is_fit]
    told = [f"{name}: {'not known' if age is None else f'{age:.1f} s'}" for name, (age, _is_fit) in ages.items()]
    return Check(
        "replicas",
        "Every replica answers, and is not too far behind",
        not behind,
        reason="are away or too far behind",
        detail=", ".join(told),
        mend="Readers are served without it. See its log, and on the primary pg_stat_replication: docs/cluster.md.",
    )


def of_migrations() -> Check:
    missing = migrated.missing()
    return Check(
        "migrations",
        "All migrations are applied",
        not missing,
        is_serving=True,
        reason="are not all applied",
        detail=", ".join(missing[:5]),
        mend="Run `manage.py migrate` with DATABASE_OWNER_URL, then restart the site and the worker.",
    )


def of_tables() -> Iterator[Check]:
    """Yield what the tables say: is the work done that an archive needs done every day?"""
    yield of_worker()
    yield of_queue()
    if settings.CACHES_IN_FRONT:
        yield of_purging()
    yield from of_verifying()
    last = last_backup()
    yield of_age(
        "backup",
        "A backup was made within two days",
        last.ended_at if last else None,
        BACKED_UP_WITHIN,
        "Run `manage.py backup`, and let the timer archive-backup.timer run: docs/running.md.",
    )
    if settings.TSA_URL:
        yield of_age(
            "stamps",
            "A manifest was time-stamped within two days",
            TimeStamp.objects.order_by("-id").values_list("at", flat=True).first(),
            STAMPED_WITHIN,
            "Run `manage.py stamp_manifest`, which says why it fails, and let archive-stamp.timer run.",
        )
    yield of_clock()


def of_worker() -> Check:
    count = tasks.workers()
    return Check(
        "worker",
        "The worker of tasks runs",
        count > 0,
        reason="does not run",
        detail=f"{count} sessions of workers in the database",
        mend="Start it (systemctl start archive-worker) and see why it ended (journalctl -u archive-worker).",
    )


def of_purging() -> Check:
    return Check(
        "purging",
        "The caches in front are told of changes",
        tasks.sessions(tasks.PURGER) > 0,
        reason="is not done: what is withdrawn is shown until its minute is over",
        mend="Start it (systemctl start archive-purge) and see why it ended (journalctl -u archive-purge).",
    )


def of_queue() -> Check:
    waited = tasks.longest_wait()
    return Check(
        "tasks",
        "No task waits for more than a quarter of an hour",
        waited <= WAITED_AT_MOST,
        reason="wait for too long",
        detail=f"the oldest waits for {told_of(waited)}",
        mend="Does the worker run (systemctl status archive-worker)? Perhaps one is too few for what is to be fetched.",
    )


def of_verifying() -> Iterator[Check]:
    last = last_verification()
    yield of_age(
        "verify",
        "The archive was verified within two days",
        last.ended_at if last else None,
        VERIFIED_WITHIN,
        "Run `manage.py verify`, and let the timer archive-verify.timer run.",
    )
    yield Check(
        "findings",
        "Nothing differed when it was verified last",
        not (last and last.finding_count),
        reason="were made when it was verified last",
        detail=f"{last.finding_count if last else 0} findings",
        mend="Run `manage.py verify --all`, which names them: docs/custody.md says what to do.",
    )


def of_age(name: str, title: str, last: datetime | None, within: timedelta, mend: str) -> Check:
    age = timezone.now() - last if last else None
    return Check(
        name,
        title,
        age is not None and age <= within,
        reason="is too old" if age else "was never made",
        detail=f"{told_of(age)} ago" if age else "never",
        mend=mend,
    )


def of_clock() -> Check:
    """Compare our clock with the database's: where it is the same machine's, they are one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((timezone.now() - cursor.fetchone()[0]).total_seconds())
    return Check(
        "clock",
        "The clocks of this machine and of the database agree",
        apart <= CLOCKS_APART,
        reason="differs from that of the database",
        detail=f"{apart:.1f} s apart",
        mend="Install chrony on both machines: codes of the second factor and time-stamps need right clocks.",
    )


def of_disk() -> Check:
    captures = settings.STORAGES["captures"]
    wanted = Path(captures["OPTIONS"]["location"] if captures["BACKEND"] == FOLDER else settings.BASE_DIR)
    folder = next(folder for folder in (wanted, *wanted.parents) if folder.exists())
    disk = shutil.disk_usage(folder)
    return Check(
        "disk",
        "There is room on the disk",
        disk.free >= min(disk.total * LEAST_FREE, MOST_ASKED),
        reason="is nearly full",
        detail=f"{disk.free / 2**30:.1f} of {disk.total / 2**30:.1f} GiB free at {folder}",
        mend="Make room: old backups and logs first (journalctl --vacuum-size=500M), then a larger disk.",
    )


def told_of(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for size, word in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {word}"
    return f"{seconds} seconds"
