"""Carrying claims and sentences from one incident to another, and putting them back.

A carried claim is continued: a new claim of the other incident says what it says, and it ends, replaced by that one.
Its row stays where editions of its own incident have it. See `docs/adr`, "A merge carries the claims".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from archive.models import User
from incidents.curation.carried_on import is_said_too, stays
from incidents.curation.claim_changes import end, said_by
from incidents.curation.naming import follow_names_or_end
from incidents.curation.new_claims import identity
from incidents.errors import CurationError
from incidents.models import Claim, EditorialEvent, Incident, IncidentIdentifier, SummarySentence, Transfer


@dataclass(frozen=True, slots=True)
class Carried:
    """A claim that would go to another incident, and the one there that says the same already."""

    claim: Claim
    double: Claim | None


def foresee(claims: Iterable[Claim], to: Incident) -> list[Carried]:
    """Say what `carry` would make of the claims; writes nothing. One query."""
    theirs = {key_of(claim): claim for claim in to.claims.with_evidence()}
    return [Carried(claim, theirs.get(key_of(claim))) for claim in claims]


def key_of(claim: Claim) -> str:
    return repr(identity(claim))


def carry(claims: Iterable[Carried], *, to: Incident, event: EditorialEvent, by: User | None, reason: str) -> None:
    """Do what was foreseen; both incidents are locked. What the other says already is not doubled."""
    for one in claims:
        successor = one.double or Claim.objects.create(
            **{**said_by(one.claim), "incident_id": to.pk}, rank=one.claim.rank, created_by=by
        )
        end(one.claim, reason=reason, superseded_by=successor)
        Transfer.objects.create(event=event, claim=one.claim, successor=successor, was_there=one.double is not None)


def foresee_summary(incident: Incident, to: Incident) -> list[tuple[SummarySentence, int | None]]:
    """The sentences of a summary, each with the key of the one that says the same in the other summary."""
    theirs = {key_of_sentence(sentence): sentence.pk for sentence in to.summary.all()}
    return [
        (sentence, theirs.get(key_of_sentence(sentence))) for sentence in incident.summary.prefetch_related("passages")
    ]


def key_of_sentence(sentence: SummarySentence) -> tuple[str, ...]:
    """What a sentence says, in both languages, and what it cites."""
    return (sentence.text_en, sentence.text_ar, *sentence.cited)


def carry_summary(incident: Incident, *, to: Incident, event: EditorialEvent, by: User | None) -> None:
    """Append copies of the sentences to the summary of another incident, but for those that it has."""
    last = to.summary.order_by("position").last()
    position = last.position + 1 if last else 0
    for sentence, double in foresee_summary(incident, to):
        if double is None:
            copy = SummarySentence.objects.create(
                incident=to, position=position, text_en=sentence.text_en, text_ar=sentence.text_ar, created_by=by
            )
            copy.passages.set(sentence.passages.all())
            position += 1
        Transfer.objects.create(
            event=event, sentence=sentence.pk, sentence_copy=double or copy.pk, was_there=double is not None
        )


def standing_end(claim: Claim) -> Claim | None:
    """The claim that says now what this one said: itself, or what replaced it; None when that was removed."""
    return standing_ends([claim])[claim.pk]


def standing_ends(claims: Iterable[Claim]) -> dict[int, Claim | None]:
    """As `standing_end` of each, by key; a query for each time that any of them was replaced."""
    first = list(claims)
    known = {claim.pk: claim for claim in first}
    ahead = successors_of(first)
    while ahead:
        found = Claim.every.with_evidence().select_related("incident").in_bulk(ahead)
        known |= found
        ahead = successors_of(found.values()) - known.keys()
    return {claim.pk: end_among(known, claim) for claim in first}


def successors_of(claims: Iterable[Claim]) -> set[int]:
    return {claim.superseded_by_id for claim in claims if claim.ended_at and claim.superseded_by_id}


def end_among(known: Mapping[int, Claim], claim: Claim) -> Claim | None:
    seen = {claim.pk}
    while claim.ended_at is not None:
        if claim.superseded_by_id is None or claim.superseded_by_id in seen:
            return None
        claim = known[claim.superseded_by_id]
        seen.add(claim.pk)
    return claim


def carried_by(event: EditorialEvent) -> list[tuple[Claim, Claim]]:
    """The claims that an event carried, each with the one that continues it; one query."""
    transfers = event.transfers.exclude(claim=None).select_related("claim", "successor").order_by("pk")
    return [(each.claim, each.successor) for each in transfers if each.claim and each.successor]


def obstacles(event: EditorialEvent, at: Incident) -> list[str]:
    """Why what the event carried to ``at`` cannot be put back, in words; empty when it can."""
    found = []
    here = {key_of(claim) for claim in event.incident.claims.all()}
    for claim, successor in carried_by(event):
        if claim.superseded_by_id != successor.pk:
            found.append(gettext("“%(claim)s” has been put back or replaced since.") % {"claim": claim})
        elif key_of(claim) in here:
            told = gettext("%(code)s says “%(claim)s” anew by the same words: remove that claim first.")
            found.append(told % {"code": event.incident.code, "claim": claim})
        elif (now := standing_end(successor)) is not None and now.incident_id != at.pk:
            told = gettext("“%(claim)s” has gone on to %(code)s since: bring it back from there first.")
            found.append(told % {"claim": now, "code": now.incident.code})
    return found


def changed_since(event: EditorialEvent) -> list[Claim]:
    """The carried claims that editors have changed or removed at the other incident since, as they were carried."""
    return [
        claim for claim, successor in carried_by(event) if what_is_said(standing_end(successor)) != what_is_said(claim)
    ]


def what_is_said(claim: Claim | None) -> dict[str, Any]:
    """As `said_by`, whatever the incident; nothing of a claim that was removed."""
    return {**said_by(claim), "incident_id": 0} if claim else {}


def put_back(event: EditorialEvent, *, at: Incident, reason: str) -> None:
    """Let the carried claims stand again as they were, and end what continued them at ``at``; both are locked.

    Raises `CurationError` that names what is in the way.
    """
    if blocking := obstacles(event, at):
        raise CurationError(" ".join(blocking))
    for claim, successor in carried_by(event):
        if (now := standing_end(successor)) is not None and not stays(now, without=claim):
            end(now, reason=reason)
        claim.ended_at, claim.end_reason, claim.superseded_by = None, "", None
        claim.save(update_fields=["ended_at", "end_reason", "superseded_by", "updated_at"])
        follow_names_or_end(claim)
    take_copies_away(event, at)


def carry_identifiers(incident: Incident, *, to: Incident, by: User | None, reason: str) -> None:
    """Let what data sets call the incident be names of another. Keys of our own (of files, of rows) stay with it."""
    for known_as in incident.identifiers.standing().filter(scheme__is_public=True):
        end_name(known_as, reason=reason)
        IncidentIdentifier.objects.create(
            incident=to, scheme_id=known_as.scheme_id, value=known_as.value, created_by=by
        )


def put_identifiers_back(event: EditorialEvent, *, at: Incident, by: User | None, reason: str) -> None:
    """Add the carried identifiers anew, but for those that stand on a third incident by now."""
    for known_as in event.incident.identifiers.filter(ended_at__gte=event.at):
        same = {"scheme_id": known_as.scheme_id, "value": known_as.value}
        for carried in IncidentIdentifier.objects.standing().filter(incident=at, **same):
            end_name(carried, reason=reason)
        if not IncidentIdentifier.objects.standing().filter(**same).exists():
            IncidentIdentifier.objects.create(incident=event.incident, created_by=by, **same)


def end_name(known_as: IncidentIdentifier, *, reason: str) -> None:
    known_as.ended_at, known_as.end_reason = timezone.now(), reason
    known_as.save(update_fields=["ended_at", "end_reason", "updated_at"])


def take_copies_away(event: EditorialEvent, at: Incident) -> None:
    """Remove the copies of sentences that say what was copied; one that an editor has changed since stays, and one that
    another merged incident says too.
    """
    said = {key_of_sentence(each) for each in event.incident.summary.all()}
    keys = event.transfers.exclude(sentence_copy=None).values("sentence_copy")
    made = Transfer.objects.filter(sentence_copy__in=keys, was_there=False).values("sentence_copy")
    for copy in SummarySentence.objects.filter(pk__in=made, incident=at):
        if key_of_sentence(copy) in said and not is_said_too(copy, event):
            copy.delete()
