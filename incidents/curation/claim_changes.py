"""Mending claims: changing, moving, ranking and removing them, with the trail kept.

A claim that no edition has is changed in place, and the row history has what it said. One that was published is
replaced by another that says what is right: see `docs/adr`, "A published claim is replaced, never rewritten".
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from archive import locking
from archive.locking import acting
from archive.models import User
from incidents.curation import claim_values
from incidents.curation.acting import locked_all_unmerged
from incidents.curation.new_claims import put_values, refuse_duplicate
from incidents.errors import EndedClaimError, InvalidError
from incidents.models import Claim, Edition
from incidents.models.claim_rules import CIRCUMSTANCES
from incidents.models.editions import listed_id

CHANGEABLE = ("incident", "aspect", "passage", "stance", "rank", "speaker", "judgement", "reasoning")
OWN = ("id", "public_id", "created_at", "created_by_id", *CIRCUMSTANCES)  # what a claim does not say


def change_claim(claim: Claim, *, by: User | None, seen: int, reason: str = "", **changes: Any) -> Claim:
    """Change anything that a claim says: its value, stance, rank, speaker, judgement or reasoning, its ``passage``, its
    ``aspect`` (with the values of the new one) or its ``incident``. Return the claim that says it now.

    A published claim is replaced by a new one, and ``reason`` says why; only its rank changes in place. ``seen`` is the
    `lock_version` that the editor was shown. Raises `archive.locking.StaleRowError`, `InvalidError`,
    `DuplicateClaimError`, `ClosedIncidentError` and `EndedClaimError`.
    """
    with acting(by):
        incident = changes.pop("incident", None) or claim.incident
        locked_all_unmerged({claim.incident_id, incident.pk})
        current = standing(claim, seen)
        before = compared(current)
        if incident.pk != current.incident_id:
            current.incident = incident
        write(current, changes)
        refuse_duplicate(current)
        if compared(current) != before and was_published(claim):
            return supersede(current, by=by, reason=reason)
        current.save()
    return current


def write(claim: Claim, changes: dict[str, Any]) -> None:
    """Set what changes; values of the aspect that are not named stay, unless the aspect is another one."""
    kept = claim.aspect == changes.get("aspect", claim.aspect)
    given = {field: getattr(claim, field) for field in claim_values.fields_of(claim.aspect)} if kept else {}
    for field in CHANGEABLE:
        if field in changes:
            setattr(claim, field, plain(changes.pop(field)))
    put_values(claim, {**given, **changes})


def said_by(claim: Claim) -> dict[str, Any]:
    """What a claim says, column by column: all that makes it this claim and no other."""
    columns = [field.attname for field in Claim._meta.concrete_fields]
    return {column: getattr(claim, column) for column in columns if column not in OWN}


def compared(claim: Claim) -> dict[str, Any]:
    """As `said_by`, whatever the line ends; without the range, which follows from the date and has two spellings."""
    return {column: plain(value) for column, value in said_by(claim).items() if column != "occurred"}


def plain(value: Any) -> Any:
    """A text without space around it and with the line ends that texts have; forms send others."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def was_published(claim: Claim) -> bool:
    """Whether an edition of its incident has the claim."""
    return claim.pk in published_among([claim])


def published_among(claims: Iterable[Claim]) -> set[int]:
    """The keys of those that an edition of their incident has, as the database asks (`keep_published`). One query."""
    having = Edition.objects.filter(incident=OuterRef("incident"), content__claims__contains=listed_id())
    found = Claim.every.filter(Exists(having), pk__in=[claim.pk for claim in claims])
    return set(found.values_list("pk", flat=True))


def supersede(claim: Claim, *, by: User | None, reason: str) -> Claim:
    """Write what ``claim`` says as a new claim; the stored row stays as it was and ends."""
    if not reason.strip():
        raise InvalidError({"reason": gettext("An edition has this claim: say why it changes.")})
    successor: Claim = Claim.objects.create(**said_by(claim), rank=claim.rank, created_by=by)
    end(Claim.objects.get(pk=claim.pk), reason=reason, superseded_by=successor)
    return successor


def end(claim: Claim, *, reason: str = "", superseded_by: Claim | None = None) -> None:
    claim.ended_at = timezone.now()
    claim.end_reason = reason.strip()
    claim.superseded_by = superseded_by
    claim.save(update_fields=["ended_at", "end_reason", "superseded_by", "updated_at"])


def standing(claim: Claim, seen: int) -> Claim:
    """Lock a claim that must not have ended; raises `archive.locking.StaleRowError` and `EndedClaimError`."""
    current = locking.lock_row(Claim, claim.pk, seen=seen)
    if current.ended_at:
        raise EndedClaimError(current)
    return current


def rank_claim(claim: Claim, *, by: User | None, seen: int, rank: str) -> Claim:
    """Prefer a claim over others of its aspect, or set it aside (deprecated)."""
    return change_claim(claim, by=by, seen=seen, rank=rank)


def remove_claims(claims: Iterable[tuple[Claim, int]], *, by: User | None, reason: str = "") -> None:
    """Take claims out of the draft, each with the `lock_version` that the editor was shown: all of them or none.

    Editions that have them keep them. The rows stay, for history and `restore_claim`.
    """
    rows = list(claims)
    with acting(by):
        locked_all_unmerged({claim.incident_id for claim, _ in rows})
        for claim, seen in rows:
            end(standing(claim, seen), reason=reason)
