"""A second pair of eyes: an incident submitted for review, sent back with a comment, and who may publish it."""

from django.conf import settings
from django.utils.translation import gettext

from archive.locking import acting
from archive.models import User
from incidents.curation.acting import locked_open, record_event, required
from incidents.curation.authorship import work_on
from incidents.curation.current_facts import facts_of, keeps_from_review, missing_in
from incidents.curation.moving import move, next_content, says
from incidents.curation.passage_citations import latest
from incidents.errors import (
    CurationError,
    NothingChangedError,
    NotReadyError,
    NotSubmittedError,
    OwnWorkError,
)
from incidents.evidence import gather
from incidents.models import Incident, Submission
from incidents.record.writing import digest
from incidents.terms import Action, Status


def submit(incident: Incident, *, by: User | None, comment: str = "", seen: int | None = None) -> Submission:
    """Hand an incident to a reviewer as it is now; ``comment`` says what to look at, and is never public.

    What is in review may be submitted again, as it is then. Work on it goes on meanwhile: the reviewer is told what
    changed. Raises `NotReadyError` (lists what is to be mended), `NothingChangedError`, `ClosedIncidentError`
    and `archive.locking.StaleRowError`.
    """
    with acting(by):
        current = locked_open(incident, seen)
        evidence = gather(current)
        if lacking := keeps_from_review(missing_in(evidence)):
            raise NotReadyError(lacking)
        before = latest(current)
        content = next_content(evidence, facts_of(evidence), before)
        if before and says(before.content) == says(content):
            raise NothingChangedError(before.number)
        submission = Submission.objects.create(
            incident=current, by=by, comment=comment.strip(), content=content, sha256=digest(says(content))
        )
        move(current, Status.PUBLISHED if before else Status.IN_REVIEW, submission=submission)
        record_event(current, Action.SUBMITTED, by=by, reason=comment.strip())
    return submission


def send_back(incident: Incident, *, by: User | None, comment: str, seen: int | None = None) -> Incident:
    """Give an incident back to who submitted it; ``comment`` says what to mend, and is never public.

    Raises `NotSubmittedError`, `InvalidError` (no comment), `ClosedIncidentError` and `StaleRowError`.
    """
    comment = required("comment", comment, gettext("Write what is to be mended: its editor reads it."))
    with acting(by):
        current = locked_open(incident, seen)
        if current.submission is None:
            raise NotSubmittedError(current)
        event = record_event(current, Action.SENT_BACK, by=by, reason=comment)
        move(current, Status.PUBLISHED if current.status == Status.PUBLISHED else Status.DRAFT, sent_back=event)
    return current


def refuse_unreviewed(incident: Incident, by: User | None) -> None:
    """Raise `OwnWorkError` or `NotSubmittedError` where publishing would go past a second pair of eyes.

    Commands of whoever runs the archive act for nobody (``by`` is None) and answer for themselves; a one-person archive
    says so in its settings.
    """
    if by is None or settings.ONE_PERSON_ARCHIVE:
        return
    if own := work_on(incident).get(by.pk):
        raise OwnWorkError(own)
    if incident.submission is None:
        raise NotSubmittedError(incident)


def what_forbids(incident: Incident, by: User) -> CurationError | None:
    """What `refuse_unreviewed` would raise; for pages."""
    try:
        refuse_unreviewed(incident, by)
    except (OwnWorkError, NotSubmittedError) as refusal:
        return refusal
    return None
