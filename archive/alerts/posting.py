"""Handing a mail to the mail server, through Django's e-mail, and what came of it. No address gets into any message of
a fault.
"""

import smtplib
from contextlib import suppress
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

PERMANENT = 500  # and above: the answer of a server that will not change its mind


class Outcome(Enum):
    """What came of a mail.

    SENT: a server has taken it. LATER: none has, and it may be tried again. REFUSED: the server of the reader refuses
    it for good. DOUBTFUL: the line was cut while it was handed over; nobody knows.
    """

    SENT = 1
    LATER = 2
    REFUSED = 3
    DOUBTFUL = 4


def is_configured() -> bool:
    """Whether this archive sends e-mail at all."""
    return bool(settings.EMAIL_FROM)


class Post:
    """One connection for many mails; ``is_away`` once the mail server cannot be reached."""

    def __init__(self) -> None:
        self.connection: Any = None
        self.is_away = False

    def send(self, message: EmailMessage) -> Outcome:
        if self.is_away or not self._is_open():
            return Outcome.LATER
        try:
            return Outcome.SENT if self.connection.send_messages([message]) else Outcome.REFUSED
        except (smtplib.SMTPException, OSError, ValueError) as error:
            outcome = outcome_of(error)
            if outcome is Outcome.DOUBTFUL:
                self.close()
            return outcome

    def close(self) -> None:
        if self.connection is not None:
            with suppress(smtplib.SMTPException, OSError):  # it may be cut already
                self.connection.close()
            self.connection = None

    def _is_open(self) -> bool:
        if self.connection is None:
            self.connection = get_connection()
            try:
                self.connection.open()
            except (smtplib.SMTPException, OSError):
                self.connection, self.is_away = None, True
        return not self.is_away

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()


def outcome_of(error: Exception) -> Outcome:
    """Tell what an error means for the mail. What its server says of the sender is no fault of the reader's."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _said in error.recipients.values()]
            return Outcome.REFUSED if codes and min(codes) >= PERMANENT else Outcome.LATER
        case smtplib.SMTPDataError():
            return Outcome.REFUSED if error.smtp_code >= PERMANENT else Outcome.LATER
        case smtplib.SMTPServerDisconnected():
            return Outcome.DOUBTFUL
        case smtplib.SMTPException():
            return Outcome.LATER
        case OSError():
            return Outcome.DOUBTFUL
    return Outcome.REFUSED  # an address that no mail can be written to
