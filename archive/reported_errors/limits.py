"""How many forms are taken in an hour: from one address, and in all. No address is stored, in clear or for long."""

import hashlib
import hmac
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from archive.models import SentForm

WITHIN = timedelta(hours=1)
OF_ADDRESS = 6
IN_ALL = 120
LOCK = 7316840251  # forms that arrive together are counted one after the other


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
def count(address: str | None) -> None:
    """Count one more form from an address; None is one that has none. Raises `TooManyError`, counting nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    now = timezone.now()
    SentForm.objects.filter(at__lte=now - WITHIN).delete()
    sent = SentForm.objects.order_by("-at")
    digest = digest_of(address)
    limits = [(sent, IN_ALL), *([(sent.filter(digest=digest), OF_ADDRESS)] if address else [])]
    for forms, most in limits:
        counted = list(forms.values_list("at", flat=True)[:most])
        if len(counted) == most:
            raise TooManyError(max(1, ceil((counted[-1] + WITHIN - now).total_seconds())))
    SentForm.objects.create(digest=digest, at=now)


def digest_of(address: str | None) -> str:
    """A digest under the archive's own key, another one each day: nobody without the key finds the address from it."""
    said = f"reported errors {timezone.now():%Y-%m-%d} {address or ''}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
