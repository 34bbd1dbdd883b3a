"""Merging one facility, actor or speaker into another: one transaction, under the locks of all that it touches."""

from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from archive.locking import StaleRowError, acting
from archive.models import User
from archive.terms import Standing
from incidents.curation import refresh_rows
from incidents.curation.acting import required
from incidents.curation.claim_changes import end
from incidents.curation.naming import claims_naming, columns_of, name_instead, says_the_same, was_merged, write
from incidents.errors import DuplicateClaimError, InvalidError, NameMergeError
from incidents.models import Actor, Claim, Facility, Incident, NameMerge, PublishedIncident
from incidents.name_merges.planning import NamePlan, Renamed, plan_merge, refuse_other
from incidents.naming import place_in_tree
from incidents.standing_names import Name, kind_of, standing

PERMISSION = "incidents.merge_names"


def why_is_asked() -> str:
    return gettext("Say why: it stays in the history of both.")


def look_again() -> NameMergeError:
    told = gettext("One of them, or what names them, has changed since this page was shown: look again.")
    return NameMergeError(told)


def merge(
    row: Name,
    *,
    into: Name,
    by: User | None,
    reason: str,
    although: str = "",
    seen: int | None = None,
    seen_plan: str | None = None,
) -> NameMerge:
    """Say that two names are one: all that names ``row`` names ``into`` from now on, or what that was merged into.

    Claims of drafts name the survivor; those that an edition has are replaced by others that do, and editions stay as
    they are. Its names become other names of the survivor, parts of an actor and who speaks for it go along, and its
    public address leads to the survivor. `undo` takes it back.

    ``although`` says why facilities of places far apart are one; ``seen_plan`` is the digest of the plan that the
    editor was shown. Raises `NameMergeError` when they cannot be one, or the plan is another by now; `InvalidError`
    (no reason), `PermissionDenied`, and `StaleRowError` when ``seen`` is not the `lock_version` of ``row`` any more.
    """
    reason = required("reason", reason, why_is_asked())
    if by is not None and not by.has_perm(PERMISSION):
        raise PermissionDenied
    refuse_other(row, into)
    with acting(by), pghistory.context(naming=True, reason=reason):
        survivor = standing(into)
        held = lock_incidents(claims_naming(row).values_list("incident", flat=True))
        current, survivor = locked_pair(row, survivor)
        if seen is not None and current.lock_version != seen:
            raise StaleRowError(current)
        plan = plan_merge(current, into=survivor)
        if seen_plan not in (None, plan.digest) or {one.claim.incident_id for one in plan.claims} - held:
            raise look_again()
        if plan.is_far and not although.strip():
            told = gettext("Say why they are one although their places are far apart.")
            raise InvalidError({"although": told})
        why = " ".join(filter(None, [reason, although.strip()]))
        return carry_out(plan, by=by, reason=why)


def carry_out(plan: NamePlan, *, by: User | None, reason: str) -> NameMerge:
    rows = rows_naming(plan.row)
    carried: dict[str, Any] = {
        "claims": [rename(one, plan) for one in plan.claims],
        "names": plan.names,
        "children": [child.pk for child in plan.children],
        "speakers": [speaker.pk for speaker in plan.speakers],
    }
    close(plan, by=by, reason=reason)
    plan.survivor.aliases = [*plan.survivor.aliases, *plan.names]
    plan.survivor.save()
    if isinstance(plan.survivor, Actor):
        bring_along(plan, plan.survivor)
    refresh_rows(rows)
    return NameMerge.objects.create(
        kind=plan.kind, merged=plan.row.pk, survivor=plan.survivor.pk, reason=reason, carried=carried, created_by=by
    )


def rename(one: Renamed, plan: NamePlan) -> dict[str, Any]:
    """Let a claim name the survivor; return what was done, as `NameMerge.carried` keeps it."""
    done: dict[str, Any] = {"claim": one.claim.pk, "successor": None, "was": {}, "became": {}}
    current = Claim.objects.select_for_update(of=("self",)).get(pk=one.claim.pk)
    why = was_merged(plan.row, plan.survivor)
    if one.double is not None:
        end(current, reason=f"{why} {says_the_same(one.double)}")
        return done
    was = columns_of(current, plan.kind)
    name_instead(current, plan.row, plan.survivor)
    became = columns_of(current, plan.kind)
    try:
        now = write(current, reason=why)
    except DuplicateClaimError as same:  # both were to be renamed
        end(current, reason=f"{why} {says_the_same(same.claim)}")
        return done
    return {**done, "successor": now.pk if now.pk != one.claim.pk else None, "was": was, "became": became}


def close(plan: NamePlan, *, by: User | None, reason: str) -> None:
    row = plan.row
    row.merged_into = plan.survivor
    if not isinstance(row, Facility):
        row.standing, row.decided_at, row.decided_by, row.decision = Standing.MERGED, timezone.now(), by, reason
    row.save()


def bring_along(plan: NamePlan, survivor: Actor) -> None:
    """Let what is part of the merged actor, and who speaks for it, belong to the survivor."""
    for child in plan.children:
        child.parent = survivor
        child.save(update_fields=["parent", "updated_at"])
        place_in_tree(child)
    for speaker in plan.speakers:
        speaker.actor = survivor
        speaker.save(update_fields=["actor", "updated_at"])


def lock_incidents(pks: Any) -> set[int]:
    """Lock incidents in the order of their keys, before the names, as everywhere."""
    held = Incident.objects.select_for_update(of=("self",)).filter(pk__in=set(pks)).order_by("pk")
    return set(held.values_list("pk", flat=True))


def locked_pair(row: Name, survivor: Name) -> tuple[Name, Name]:
    """Lock two names in the order of their keys, so that two merges never wait for each other."""
    rows = type(row)._default_manager.select_for_update(of=("self",)).filter(pk__in=[row.pk, survivor.pk])
    found: dict[int, Name] = {one.pk: one for one in rows.order_by("pk")}
    return found[row.pk], found[survivor.pk]


def rows_naming(row: Name) -> list[int]:
    """The published incidents whose rows of lists name a facility, or an actor or a part of it."""
    if isinstance(row, Facility):
        named = Q(facility_ids__contains=[row.pk])
    elif isinstance(row, Actor):
        named = Q(actor_ids__contains=[row.pk]) | Q(actor_possible_ids__contains=[row.pk])
    else:
        return []
    return list(PublishedIncident.objects.filter(named).values_list("pk", flat=True))


def kind_and_key(row: Name) -> dict[str, Any]:
    return {"kind": kind_of(row), "merged": row.pk}
