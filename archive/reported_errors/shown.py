"""What readers see of reported errors: what editors answered, as long as they see what it speaks of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from archive.localisation import localised
from archive.models import ReportedError
from archive.reported_errors.subjects import Subject, find_all
from archive.terms import ErrorState, Spoken


@dataclass(frozen=True, slots=True)
class Answer:
    """An answered report; ``subject`` is what it speaks of, ``number`` the version or text that the reader saw."""

    reference: str
    subject: Subject
    number: int | None
    reported_at: datetime
    answered_at: datetime
    is_accepted: bool
    mended_in: int | None
    text: str
    language: str


def shown_answers(of: Iterable[tuple[str, str]]) -> list[Answer]:
    """Return what was answered of these things (kind, key) that readers see, the last answered first: one query where
    nothing was.
    """
    wanted = Q()
    for kind, key in of:
        wanted |= Q(spoken_of=kind, key=key)
    return as_shown(ReportedError.objects.answered().filter(wanted)) if wanted else []


def as_shown(rows: QuerySet[ReportedError] | Iterable[ReportedError]) -> list[Answer]:
    """Return those of the rows, all of them answered, whose subject readers see today."""
    rows = list(rows)
    subjects = find_all((row.spoken_of, row.key) for row in rows)
    return [shown(row, subjects[row.spoken_of, row.key]) for row in rows if (row.spoken_of, row.key) in subjects]


def shown(row: ReportedError, subject: Subject) -> Answer:
    assert row.answered_at is not None
    text = localised(row.answer_en, row.answer_ar)
    return Answer(
        row.reference,
        subject,
        row.number if row.spoken_of in (Spoken.INCIDENT, Spoken.ARTICLE) else None,
        row.created_at,
        row.answered_at,
        row.state == ErrorState.ACCEPTED,
        row.mended_in,
        text,
        "ar" if text == row.answer_ar else "en",
    )
