"""Whether tasks are done: `manage.py db_worker` has a session of the database that bears its name (`manage.py`)."""

from datetime import timedelta

from django.db import connection
from django.db.models import F, Min
from django.db.models.functions import Greatest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

WORKER, PURGER = "archive db_worker", "archive purge_caches"


def workers() -> int:
    """How many workers have a session of the database now, on whatever machine."""
    return sessions(WORKER)


def sessions(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s",
            [name],
        )
        return int(cursor.fetchone()[0])


def longest_wait() -> timedelta:
    """For how long the oldest task waits that could be done; nothing where none does."""
    ready = DBTaskResult.objects.ready()
    at_once = ready.filter(run_after=get_date_max()).aggregate(at=Min("enqueued_at"))["at"]
    later = ready.exclude(run_after=get_date_max()).aggregate(at=Min(Greatest(F("enqueued_at"), F("run_after"))))["at"]
    since = min((at for at in (at_once, later) if at), default=None)
    return max(timezone.now() - since, timedelta()) if since else timedelta()
