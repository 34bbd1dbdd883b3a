"""What an answer of a mail server means."""

import smtplib

import pytest

from archive.alerts.posting import Outcome, outcome_of


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"")}), Outcome.REFUSED),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"")}), Outcome.LATER),
        (smtplib.SMTPRecipientsRefused({}), Outcome.LATER),
        (smtplib.SMTPDataError(554, b""), Outcome.REFUSED),
        (smtplib.SMTPDataError(452, b""), Outcome.LATER),
        (smtplib.SMTPSenderRefused(550, b"", "a"), Outcome.LATER),
        (smtplib.SMTPAuthenticationError(535, b""), Outcome.LATER),
        (smtplib.SMTPServerDisconnected(), Outcome.DOUBTFUL),
        (TimeoutError(), Outcome.DOUBTFUL),
        (ConnectionResetError(), Outcome.DOUBTFUL),
        (UnicodeEncodeError("ascii", "x", 0, 1, ""), Outcome.REFUSED),
    ],
)
def test_outcome(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error) is outcome
