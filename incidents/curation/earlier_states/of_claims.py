"""What becomes of the claims of an incident when an earlier state of it is restored."""

from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from archive.terms import Standing
from incidents.curation.claim_changes import compared
from incidents.curation.earlier_states.citing import not_citable
from incidents.curation.earlier_states.steps import Act, Rows, Step, unlike
from incidents.curation.naming import name_instead
from incidents.models import Actor, Claim, Incident, Transfer
from incidents.models.vocabulary import Term
from incidents.standing_names import standing

TERMS = ("actor", "weapon", "facility_type", "speaker")
NAMES = (*TERMS, "facility")


def says(claim: Any) -> Hashable:
    """All that a claim, or an event of one, says of its incident."""
    return repr(sorted({**compared(claim), "rank": claim.rank}.items()))


def of_claims(incident: Incident, now: Rows, then: Rows) -> Iterator[Step]:
    slugs = {slug for event in then.values() for slug in event.one_of_actors}
    actors = Actor.every.in_bulk(slugs, field_name="slug") if slugs else {}
    for event in then.values():
        follow_names(event, actors)
    left, lacking = unlike(now, then, says)
    known = claims_with_successors(set(lacking))
    carried, returned = carried_away(known), went_back(incident)
    for row, event in lacking.items():
        act, claim = where_it_went(known.get(row), left, known, carried)
        if claim is not None:
            left.pop(claim.pk, None)
        told = stands_elsewhere(claim, incident, known, returned) if claim is not None and act == Act.PUT_BACK else ""
        yield Step("claim", act, row, claim, event, told or in_the_way(event, claim, actors))
    yield from (Step("claim", Act.REMOVE, row, claim, None) for row, claim in left.items())


def follow_names(event: Any, actors: dict[str, Actor]) -> None:
    """Let an event of a claim name what its names stand for now, as every claim does that stands again.

    ``actors`` are those that it names as alternatives, by their slugs; the survivors are added.
    """
    for name in NAMES:
        if (row := getattr(event, name)) is not None and row.merged_into_id is not None:
            setattr(event, name, standing(row))
    merged = [actors[slug] for slug in event.one_of_actors if actors[slug].merged_into_id is not None]
    for actor in merged:
        survivor = standing(actor)
        actors[survivor.slug] = survivor
        name_instead(event, actor, survivor)


def claims_with_successors(rows: Collection[int]) -> dict[int, Claim]:
    """These claims and all that replaced them, by key; a query for each time that claims were replaced."""
    known: dict[int, Claim] = {}
    wanted = set(rows)
    while wanted:
        found = Claim.every.filter(pk__in=wanted).with_evidence().select_related("incident", "superseded_by__incident")
        known |= {claim.pk: claim for claim in found}
        wanted = {claim.superseded_by_id for claim in known.values() if claim.superseded_by_id} - known.keys()
    return known


def where_it_went(
    claim: Claim | None, left: Rows, known: dict[int, Claim], carried: Collection[int]
) -> tuple[Act, Claim | None]:
    """What is done so that a claim stands as it did, and the claim that it is done to.

    What an editor moved to another incident comes back from there; what a merge or a split carried does not.
    """
    if claim is None:
        return Act.ADD, None
    last = last_of(claim, known)
    if last.pk in left:
        return Act.CHANGE, last
    if last.ended_at is None and last.pk != claim.pk:
        if last.incident_id == claim.incident_id:
            return Act.ADD, None
        line = [claim, *successors(claim, known)]
        return (Act.PUT_BACK, claim) if any(one.pk in carried for one in line) else (Act.CHANGE, last)
    return (Act.CHANGE if claim.ended_at is None else Act.PUT_BACK), claim


def last_of(claim: Claim, known: dict[int, Claim]) -> Claim:
    """The claim itself, or the last that replaced it; it may have ended."""
    return [claim, *successors(claim, known)][-1]


def successors(claim: Claim, known: dict[int, Claim]) -> Iterator[Claim]:
    """The claims that replaced one, one after the other, as far as they replaced it and have not been put back."""
    seen = {claim.pk}
    while claim.ended_at is not None and claim.superseded_by_id and claim.superseded_by_id not in seen:
        claim = known[claim.superseded_by_id]
        seen.add(claim.pk)
        yield claim


def carried_away(known: dict[int, Claim]) -> set[int]:
    """The keys of those that a merge or a split let another claim continue, and that it continues now."""
    transfers = Transfer.objects.filter(claim__in=known, claim__superseded_by=F("successor"))
    return set(transfers.values_list("claim", flat=True))


def went_back(incident: Incident) -> dict[int, Claim]:
    """What merges and splits made here, and what replaced it, by key: each with the claim that stands elsewhere for it
    again, since what was carried here went back.
    """
    transfers = Transfer.objects.filter(successor__incident=incident, was_there=False)
    carried = list(transfers.values_list("claim", "successor"))
    known = claims_with_successors({key for pair in carried for key in pair if key})
    found: dict[int, Claim] = {}
    for origin, arrived in carried:
        here = {arrived, *(claim.pk for claim in successors(known[arrived], known))}
        now = last_of(known[origin], known)
        if now.ended_at is None and now.incident_id != incident.pk and now.pk not in here:
            found |= dict.fromkeys(here, now)
    return found


def stands_elsewhere(claim: Claim, incident: Incident, known: dict[int, Claim], returned: dict[int, Claim]) -> str:
    """Why a claim cannot stand again without its being said twice; empty when it can."""
    last = last_of(claim, known)
    if last.ended_at is None and last.incident_id != incident.pk:
        told = _("It was carried to %(code)s since: take the merge or the split back instead.")
        return told % {"code": last.incident.code}
    if (origin := returned.get(claim.pk)) is not None:
        told = _("It went back to %(code)s, where it stands since the merge or the split was taken back.")
        return told % {"code": origin.incident.code}
    return ""


def in_the_way(then: Any, claim: Claim | None, actors: Mapping[str, Actor]) -> str:
    """Why a claim cannot say again what it said; empty when it can."""
    terms: list[Term] = [term for name in TERMS if (term := getattr(then, name)) is not None]
    for term in [*terms, *(actors[slug] for slug in then.one_of_actors)]:
        if told := not_usable(term):
            return told
    is_there = claim is not None and claim.ended_at is None and claim.passage_id == then.passage_id
    return "" if then.passage is None or is_there else not_citable(then.passage)


def not_usable(term: Term) -> str:
    if term.standing != Standing.REFUSED:
        return ""
    return _("“%(term)s” was refused since: %(reason)s") % {"term": term.name, "reason": term.decision}
