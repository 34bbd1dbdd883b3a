"""Lists that are followed by e-mail, without the form: alerts as they are asked for and confirmed, and their mails."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from archive import alerts
from archive.alerts import confirmation_mails
from archive.models import Alert

READER = "reader@barn.example"
ADDRESS = re.compile(r"https?://\S+")


def asked(query: str = "", *, email: str = READER, followed: str = "incidents", **values: Any) -> Alert:
    """Ask for an alert, as the form does, and send the mail that confirms it."""
    kind = alerts.kind_of(followed)
    assert kind is not None
    chosen = {"language": "en", "rhythm": "daily", "address": None, **values}
    alerts.ask_for(followed, query=kind.read(query).query, email=email, **chosen)
    made = Alert.objects.latest("pk")
    confirmation_mails.confirm_by_mail(made.pk)
    return made


def words_in(message: EmailMultiAlternatives, page: str) -> list[str]:
    """The words of the addresses of a page of alerts that stand in a mail."""
    paths = [urlsplit(url).path for url in ADDRESS.findall(str(message.body))]
    return [path.rstrip("/").split("/")[-1] for path in paths if f"/alerts/{page}/" in path]


def following(query: str = "", **values: Any) -> Alert:
    """An alert that its reader has confirmed; the mails until then are forgotten."""
    alert = asked(query, **values)
    confirmed = alerts.confirm(words_in(outbox()[-1], "confirm")[-1])
    assert confirmed is not None
    assert confirmed.pk == alert.pk
    outbox().clear()
    return confirmed


def outbox() -> list[EmailMultiAlternatives]:
    return mail.outbox


def tomorrow(days: int = 1) -> datetime:
    """A moment at which the day that is now is over."""
    return timezone.now() + timedelta(days=days)


def sent(now: datetime | None = None) -> list[EmailMultiAlternatives]:
    """Send what is due by tomorrow, and return the mails."""
    before = len(outbox())
    alerts.send_due(now or tomorrow())
    return outbox()[before:]
