"""Answering what is suggested: rows become claims of one incident, or are dismissed; each answer is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext

from archive import passages
from archive.locking import acting
from archive.models import Passage, TextVersion, User
from incidents import curation
from incidents.errors import DuplicateClaimError, InvalidError
from incidents.models import Claim, Incident, Speaker, SuggestionAnswer
from incidents.suggested.claim_values import UndecidedError, speaker_of, values_of
from incidents.suggested.rows import Group, Row, groups_of, is_open, latest_answers, row_of
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
    group: Group | None = None,
    proposes: bool = False,
) -> Accepted:
    """Make a claim of each open row of one attack, for ``incident`` or, without one, for a new draft.

    What the incident says already by the same words is taken as accepted. Rows in which something must be chosen are
    left, with what. ``group`` are the rows as they were shown: when some of them became claims of an incident
    meanwhile, no second one is made. ``pcode`` is of the place in which the attack was. ``proposes``: speakers that are
    in no vocabulary are proposed; for rows that the editor looked at one by one. Raises `AcceptError` when
    nothing can be taken (no incident is made then), `archive.passages.StaleTextError`, and what
    `incidents.curation.make_claim` raises of the incident as a whole.
    """
    with acting(by):
        one_at_a_time(text_version)
        latest = latest_answers(text_version)
        rows = [row for row in rows if is_open(latest.get(row.key))]
        if group is not None and incident is None:
            refuse_second_incident(group, latest)
        done = Accepted(incident or curation.create_incident(by=by, scope=Scope.ATTACK))
        for row in rows:
            if not row.is_open:
                continue
            try:
                with transaction.atomic():
                    speaker = speaker_of(row.suggestion, proposes_by=by if proposes else None)
                    values = values_of(row.suggestion, pcode=pcode, by=by)
                    passage = marked(row, text_version=text_version, seen_sha256=seen_sha256, by=by)
                    claim = made(row, done.incident, passage=passage, speaker=speaker, values=values, by=by)
            except (UndecidedError, InvalidError) as problem:
                done.left.append((row, str(problem)))
            else:
                record(text_version=text_version, key=row.key, claim=claim, by=by)
                done.claims.append(claim)
        if not done.claims:
            reasons = " ".join(f"{row.code}: {why}" for row, why in done.left)
            raise AcceptError(reasons or "There is nothing left to accept here: somebody has answered it meanwhile.")
    return done


def one_at_a_time(text_version: TextVersion) -> None:
    """Let only one transaction answer what is suggested for a text until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"suggestions {text_version.pk}"])


def refuse_second_incident(group: Group, latest: Mapping[str, SuggestionAnswer]) -> None:
    """Raise `AcceptError` when rows of the attack became claims of an incident since they were shown."""
    claims = [latest[row.key].claim for row in group.rows if row.key in latest]
    codes = {claim.incident.code for claim in claims if claim is not None}
    if codes - ({group.incident.code} if group.incident else set()):
        told = gettext("Of this attack, claims of %(codes)s were made meanwhile: choose that one.")
        raise AcceptError(told % {"codes": ", ".join(sorted(codes))})


def marked(row: Row, *, text_version: TextVersion, seen_sha256: str, by: User) -> Passage:
    passage: Passage = passages.mark(
        text_version=text_version,
        start=row.suggestion.start,
        end=row.suggestion.end,
        exact=row.exact,
        seen_sha256=seen_sha256,
        by=by,
    )
    return passage


def made(
    row: Row, incident: Incident, *, passage: Passage, speaker: Speaker | None, values: dict[str, Any], by: User
) -> Claim:
    """The claim of a row; the one that says the same by the same words, if it is there."""
    try:
        return curation.make_claim(
            incident=incident,
            by=by,
            aspect=row.suggestion.aspect,
            stance=row.suggestion.stance,
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


def record_change(*, text_version: TextVersion, key: str, claim: Claim, by: User) -> None:
    """As `record`, for a claim of a form that a row had filled in: if it rests on the words of the row."""
    row = row_of(groups_of(text_version), key)
    passage = claim.passage
    if row is None or not row.is_open or passage is None:
        return
    if passage.start < row.suggestion.end and row.suggestion.start < passage.end:
        record(text_version=text_version, key=key, claim=claim, by=by)


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
