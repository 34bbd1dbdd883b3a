"""The owner of the address says that the alert is wanted: only then is anything sent."""

from django.db import transaction
from django.utils import timezone

from archive.alerts import sealing, sending
from archive.alerts.ending import KEPT_UNCONFIRMED
from archive.models import Alert


def find_asked(word: str) -> Alert | None:
    """Return the alert that a word confirms, or has confirmed of late; None where it is unknown or too old."""
    since = timezone.now() - KEPT_UNCONFIRMED
    return Alert.objects.filter(token=sealing.digest_of_word(word), asked_at__gt=since).first() if word else None


@transaction.atomic
def confirm(word: str) -> Alert | None:
    """Begin to tell of what changes from now on. It takes the place of what the reader followed of the same list."""
    found = find_asked(word)
    alert = Alert.objects.select_for_update().filter(pk=found.pk).first() if found else None
    if alert is None or alert.confirmed_at:
        return alert
    same = Alert.objects.filter(digest=alert.digest, kind=alert.kind, query=alert.query)
    same.filter(confirmed_at__isnull=False).delete()
    alert.confirmed_at = alert.told_until = timezone.now()
    alert.save(update_fields=["confirmed_at", "told_until"])
    sending.plan()
    return alert
