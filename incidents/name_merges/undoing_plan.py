"""What taking a merge of names back would do: nothing is written here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext

from archive.versions import events_of
from incidents.curation.carrying import standing_ends
from incidents.curation.naming import claims_naming
from incidents.models import Actor, Claim, NameMerge, NameMergeUndone, Speaker
from incidents.models.claims import shown
from incidents.name_merges.merging import kind_and_key
from incidents.name_merges.planning import names_of
from incidents.standing_names import MODELS, Name
from incidents.terms import Status

Done = dict[str, Any]  # one of the claims of `NameMerge.carried`


@dataclass(frozen=True, slots=True)
class Since:
    """A claim that came to name the survivor after the merge; ``was_its`` where it had named the merged one before."""

    claim: Claim
    was_its: bool


@dataclass(frozen=True)
class UndoingPlan:
    """What `undo` would put back: ``claims`` as they stand now; ``changed`` name something else by now and stay.

    ``since`` were made later, or restored: nobody can know which of the two they mean, so each is asked about.
    ``names`` are no longer other names of the survivor. ``digest`` stands for all of it as it is now.
    """

    row: Name
    survivor: Name
    claims: list[Claim]
    changed: list[Claim]
    since: list[Since]
    names: list[str]
    children: list[Actor]
    speakers: list[Speaker]
    done: dict[int, Done] = field(repr=False)

    @property
    def digest(self) -> str:
        rows = [self.row, self.survivor, *self.children, *self.speakers]
        claims = (self.claims, self.changed, [one.claim for one in self.since])
        state = [[(one.pk, one.lock_version) for one in part] for part in (rows, *claims)]
        return sha256(repr([state, self.names]).encode()).hexdigest()

    @property
    def incidents(self) -> set[int]:
        """The keys of those whose claims it may change."""
        return {claim.incident_id for claim in (*self.claims, *(one.claim for one in self.since))}


def in_force(row: Name) -> NameMerge | None:
    """The merge by which a name is merged; None where it is not, or was only proposed."""
    if row.merged_into_id is None:
        return None
    return NameMerge.objects.filter(undone=None, survivor=row.merged_into_id, **kind_and_key(row)).last()


def rows_of(merge: NameMerge) -> tuple[Name, Name]:
    """The merged one and the survivor."""
    rows = MODELS[merge.kind]._default_manager.select_related("merged_into")
    return rows.get(pk=merge.merged), rows.get(pk=merge.survivor)


def undoing_obstacles(merge: NameMerge) -> list[str]:
    """Why a merge cannot be taken back now; empty when it can."""
    if NameMergeUndone.objects.filter(merge=merge).exists():
        return [gettext("It was taken back already.")]
    _row, survivor = rows_of(merge)
    if survivor.merged_into is not None:
        told = gettext("“%(name)s” was merged into “%(survivor)s” since: take that back first.")
        return [told % {"name": shown(survivor), "survivor": shown(survivor.merged_into)}]
    return []


def plan_undoing(merge: NameMerge) -> UndoingPlan:
    """A fixed number of queries, and one more for each time that a claim was replaced again."""
    row, survivor = rows_of(merge)
    found = renamed_now(merge)
    back = [claim for claim, done in found if names_as_before(claim, done)]
    since = named_since(merge, row, survivor, but={claim.pk for claim in back})
    told = {claim.pk for claim in (*back, *(one.claim for one in since))}
    return UndoingPlan(
        row=row,
        survivor=survivor,
        claims=back,
        changed=[claim for claim, _done in found if claim.pk not in told],
        since=since,
        names=names_to_take(merge, row, survivor),
        children=list(Actor.every.filter(pk__in=merge.carried["children"], parent=merge.survivor).order_by("pk")),
        speakers=list(Speaker.every.filter(pk__in=merge.carried["speakers"], actor=merge.survivor).order_by("pk")),
        done={claim.pk: done for claim, done in found},
    )


def renamed_now(merge: NameMerge) -> list[tuple[Claim, Done]]:
    """Each claim that says now what a renamed one said, or ended for saying the same, once; not what was removed."""
    rows = Claim.every.with_evidence().select_related("incident")
    first = rows.in_bulk([done["successor"] or done["claim"] for done in merge.carried["claims"]])
    ends = standing_ends(first.values())
    found: dict[int, tuple[Claim, Done]] = {}
    for done in merge.carried["claims"]:
        key = done["successor"] or done["claim"]
        claim = ends[key] if done["became"] else as_it_ended(first[key])
        if claim is not None:
            found.setdefault(claim.pk, (claim, done))
    return list(found.values())


def as_it_ended(claim: Claim) -> Claim | None:
    """A claim that ended for saying the same as another; None when it stands again, or went on with its incident."""
    has_ended = claim.ended_at is not None and claim.superseded_by_id is None
    return claim if has_ended and claim.incident.status != Status.MERGED else None


def names_as_before(claim: Claim, done: Done) -> bool:
    """Whether a claim still names what the merge let it name."""
    return all(getattr(claim, column) == value for column, value in done["became"].items())


def named_since(merge: NameMerge, row: Name, survivor: Name, *, but: Collection[int]) -> list[Since]:
    """The claims that name the survivor now, and did not when the two were merged; five queries, and one more for each
    time that a claim was replaced again. What another merge brought is not among them.
    """
    rows = claims_naming(survivor).filter(updated_at__gt=merge.created_at).exclude(pk__in=but)
    claims = list(rows.select_related("incident", "created_by").order_by("pk"))
    before = lines_of(claims)
    ours, others = keys_carried([merge]), keys_carried(other_merges(merge))
    events: Any = events_of(Claim)._default_manager.filter(updated_at__lte=merge.created_at)
    last = events.filter(pgh_obj_id__in=set().union(*before.values())).order_by("pgh_obj_id", "-pgh_id")
    then = {event.pgh_obj_id: event for event in last.distinct("pgh_obj_id")}
    found = []
    for claim in claims:
        line = before[claim.pk]
        known = [then[pk] for pk in line if pk in then]
        is_ours = bool(line & ours)
        if is_ours or not (line & others or any(is_named(survivor, event) for event in known)):
            found.append(Since(claim, is_ours or any(is_named(row, event) for event in known)))
    return found


def is_named(row: Name, event: Any) -> bool:
    """Whether an event of a claim names a facility, actor or speaker."""
    if isinstance(row, Actor) and row.slug in event.one_of_actors:
        return True
    return bool(getattr(event, f"{row._meta.model_name}_id") == row.pk)


def lines_of(claims: Iterable[Claim]) -> dict[int, set[int]]:
    """The keys of claims that stand, each with its own and those of all that it came from, one after another."""
    lines = {claim.pk: {claim.pk} for claim in claims}
    leads_to = {pk: pk for pk in lines}
    ahead = set(lines)
    while ahead:
        steps = dict(Claim.every.filter(superseded_by__in=ahead).values_list("pk", "superseded_by"))
        for pk, after in steps.items():
            leads_to[pk] = leads_to[after or 0]
            lines[leads_to[pk]].add(pk)
        ahead = set(steps)
    return lines


def other_merges(merge: NameMerge) -> Iterable[NameMerge]:
    return NameMerge.objects.filter(kind=merge.kind, survivor=merge.survivor).exclude(pk=merge.pk)


def keys_carried(merges: Iterable[NameMerge]) -> set[int]:
    done = [one for merge in merges for one in merge.carried["claims"]]
    return {key for one in done for key in (one["claim"], one["successor"]) if key is not None}


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
