"""Whether what a merge or a split made must stay when that is undone: because of others, or of editors."""

from math import inf

from django.db.models import Exists, F, OuterRef

from incidents.models import Claim, EditorialEvent, SummarySentence, Transfer
from incidents.terms import Action


def stays(claim: Claim, *, without: Claim) -> bool:
    """Whether a claim that continues ``without`` says more than that: another carried claim is continued by it too, it
    was not carrying that made it, or an editor let it stand again when nothing carried was continued by it any more.
    """
    line, carried = line_of(claim)
    return bool(carried - {without.pk}) or not was_always_carried(line)


def line_of(claim: Claim) -> tuple[set[int], set[int]]:
    """The keys of a claim and of what it was before, and of the carried claims that any of these continue now."""
    line, carried, newest = {claim.pk}, set[int](), {claim.pk}
    while newest:
        replaced = Claim.every.filter(superseded_by__in=newest)
        came = set(replaced.filter(departures__successor=F("superseded_by")).values_list("pk", flat=True))
        newest = set(replaced.values_list("pk", flat=True)) - came - line
        carried |= came
        line |= newest
    return line, carried


def was_always_carried(line: set[int]) -> bool:
    """Whether carrying made the first of these claims, and something carried was continued by them ever since."""
    held_until: float | None = None
    transfers = Transfer.objects.filter(successor__in=line).select_related("event").order_by("event", "pk")
    for transfer in transfers:
        if transfer.was_there and (held_until is None or transfer.event_id > held_until):
            return False
        held_until = max(held_until or 0, end_of(transfer.event))
    return held_until is not None


def end_of(event: EditorialEvent) -> float:
    """The key of the event that took a merge or a split back; infinite while it holds."""
    later = EditorialEvent.objects.filter(incident=event.incident_id, other=event.other_id, pk__gt=event.pk)
    taken_back = later.filter(action=Action.RESTORED).order_by("pk").first()
    return taken_back.pk if taken_back else inf


def is_said_too(copy: SummarySentence, event: EditorialEvent) -> bool:
    """Whether an incident that was merged by another event, and still is, has the sentence of this copy."""
    later = EditorialEvent.objects.filter(
        incident=OuterRef("event__incident"), action=Action.MERGED, pk__gt=OuterRef("event")
    )
    others = Transfer.objects.filter(sentence_copy=copy.pk, event__incident__merged_into=copy.incident_id)
    return others.exclude(event=event).filter(~Exists(later)).exists()
