"""One attack, two incidents: merging them, and taking that back."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from archive.locking import StaleRowError, acting
from archive.models import User
from incidents.curation.acting import record_event, required
from incidents.curation.carrying import (
    Carried,
    carry,
    carry_identifiers,
    carry_summary,
    foresee,
    foresee_summary,
    key_of_sentence,
)
from incidents.curation.moving import move
from incidents.errors import ClosedIncidentError, MergeError
from incidents.models import Claim, Incident, IncidentLink, SummarySentence
from incidents.terms import CLOSED, Action, Rank, Status


@dataclass(frozen=True)
class MergePlan:
    """What merging ``incident`` into ``survivor`` would do now.

    ``sentences`` are those of the summary that the survivor has not. ``digest`` stands for the two as they are now.
    """

    incident: Incident
    survivor: Incident
    claims: list[Carried]
    sentences: list[str]
    digest: str

    @property
    def moved(self) -> list[Claim]:
        """The claims that the survivor does not have yet."""
        return [one.claim for one in self.claims if one.double is None]

    @property
    def doubles(self) -> list[Carried]:
        return [one for one in self.claims if one.double is not None]

    @cached_property
    def warnings(self) -> list[str]:
        """What an editor should know before: preferred claims on both sides, unlike scopes."""
        found = []
        theirs = {claim.aspect for claim in self.survivor.claims.filter(rank=Rank.PREFERRED)}
        for claim in self.moved:
            if claim.rank == Rank.PREFERRED and claim.aspect in theirs:
                told = gettext("Both have a preferred claim of “%(aspect)s”: decide which one holds.")
                found.append(told % {"aspect": claim.get_aspect_display()})
        if self.incident.scope != self.survivor.scope:
            scopes = f"{self.incident.get_scope_display()}, {self.survivor.get_scope_display()}"
            found.append(gettext("They are not of one scope: %(scopes)s.") % {"scopes": scopes})
        return list(dict.fromkeys(found))


def plan_merge(incident: Incident, *, into: Incident) -> MergePlan:
    """Work out what `merge` would do, and write nothing; raises `MergeError` and `ClosedIncidentError` as it does."""
    survivor = survivor_of(into)
    if incident.status in CLOSED:
        raise ClosedIncidentError(incident)
    refuse_merge(incident, survivor)
    new = [sentence for sentence, double in foresee_summary(incident, survivor) if double is None]
    claims = incident.claims.with_evidence().order_by("pk")
    digest = digest_of([incident, survivor], new)
    return MergePlan(incident, survivor, foresee(claims, survivor), [sentence.text_en for sentence in new], digest)


def digest_of(rows: list[Incident], new: list[SummarySentence]) -> str:
    of_claims = Claim.objects.filter(incident__in=rows).order_by("pk").values_list("pk", "lock_version")
    state = [*((row.pk, row.lock_version, row.status) for row in rows), *of_claims, *map(key_of_sentence, new)]
    return sha256(repr(state).encode()).hexdigest()


def merge(
    incident: Incident,
    *,
    into: Incident,
    by: User | None,
    reason: str,
    seen: int | None = None,
    seen_plan: str | None = None,
) -> Incident:
    """Say that two incidents are the same attack. Return the survivor: ``into``, or what that was merged into itself.

    Readers of ``incident`` are sent there. Its claims end and are continued by claims of the survivor, but for those
    that it has already; sentences of its summary are copied. Readers see them with the survivor's next edition.
    Editions of both stay. `restore` takes it back.

    ``seen_plan`` is the digest of the plan that the editor was shown. Raises `MergeError` when the survivor would be
    the incident itself, is withdrawn, is not published while the incident is, or when the plan is another by now;
    `ClosedIncidentError`; `InvalidError` (no reason); `StaleRowError` when ``seen`` is not its `lock_version` any more.
    """
    reason = required("reason", reason)
    with acting(by):
        survivor = survivor_of(into)
        current, survivor = locked_pair(incident.pk, survivor.pk)
        if seen is not None and current.lock_version != seen:
            raise StaleRowError(current)
        plan = plan_merge(current, into=survivor)
        if plan.survivor.pk != survivor.pk:
            told = gettext("%(code)s was merged into %(other)s meanwhile: look again.")
            raise MergeError(told % {"code": survivor.code, "other": plan.survivor.code})
        if seen_plan is not None and plan.digest != seen_plan:
            raise MergeError(gettext("One of them has changed since this page was shown: look again."))
        event = record_event(current, Action.MERGED, by=by, reason=reason, other=survivor)
        why = gettext("Carried on to %(code)s: %(reason)s") % {"code": survivor.code, "reason": reason}
        carry(plan.claims, to=survivor, event=event, by=by, reason=why)
        carry_summary(current, to=survivor, event=event, by=by)
        carry_identifiers(current, to=survivor, by=by, reason=why)
        move(current, Status.MERGED, closed_at=timezone.now(), reason=reason, into=survivor)
    return survivor


def locked_pair(one: int, other: int) -> tuple[Incident, Incident]:
    """Lock two incidents in the order of their keys, so that two merges never wait for each other."""
    found = Incident.objects.select_for_update(of=("self",)).filter(pk__in=[one, other]).order_by("pk")
    rows = {row.pk: row for row in found}
    return rows[one], rows[other]


def survivor_of(incident: Incident) -> Incident:
    """Follow merges to the incident that still stands; one that was never merged is its own."""
    while incident.merged_into is not None:
        incident = incident.merged_into
    return incident


def merged_here(incident: Incident) -> list[Incident]:
    """The incidents that were merged into this one, directly or by others, the first merged first."""
    found: list[Incident] = []
    level = [incident.pk]
    while level:
        rows = list(Incident.objects.filter(merged_into__in=level).select_related("row").order_by("closed_at", "pk"))
        found += rows
        level = [row.pk for row in rows]
    return sorted(found, key=lambda row: (row.closed_at, row.pk))


def refuse_merge(incident: Incident, survivor: Incident) -> None:
    if survivor.pk == incident.pk:
        raise MergeError(gettext("An incident cannot be merged into itself."))
    if (link := told_apart(incident, survivor)) is not None:
        told = gettext("A link says that they are not the same attack: “%(reason)s” End it first.")
        raise MergeError(told % {"reason": link.reason})
    if survivor.status in CLOSED:
        status = str(survivor.get_status_display()).lower()
        raise MergeError(gettext("%(code)s is %(status)s.") % {"code": survivor.code, "status": status})
    if incident.status == Status.PUBLISHED and survivor.status != Status.PUBLISHED:
        told = gettext("%(survivor)s is not published: readers of %(code)s would find nothing.")
        raise MergeError(told % {"survivor": survivor.code, "code": incident.code})


def told_apart(one: Incident, other: Incident) -> IncidentLink | None:
    """The link by which editors say that two are not the same attack; what was merged into either counts."""
    ours, theirs = ([row.pk for row in (end, *merged_here(end))] for end in (one, other))
    between = Q(one__in=ours, other__in=theirs) | Q(one__in=theirs, other__in=ours)
    return IncidentLink.objects.telling_apart().filter(between).first()
