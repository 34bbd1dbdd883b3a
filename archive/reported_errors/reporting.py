"""An error that a reader reports."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import get_language

from archive.models import ReportedError, ReportedWords, ReporterAddress
from archive.reported_errors import answering
from archive.reported_errors.subjects import Subject
from archive.sent_forms import Limit, count

LIMIT = Limit("reported error", timedelta(hours=1), of_one=6, in_all=120)


@transaction.atomic
def report(
    subject: Subject, *, problem: str, proposal: str = "", email: str = "", address: str | None
) -> ReportedError:
    """Keep what a reader says is wrong; ``address`` is where from (`archive.access.limits.client_of`), only counted.

    Raises `TooManyError`; nothing is kept then.
    """
    count(LIMIT, address)
    made = ReportedError.objects.create(
        spoken_of=subject.spoken_of, key=subject.key, number=subject.number, language=get_language() or ""
    )
    ReportedWords.objects.create(report=made, problem=problem, proposal=proposal)
    if email:
        ReporterAddress.objects.create(report=made, email=email)
        answering.forget_after(answering.KEPT_UNANSWERED)
    return made
