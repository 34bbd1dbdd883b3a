"""Taking a merge of names back, as a change like any other: what still names the survivor because of it goes back."""

from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext

from archive.locking import acting
from archive.models import User
from archive.terms import Standing
from incidents.curation import refresh_rows
from incidents.curation.acting import required
from incidents.curation.carrying import standing_end
from incidents.curation.naming import columns_of, follow_names_or_end, put_columns, write
from incidents.errors import DuplicateClaimError, NameMergeError
from incidents.models import Actor, Claim, Facility, Incident, NameMerge, NameMergeUndone, Speaker
from incidents.name_merges.merging import (
    PERMISSION,
    kind_and_key,
    lock_incidents,
    locked_pair,
    look_again,
    rows_naming,
    why_is_asked,
)
from incidents.name_merges.planning import names_of
from incidents.naming import place_in_tree
from incidents.standing_names import MODELS, Name
from incidents.terms import NameKind, Status


@dataclass(frozen=True)
class UndoingPlan:
    """What `undo` would put back: ``claims`` as they stand now; ``changed`` name something else by now and stay."""

    row: Name
    survivor: Name
    claims: list[Claim]
    changed: list[Claim]
    names: list[str]


def in_force(row: Name) -> NameMerge | None:
    """The merge by which a name is merged; None where it is not, or was only proposed."""
    if row.merged_into_id is None:
        return None
    return NameMerge.objects.filter(undone=None, survivor=row.merged_into_id, **kind_and_key(row)).last()


def rows_of(merge: NameMerge) -> tuple[Name, Name]:
    """The merged one and the survivor."""
    rows = MODELS[merge.kind]._default_manager
    return rows.get(pk=merge.merged), rows.get(pk=merge.survivor)


def undoing_obstacles(merge: NameMerge) -> list[str]:
    """Why a merge cannot be taken back now; empty when it can."""
    if NameMergeUndone.objects.filter(merge=merge).exists():
        return [gettext("It was taken back already.")]
    _row, survivor = rows_of(merge)
    if survivor.merged_into is not None:
        told = gettext("“%(name)s” was merged into “%(survivor)s” since: take that back first.")
        return [told % {"name": survivor, "survivor": survivor.merged_into}]
    return []


def plan_undoing(merge: NameMerge) -> UndoingPlan:
    row, survivor = rows_of(merge)
    found = [(claim, names_as_before(claim, done)) for done in merge.carried["claims"] if (claim := now(done))]
    names = names_to_take(merge, row, survivor)
    back, kept = ([claim for claim, is_back in found if is_back is wanted] for wanted in (True, False))
    return UndoingPlan(row, survivor, back, kept, names)


def names_to_take(merge: NameMerge, row: Name, survivor: Name) -> list[str]:
    """The other names that the survivor loses: those that came with the merge, but for what another merged one is
    called. Those that an earlier merge brought, and that stayed for this one's sake when that was undone, go too.
    """
    kept_for_it = NameMerge.objects.filter(
        kind=merge.kind, survivor=merge.survivor, undone__created_at__gt=merge.created_at
    )
    brought = {name for other in kept_for_it for name in other.carried["names"]} & set(names_of(row))
    brought |= set(merge.carried["names"])
    others = {name for other in survivor.merged_here.exclude(pk=row.pk) for name in names_of(other)}
    return [name for name in survivor.aliases if name in brought - others]


def now(done: dict[str, Any]) -> Claim | None:
    """The claim that says now what a renamed one said, or one that ended for saying the same; None when removed."""
    claim = Claim.every.with_evidence().get(pk=done["successor"] or done["claim"])
    if done["became"]:
        return standing_end(claim)
    is_open = claim.ended_at is not None and claim.superseded_by_id is None
    return claim if is_open and claim.incident.status != Status.MERGED else None


def names_as_before(claim: Claim, done: dict[str, Any]) -> bool:
    """Whether a claim still names what the merge let it name."""
    return all(getattr(claim, column) == value for column, value in done["became"].items())


def undo(merge: NameMerge, *, by: User | None, reason: str) -> Name:
    """Let what was merged stand for itself again; return it.

    Claims that name the survivor because of the merge name it again, whatever else of them was changed since; those
    that name something else by now stay. Raises `NameMergeError` that says what is in the way, `InvalidError` (no
    reason) and `PermissionDenied`.
    """
    reason = required("reason", reason, why_is_asked())
    if by is not None and not by.has_perm(PERMISSION):
        raise PermissionDenied
    with acting(by), pghistory.context(naming=True, reason=reason):
        held = lock_incidents(claim.incident_id for done in merge.carried["claims"] if (claim := now(done)))
        row, survivor = locked_pair(*rows_of(merge))
        if blocking := undoing_obstacles(merge):
            raise NameMergeError(" ".join(blocking))
        reopen(row, by=by, reason=reason)
        told = {"row": row, "survivor": survivor, "reason": reason}
        for done in merge.carried["claims"]:
            if (claim := now(done)) is not None:
                if claim.incident_id not in held:
                    raise look_again()
                put_back(claim, done, merge.kind, why=gettext("“%(row)s” is not “%(survivor)s”: %(reason)s") % told)
        taken = names_to_take(merge, row, survivor)
        survivor.aliases = [name for name in survivor.aliases if name not in taken]
        survivor.save()
        if isinstance(row, Actor):
            take_along(merge, row)
        refresh_rows(rows_naming(survivor))
        NameMergeUndone.objects.create(merge=merge, reason=reason, created_by=by)
    return row


def reopen(row: Name, *, by: User | None, reason: str) -> None:
    row.merged_into = None
    if not isinstance(row, Facility):
        row.standing, row.decided_at, row.decided_by, row.decision = Standing.ACCEPTED, timezone.now(), by, reason
    row.save()


def put_back(claim: Claim, done: dict[str, Any], kind: str, *, why: str) -> None:
    """Let a claim name again what it named; one that ended for saying the same as another stands again."""
    current = Claim.every.select_for_update(of=("self",)).get(pk=claim.pk)
    if not done["became"]:
        current.ended_at, current.end_reason = None, ""
        current.save(update_fields=["ended_at", "end_reason", "updated_at"])
        follow_names_or_end(current)
    elif names_as_before(current, done):
        before = columns_of(current, NameKind(kind))
        put_columns(current, done["was"])
        try:
            write(current, reason=why)
        except DuplicateClaimError:  # an editor said it anew: that one stands, and this stays as it is
            put_columns(current, before)


def take_along(merge: NameMerge, row: Actor) -> None:
    """Let what was part of an actor, and who spoke for it, belong to it again, unless they have gone elsewhere."""
    for child in Actor.every.filter(pk__in=merge.carried["children"], parent=merge.survivor):
        child.parent = row
        child.save(update_fields=["parent", "updated_at"])
        place_in_tree(child)
    for speaker in Speaker.every.filter(pk__in=merge.carried["speakers"], actor=merge.survivor):
        speaker.actor = row
        speaker.save(update_fields=["actor", "updated_at"])


def incidents_of(merge: NameMerge) -> list[Incident]:
    """The incidents whose claims a merge changed."""
    keys = [done["claim"] for done in merge.carried["claims"]]
    return list(Incident.objects.filter(claims__in=keys).distinct().order_by("pk"))
