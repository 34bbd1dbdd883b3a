"""Taking a merge of names back, as a change like any other: what still names the survivor because of it goes back."""

from collections.abc import Collection
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
from incidents.curation.naming import columns_of, follow_names_or_end, name_instead, put_columns, write
from incidents.errors import DuplicateClaimError, NameMergeError
from incidents.models import Actor, Claim, Facility, NameMerge, NameMergeUndone
from incidents.name_merges.merging import (
    PERMISSION,
    lock_incidents,
    locked_pair,
    look_again,
    rows_naming,
    why_is_asked,
)
from incidents.name_merges.undoing_plan import (
    UndoingPlan,
    names_as_before,
    plan_undoing,
    undoing_obstacles,
)
from incidents.naming import place_in_tree
from incidents.standing_names import Name
from incidents.terms import NameKind


def undo(
    merge: NameMerge,
    *,
    by: User | None,
    reason: str,
    give_back: Collection[int] = (),
    seen_plan: str | None = None,
) -> Name:
    """Let what was merged stand for itself again; return it.

    Claims that name the survivor because of the merge name it again, whatever else of them was changed since; those
    that name something else by now stay. Of those that came to name the survivor since (`UndoingPlan.since`), the ones
    whose keys are in ``give_back`` name it too. ``seen_plan`` is the digest of the plan that the editor was shown.

    Raises `NameMergeError` that says what is in the way, or that the plan is another by now; `InvalidError` (no
    reason) and `PermissionDenied`.
    """
    reason = required("reason", reason, why_is_asked())
    if by is not None and not by.has_perm(PERMISSION):
        raise PermissionDenied
    with acting(by), pghistory.context(naming=True, reason=reason):
        foreseen = plan_undoing(merge)
        held = lock_incidents(foreseen.incidents)
        row, survivor = locked_pair(foreseen.row, foreseen.survivor)
        if blocking := undoing_obstacles(merge):
            raise NameMergeError(" ".join(blocking))
        plan = plan_undoing(merge)
        known = {one.claim.pk for one in plan.since}
        if seen_plan not in (None, plan.digest) or plan.incidents - held or set(give_back) - known:
            raise look_again()
        reopen(row, by=by, reason=reason)
        why = gettext("“%(row)s” is not “%(survivor)s”: %(reason)s") % {
            "row": row,
            "survivor": survivor,
            "reason": reason,
        }
        put_claims_back(plan, row, survivor, give_back, kind=NameKind(merge.kind), why=why)
        survivor.aliases = [name for name in survivor.aliases if name not in plan.names]
        survivor.save()
        if isinstance(row, Actor):
            take_along(plan, row)
        refresh_rows(rows_naming(survivor))
        NameMergeUndone.objects.create(merge=merge, reason=reason, created_by=by)
    return row


def reopen(row: Name, *, by: User | None, reason: str) -> None:
    row.merged_into = None
    if not isinstance(row, Facility):
        row.standing, row.decided_at, row.decided_by, row.decision = Standing.ACCEPTED, timezone.now(), by, reason
    row.save()


def put_claims_back(
    plan: UndoingPlan, row: Name, survivor: Name, give_back: Collection[int], *, kind: NameKind, why: str
) -> None:
    for claim in plan.claims:
        put_back(claim, plan.done[claim.pk], kind, why=why)
    for one in plan.since:
        if one.claim.pk in give_back:
            current = Claim.objects.select_for_update(of=("self",)).get(pk=one.claim.pk)
            before = columns_of(current, kind)
            name_instead(current, survivor, row)
            write_unless_said(current, before, why=why)


def put_back(claim: Claim, done: dict[str, Any], kind: NameKind, *, why: str) -> None:
    """Let a claim name again what it named; one that ended for saying the same as another stands again."""
    current = Claim.every.select_for_update(of=("self",)).get(pk=claim.pk)
    if not done["became"]:
        current.ended_at, current.end_reason = None, ""
        current.save(update_fields=["ended_at", "end_reason", "updated_at"])
        follow_names_or_end(current)
    elif names_as_before(current, done):
        before = columns_of(current, kind)
        put_columns(current, done["was"])
        write_unless_said(current, before, why=why)


def write_unless_said(claim: Claim, before: dict[str, Any], *, why: str) -> None:
    try:
        write(claim, reason=why)
    except DuplicateClaimError:  # an editor said it anew: that one stands, and this stays as it is
        put_columns(claim, before)


def take_along(plan: UndoingPlan, row: Actor) -> None:
    """Let what was part of an actor, and who spoke for it, belong to it again, unless they have gone elsewhere."""
    for child in plan.children:
        child.parent = row
        child.save(update_fields=["parent", "updated_at"])
        place_in_tree(child)
    for speaker in plan.speakers:
        speaker.actor = row
        speaker.save(update_fields=["actor", "updated_at"])
