"""A reader asks for an alert. Whoever asks learns nothing: it is the same whether the address is known or not."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from archive.alerts import confirmation_mails, ending, sealing
from archive.models import Alert
from archive.sent_forms import Limit, count

LIMIT = Limit("alert", timedelta(hours=1), of_one=6, in_all=120)
MOST_WAITING = 10  # alerts of an address that wait for their confirmation


@transaction.atomic
def ask_for(followed: str, *, query: str, language: str, rhythm: str, email: str, address: str | None) -> None:
    """Keep what is asked for, and let the worker send the mail that confirms it. ``address`` is where from
    (`archive.access.limits.client_of`), only counted. Raises `TooManyError`; nothing is kept then.
    """
    count(LIMIT, address)
    same = Alert.objects.filter(digest=sealing.digest_of(email))
    chosen = {"language": language, "rhythm": rhythm}
    if same.filter(confirmed_at__isnull=False, kind=followed, query=query, **chosen).exists():
        return
    waiting = same.filter(confirmed_at=None)
    if waiting.exclude(kind=followed, query=query).count() >= MOST_WAITING:
        return
    made, _is_new = Alert.objects.update_or_create(
        digest=sealing.digest_of(email),
        kind=followed,
        query=query,
        confirmed_at=None,
        defaults={**chosen, "asked_at": timezone.now(), "sealed": sealing.seal(sealing.written(email))},
    )
    confirmation_mails.send_confirmation.enqueue(made.pk)
    ending.forget_later()
