"""Telling readers what changed in the lists that they follow: at most one mail of an alert a period.

An alert is claimed for a period, in the database, before its mail is handed over. So whoever runs this twice at once,
or kills it in the middle, sends no mail twice. What changed counts as told only when a mail server has taken the mail:
what was cut off is told with the next period, and nothing is lost. A mail that surely was not taken gives the claim
back.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from enum import Enum

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from archive.alerts import letters, periods, sealing
from archive.alerts.alert_letters import ended_letter, news_letter
from archive.alerts.kinds import kind_of
from archive.alerts.letters import Letter
from archive.alerts.posting import Outcome, Post, is_configured
from archive.models import Alert
from archive.terms import Rhythm

logger = logging.getLogger(__name__)
MOST_TOLD = 20  # things of one mail
MOST_REFUSALS = 3  # of mails one after the other, for good, after which the alert ends
TRIED_AGAIN = timedelta(hours=1)


class Became(Enum):
    """What became of an alert that was due."""

    SENT = "sent"
    QUIET = "nothing to tell"
    LATER = "to be tried again"
    DOUBTFUL = "cut off; told with the next mail"
    REFUSED = "refused"
    ENDED = "ended"
    TAKEN = "in other hands"


def due(now: datetime) -> list[tuple[int, datetime]]:
    """Return the alerts of which a period is over that was not told, each with the end of that period."""
    found = []
    for rhythm in Rhythm:
        end = periods.last_end(rhythm, now)
        rows = Alert.objects.filter(unclaimed(end), rhythm=rhythm, told_until__lt=end).order_by("pk")
        found += [(pk, end) for pk in rows.values_list("pk", flat=True)]
    return found


def unclaimed(end: datetime) -> Q:
    return Q(claimed_until=None) | Q(claimed_until__lt=end)


def send_due(now: datetime | None = None) -> Counter[Became]:
    """Send what is due, and return what became of how many; nothing where no e-mail is configured."""
    became: Counter[Became] = Counter()
    if not is_configured():
        return became
    with Post() as post:
        for pk, end in due(now or timezone.now()):
            if post.is_away:
                became[Became.LATER] += 1
                continue
            became[tell(pk, end, post)] += 1
    return became


def tell(pk: int, end: datetime, post: Post) -> Became:
    """Tell of one period of one alert."""
    alert = Alert.objects.filter(pk=pk, confirmed_at__isnull=False).first()
    ours = Alert.objects.filter(pk=pk)
    if alert is None or not ours.filter(unclaimed(end), told_until__lt=end).update(claimed_until=end):
        return Became.TAKEN
    try:
        with override(alert.language):
            found = letter_of(alert, end)
            message = letters.written(found[0], sealing.unseal(alert.sealed)) if found else None
    except sealing.UnsealableError:
        ours.delete()
        return Became.ENDED
    except Exception:  # whatever is wrong with one list, the others are told of
        logger.exception("The alert %s could not be written.", alert.reference)
        ours.update(claimed_until=alert.claimed_until)
        return Became.LATER
    if message is None or found is None:
        ours.update(told_until=end)
        return Became.QUIET
    return settle(alert, end, post.send(message), is_last=found[1])


def letter_of(alert: Alert, end: datetime) -> tuple[Letter, bool] | None:
    """Return what to write, and whether it is the last letter; None where nothing happened."""
    kind = kind_of(alert.kind)
    if kind is None or alert.told_until is None:
        raise LookupError(alert.kind)
    followed = kind.read(alert.query)
    if followed.problems:
        return ended_letter(alert, followed, end), True
    news = kind.news(alert.query, alert.told_until, end, MOST_TOLD)
    return (news_letter(alert, followed, news, end), False) if news.number else None


def settle(alert: Alert, end: datetime, outcome: Outcome, *, is_last: bool) -> Became:
    """Write down what came of a mail."""
    ours = Alert.objects.filter(pk=alert.pk)
    match outcome:
        case Outcome.SENT if is_last:
            ours.delete()
            return Became.ENDED
        case Outcome.SENT:
            ours.update(told_until=end, refusals=0)
            return Became.SENT
        case Outcome.LATER:
            ours.update(claimed_until=alert.claimed_until)
            return Became.LATER
        case Outcome.REFUSED if alert.refusals + 1 >= MOST_REFUSALS:
            ours.delete()
            return Became.ENDED
        case Outcome.REFUSED:
            ours.update(refusals=alert.refusals + 1)
            return Became.REFUSED
    return Became.DOUBTFUL


@task()
def send_due_ones() -> None:
    """Send what is due, and plan the next time first, so that it comes whatever happens. Run by the worker."""
    plan()
    if send_due()[Became.LATER]:
        plan(timezone.now() + TRIED_AGAIN)


def plan(at: datetime | None = None) -> None:
    """Let the worker send at a time, unless it will have done so by then; when the next period is over, where none is
    given.
    """
    at = at or periods.next_sending(timezone.now())
    planned = DBTaskResult.objects.filter(task_path=send_due_ones.module_path, status=TaskResultStatus.READY)
    if not planned.filter(run_after__lte=at).exists():
        send_due_ones.using(run_after=at).enqueue()
