"""Answering what is suggested: rows become claims of one incident, or are dismissed; each answer is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from archive import passages
from archive.locking import acting
from archive.models import Passage, TextVersion, User
from incidents import curation
from incidents.errors import DuplicateClaimError, InvalidError
from incidents.models import Claim, Incident, SuggestionAnswer
from incidents.suggested.claim_values import UndecidedError, speaker_of, values_of
from incidents.suggested.rows import Row
from incidents.terms import Scope
from incidents.terms import SuggestionAnswer as Answer


class AcceptError(Exception):
    """None of the rows could be taken: the message says why."""


@dataclass(slots=True)
class Accepted:
    """What was taken, and each row that was left with what the editor must choose first."""

    incident: Incident
    claims: list[Claim] = field(default_factory=list)
    left: list[tuple[Row, str]] = field(default_factory=list)


def accept(
    *,
    text_version: TextVersion,
    rows: Sequence[Row],
    incident: Incident | None,
    seen_sha256: str,
    by: User,
    pcode: str = "",
) -> Accepted:
    """Make a claim of each open row of one attack, for ``incident`` or, without one, for a new draft.

    What the incident says already by the same words is taken as accepted. Rows in which something must be chosen are
    left, with what. ``pcode`` is of the place in which the attack was. Raises `AcceptError` when nothing can be taken
    (no incident is made then), `archive.passages.StaleTextError`, and what `incidents.curation.make_claim` raises of
    the incident as a whole.
    """
    with acting(by):
        done = Accepted(incident or curation.create_incident(by=by, scope=Scope.ATTACK))
        for row in rows:
            if not row.is_open:
                continue
            try:
                with transaction.atomic():
                    claim = take(
                        row, done.incident, text_version=text_version, seen_sha256=seen_sha256, pcode=pcode, by=by
                    )
            except (UndecidedError, InvalidError) as problem:
                done.left.append((row, str(problem)))
            else:
                record(text_version=text_version, key=row.key, claim=claim, by=by)
                done.claims.append(claim)
        if not done.claims:
            reasons = " ".join(f"{row.code}: {why}" for row, why in done.left)
            raise AcceptError(reasons or "There is nothing left to accept here: somebody has answered it meanwhile.")
    return done


def take(row: Row, incident: Incident, *, text_version: TextVersion, seen_sha256: str, pcode: str, by: User) -> Claim:
    suggestion = row.suggestion
    speaker, values = speaker_of(suggestion), values_of(suggestion, pcode=pcode, by=by)
    passage: Passage = passages.mark(
        text_version=text_version,
        start=suggestion.start,
        end=suggestion.end,
        exact=row.exact,
        seen_sha256=seen_sha256,
        by=by,
    )
    try:
        return curation.make_claim(
            incident=incident,
            by=by,
            aspect=suggestion.aspect,
            stance=suggestion.stance,
            speaker=speaker,
            passage=passage,
            **values,
        )
    except DuplicateClaimError as duplicate:
        return duplicate.claim


def record(*, text_version: TextVersion, key: str, claim: Claim, by: User) -> SuggestionAnswer:
    """Keep that a suggestion became a claim, as it was or changed."""
    return SuggestionAnswer.objects.create(
        text_version=text_version, key=key, answer=Answer.ACCEPTED, claim=claim, created_by=by
    )


def dismiss(*, text_version: TextVersion, rows: Sequence[Row], by: User) -> int:
    """Keep that rows are not wanted; they stay dismissed. Returns how many were open."""
    return _answer_all(text_version, [row for row in rows if row.is_open], Answer.DISMISSED, by=by)


def reopen(*, text_version: TextVersion, rows: Sequence[Row], by: User) -> int:
    """Offer rows again that were dismissed. Returns how many."""
    return _answer_all(text_version, [row for row in rows if row.state == Answer.DISMISSED], Answer.REOPENED, by=by)


def _answer_all(text_version: TextVersion, rows: Sequence[Row], answer: Answer, *, by: User) -> int:
    with acting(by):
        answers = [
            SuggestionAnswer(text_version=text_version, key=row.key, answer=answer, created_by=by) for row in rows
        ]
        return len(SuggestionAnswer.objects.bulk_create(answers))
