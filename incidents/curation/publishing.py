"""From drafts to what readers see."""

from collections.abc import Mapping

from django.utils import timezone

from archive.locking import acting
from archive.models import User
from incidents.curation.acting import locked_open, record_event, required
from incidents.curation.current_facts import facts_of, missing_in
from incidents.curation.moving import move, says
from incidents.curation.passage_citations import latest
from incidents.curation.reviewing import refuse_unreviewed
from incidents.curation.telling_drafts import refuse_telling_note
from incidents.curation.warning import settle
from incidents.errors import NothingChangedError, NotReadyError
from incidents.evidence import gather
from incidents.models import Edition, Incident
from incidents.record.writing import content_of, digest
from incidents.terms import Action, Status


def publish(
    incident: Incident,
    *,
    by: User | None,
    note: str,
    note_ar: str = "",
    seen: int | None = None,
    kept: Mapping[str, str] | None = None,
) -> Edition:
    """Make the next edition of what the claims say now, with a public note on what is new, in Arabic too if given.

    ``kept`` answers warnings that stand: their keys, and why it is right as it is (never public). Raises
    `UnansweredError` (lists the warnings that nobody answered), `NotReadyError` (lists what is missing),
    `NothingChangedError`, `ClosedIncidentError`, `InvalidError` (no note, or one that tells a hidden town),
    `OwnWorkError` and `NotSubmittedError` (see `incidents.curation.reviewing`), and `archive.locking.StaleRowError`
    when ``seen`` is not the incident's `lock_version` any more.
    """
    note, note_ar = required("note", note), note_ar.strip()
    with acting(by):
        current = locked_open(incident, seen)
        evidence = gather(current)
        if lacking := missing_in(evidence):
            raise NotReadyError(lacking)
        refuse_telling_note(evidence, note=note, note_ar=note_ar)
        before = latest(current)
        number = before.number + 1 if before else 1
        now = timezone.now()
        facts = facts_of(evidence)
        content = content_of(evidence, facts, number=number, published_at=now, note=note, note_ar=note_ar)
        if before and says(before.content) == says(content):
            raise NothingChangedError(before.number)
        refuse_unreviewed(current, by)
        settle(current, evidence, facts, by=by, reasons=kept or {})
        edition = Edition.objects.create(
            incident=current,
            number=number,
            published_at=now,
            published_by=by,
            note=note,
            content=content,
            sha256=digest(content),
        )
        move(current, Status.PUBLISHED)
        record_event(current, Action.PUBLISHED, by=by, reason=note, edition_number=number)
    return edition
