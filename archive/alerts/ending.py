"""Alerts end, and nothing is left of them: neither the address nor that there was one."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from archive.alerts import sealing
from archive.models import Alert

KEPT_UNCONFIRMED = timedelta(days=3)


def find_by_end(word: str) -> Alert | None:
    """Return the alert that a word from one of its mails ends, if it has not ended."""
    reference = sealing.read_end(word)
    return Alert.objects.filter(reference=reference).first() if reference else None


def is_of_ours(word: str) -> bool:
    """Whether a word stood in a mail of this archive, whatever became of its alert."""
    return bool(sealing.read_end(word))


def end(word: str) -> bool:
    """End the alert of a mail; False where the word is none of ours. Once more is as good as once."""
    reference = sealing.read_end(word)
    if reference:
        Alert.objects.filter(reference=reference).delete()
    return bool(reference)


def end_all(email: str) -> int:
    """End every alert to an address, and what waits for its confirmation; return how many."""
    ended, _each = Alert.objects.filter(digest=sealing.digest_of(email)).delete()
    return ended


def forget_old(now: datetime | None = None) -> int:
    """Delete what nobody confirmed in three days; return how many."""
    old = Alert.objects.filter(asked_at__lte=(now or timezone.now()) - KEPT_UNCONFIRMED)
    old.filter(confirmed_at__isnull=False).exclude(token="").update(token="")
    forgotten, _each = old.filter(confirmed_at=None).delete()
    return forgotten


@task()
def forget_old_ones() -> None:
    forget_old()


def forget_later() -> None:
    """Let the worker delete what nobody has confirmed by then."""
    forget_old_ones.using(run_after=timezone.now() + KEPT_UNCONFIRMED + timedelta(minutes=1)).enqueue()
