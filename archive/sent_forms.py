"""How many forms of readers are taken in a while: from one address, and in all. No address is stored, in clear or for
long.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from archive.models import SentForm

LOCK = 7316840251  # forms that arrive together are counted one after the other


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of a purpose within a time of at most a day: ``of_one`` address, and ``in_all``."""

    purpose: str
    within: timedelta
    of_one: int
    in_all: int


class TooManyError(Exception):
    """More forms came than are taken; ``seconds`` until one is taken again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            gettext(
                "More messages came within an hour than are taken. Nothing was sent. "
                "Please try again in %(number)s minutes."
            )
            % {"number": ceil(seconds / 60)}
        )
        self.seconds = seconds


@transaction.atomic
def count(limit: Limit, address: str | None) -> SentForm:
    """Count one more form from an address; None is one that has none. Raises `TooManyError`, counting nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    now = timezone.now()
    forget(limit, now)
    sent = SentForm.objects.filter(purpose=limit.purpose).order_by("-at")
    digests = list(digests_of(limit, address, now))
    limits = [(sent, limit.in_all), *([(sent.filter(digest__in=digests), limit.of_one)] if address else [])]
    for forms, most in limits:
        counted = list(forms.values_list("at", flat=True)[:most])
        if len(counted) == most:
            raise TooManyError(max(1, ceil((counted[-1] + limit.within - now).total_seconds())))
    return SentForm.objects.create(purpose=limit.purpose, digest=digests[0], at=now)


def forget(limit: Limit, now: datetime) -> None:
    """Delete what is counted no more."""
    SentForm.objects.filter(purpose=limit.purpose, at__lte=now - limit.within).delete()


def digests_of(limit: Limit, address: str | None, now: datetime) -> Iterator[str]:
    """A digest under the archive's own key, another one each day, that of today first and that of the day before:
    nobody without the key finds the address from it.
    """
    for day in (now, now - timedelta(days=1)):
        said = f"{limit.purpose} {day:%Y-%m-%d} {address or ''}"
        yield hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
