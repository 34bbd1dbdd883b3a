"""Linking incidents: what one has to do with another, with the reason; ended with a reason, never removed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from archive import dates, locking
from archive.locking import acting
from archive.models import Passage, User
from incidents.curation.acting import locked_open, required
from incidents.curation.current_facts import facts_of
from incidents.curation.merging import merged_here, survivor_of
from incidents.curation.telling_drafts import message, named
from incidents.errors import CurationError, InvalidError
from incidents.evidence import Evidence, gather
from incidents.models import Incident, IncidentLink
from incidents.record.same_attack import general_in
from incidents.terms import RELATIONS, LinkKind, Scope

WRITTEN = ("reason", "reason_ar")
FIELDS = (*WRITTEN, "passage")


def link_incidents(
    incident: Incident,
    *,
    to: Incident,
    relation: str,
    by: User | None,
    reason: str,
    reason_ar: str = "",
    passage: Passage | None = None,
) -> IncidentLink:
    """Say what another incident (``to``, or what it was merged into) is to this one. Readers see it at once on both
    pages, where both are published; no edition says it.

    Raises `InvalidError` for what cannot be linked so or is linked already, and for a reason that is missing or tells
    a hidden town; `ClosedIncidentError` when one of the two is withdrawn, or ``incident`` is merged.
    """
    kind, is_from = kind_of(relation)
    said = {"reason": required("reason", reason), "reason_ar": reason_ar.strip(), "passage": passage}
    with acting(by):
        other = survivor_of(to)
        if other.pk == incident.pk:
            raise InvalidError({"to": gettext("This is the incident itself, or is merged into it.")})
        incident, other = locked_both(incident.pk, other.pk)
        ends = {incident.pk: gather(incident), other.pk: gather(other)}
        one, two = (incident, other) if is_from else (other, incident)
        refuse_relation(kind, ends[one.pk], ends[two.pk])
        refuse_said(said, ends.values(), kind)
        link = IncidentLink(kind=kind, one=one, other=two, created_by=by, **said)
        try:
            with transaction.atomic():
                link.save()
        except IntegrityError:
            refuse_second(link)
            raise
    return link


def kind_of(relation: str) -> tuple[LinkKind, bool]:
    """The kind of link, and whether it is from the incident from which it is seen. Raises `InvalidError`."""
    for kind, (seen_from_one, seen_from_other) in RELATIONS.items():
        if relation == seen_from_one:
            return kind, True
        if relation == seen_from_other:
            return kind, False
    raise InvalidError({"relation": gettext("Choose what the other incident is to this one.")})


def locked_both(*pks: int) -> tuple[Incident, Incident]:
    """Lock both in the order of their keys, so that two editors never wait for each other; return them as given."""
    rows = {pk: locked_open(Incident(pk=pk)) for pk in sorted(pks)}
    one, other = (rows[pk] for pk in pks)
    return one, other


def refuse_relation(kind: LinkKind, one: Evidence, other: Evidence) -> None:
    """Raise `InvalidError` for what the two themselves say to be otherwise."""
    if kind == LinkKind.PART_OF and other.incident.scope == Scope.ATTACK:
        told = gettext("%(code)s is one attack: only a series or the totals of a period have parts.")
        raise InvalidError({"relation": told % {"code": other.incident.code}})
    if kind in (LinkKind.REPEAT_ATTACK, LinkKind.RESPONSE) and is_before(one, other):
        told = gettext("%(later)s was certainly before %(earlier)s, by what their claims say now.")
        raise InvalidError({"relation": told % {"later": one.incident.code, "earlier": other.incident.code}})


def is_before(one: Evidence, other: Evidence) -> bool:
    """Whether all days on which one may have happened are before those of the other."""
    when, then = facts_of(one).occurred.date, facts_of(other).occurred.date
    last = dates.possible_days(when).last if when else None
    first = dates.possible_days(then).first if then else None
    return bool(last and first and last < first)


def refuse_said(said: Mapping[str, Any], ends: Iterable[Evidence], kind: str, cited: Passage | None = None) -> None:
    """Raise `InvalidError` for a reason that tells a town of which readers learn only the district, for words that
    neither incident cites, and for a motive without words. ``cited`` is what it cites already.
    """
    ends = list(ends)
    for name in WRITTEN:
        for general in filter(None, map(general_in, ends)):
            if names := named(said[name], general):
                raise InvalidError({name: message(gettext("the reason"), names)})
    passage = said["passage"]
    if passage is None and kind == LinkKind.RESPONSE:
        told = gettext("Why somebody attacked is not for us to say: choose the words that say it.")
        raise InvalidError({"passage": told})
    if passage not in (None, cited) and not citable(*(end.incident for end in ends)).filter(pk=passage.pk).exists():
        raise InvalidError({"passage": gettext("No claim of the two incidents rests on these words.")})


def citable(*incidents: Incident) -> QuerySet[Passage]:
    """The passages that claims or sentences of these incidents cite now: those that their links may cite."""
    pks = [one.pk for incident in incidents for one in (incident, *merged_here(incident))]
    claimed = Q(claims__incident__in=pks, claims__ended_at=None)
    found = Passage.objects.filter(claimed | Q(summary_sentences__incident__in=pks)).distinct()
    return found.select_related("text_version__article__source")


def refuse_second(link: IncidentLink) -> None:
    """Raise `InvalidError` where a link of this kind stands between the two, whichever way."""
    same = IncidentLink.objects.standing().filter(kind=link.kind, one__in=[link.one_id, link.other_id])
    for found in same.filter(other__in=[link.one_id, link.other_id]).select_related("created_by"):
        told = gettext("They are linked so already (%(who)s: “%(reason)s”). Change that link, or end it first.")
        who = found.created_by.shown_name if found.created_by else gettext("Somebody")
        raise InvalidError({"to": told % {"who": who, "reason": found.reason}})


def change_link(link: IncidentLink, *, by: User | None, seen: int, **changes: Any) -> IncidentLink:
    """Write the reason of a link better, or cite other words: ``changes`` are of `FIELDS`. Readers see it at once.

    Raises `InvalidError`, `CurationError` (it was ended), `archive.locking.StaleRowError` and `TypeError` (a field
    that never changes).
    """
    if unknown := changes.keys() - set(FIELDS):
        raise TypeError(f"{sorted(unknown)} of a link never change")
    with acting(by):
        current = locked_link(link, seen)
        for name, value in refuse_changes(current, **changes).items():
            setattr(current, name, value)
        current.save(update_fields=[*FIELDS, "updated_at"])
        current.refresh_from_db(fields=["lock_version"])  # a trigger counts it
    return current


def refuse_changes(link: IncidentLink, **changes: Any) -> dict[str, Any]:
    """Return what a link would say after these changes; raise as `change_link` does."""
    said = {name: getattr(link, name) for name in FIELDS} | changes
    said |= {"reason": required("reason", said["reason"]), "reason_ar": said["reason_ar"].strip()}
    refuse_said(said, [gather(survivor_of(end)) for end in (link.one, link.other)], link.kind, link.passage)
    return said


def end_link(link: IncidentLink, *, by: User | None, seen: int, reason: str) -> IncidentLink:
    """Say that a link does not hold, and why. Readers no longer see it; the row and its history stay.

    Raises `InvalidError` (no reason), `CurationError` (ended already) and `archive.locking.StaleRowError`.
    """
    reason = required("end_reason", reason, gettext("Write why it no longer holds: colleagues will ask."))
    with acting(by):
        current = locked_link(link, seen)
        current.ended_at, current.end_reason = timezone.now(), reason
        current.save(update_fields=["ended_at", "end_reason", "updated_at"])
    return current


def locked_link(link: IncidentLink, seen: int) -> IncidentLink:
    now = IncidentLink.objects.filter(pk=link.pk).first()
    if now is not None and now.ended_at:
        raise CurationError(gettext("It was ended already: %(reason)s") % {"reason": now.end_reason})
    return locking.lock_row(IncidentLink, link.pk, seen=seen)
