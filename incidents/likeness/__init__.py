"""The same attack? Incidents that may tell of what some facts tell of, with what speaks for and against it.

Nothing is linked or merged by it: an editor decides.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from incidents.attack_likeness import Facts, Likeness, Where, compare
from incidents.likeness.candidates import candidates
from incidents.likeness.known_facts import facts_from, facts_of, facts_of_all
from incidents.models import Claim, Incident, IncidentLink

SHOWN = 5
QUOTED = 4  # claims of each that are shown


@dataclass(frozen=True)
class Likely:
    """An incident, drafts included, that may be the same attack: score from 0.55 to 1, and the reasons in words."""

    incident: Incident
    score: float
    reasons: tuple[str, ...]

    @cached_property
    def quotes(self) -> list[Claim]:
        """Its first claims that rest on words, for whoever asks whether it is the same; one query."""
        found: list[Claim] = list(self.incident.claims.with_evidence().exclude(passage=None).order_by("pk")[:QUOTED])
        return found


def likely(facts: Facts, *, limit: int = SHOWN, besides: Collection[int] = ()) -> list[Likely]:
    """The incidents that most likely tell of the attack that the facts tell of, the likeliest first.

    ``besides`` are keys of incidents that are not asked about. Five queries, whatever there is.
    """
    pks = [pk for pk in candidates(facts) if pk not in besides]
    if not pks:
        return []
    compared = {pk: compare(facts, known) for pk, known in facts_of_all(pks).items()}
    order = sorted((pk for pk in compared if compared[pk].is_likely), key=lambda pk: (-compared[pk].score, -pk))[:limit]
    rows = Incident.objects.select_related("row").in_bulk(order)
    return [Likely(rows[pk], *compared[pk]) for pk in order]


def likely_same(incident: Incident, *, limit: int = SHOWN) -> list[Likely]:
    """As `likely`, of what an incident says itself; a link that says of another that it is not the same answers it."""
    return likely(facts_of(incident), limit=limit, besides=[incident.pk, *told_apart(incident)])


def told_apart(incident: Incident) -> set[int]:
    """The keys of incidents of which editors said by a link that they are not the same attack as this one."""
    links = IncidentLink.objects.telling_apart().of([incident.pk]).order_by()
    ends = links.values_list("one", "other", "one__merged_into", "other__merged_into")
    return {pk for found in ends for pk in found if pk and pk != incident.pk}


__all__ = ["Facts", "Likely", "Likeness", "Where", "compare", "facts_from", "facts_of", "likely", "likely_same"]
