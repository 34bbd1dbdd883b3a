"""Who says what in which report, and where one report says two things that exclude each other."""

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from django.utils.translation import gettext as _

from incidents.presentation import fact_wording
from incidents.presentation.quotes import speaker_names
from incidents.record.cited_parts import ClaimRecord
from incidents.record.parts import Voice
from incidents.record.whole import IncidentRecord
from incidents.terms import Aspect, Rank, Stance

Pair = tuple[ClaimRecord, ClaimRecord]
NOBODY_KNOWN = "unknown"  # the slug of the actor that stands for "somebody"


def voice_of(claim: ClaimRecord) -> Voice | None:
    """The speaker of a claim, or the article that says it itself; None for a judgement."""
    if speaker := claim.get("speaker"):
        return Voice(**speaker)
    return {"article": article} if (article := claim.get("article")) else None


def is_same_voice(one: ClaimRecord, other: ClaimRecord) -> bool:
    """Whether one report lets one speaker say both, or says both itself."""
    if not one.get("article") or one.get("article") != other.get("article"):
        return False
    speakers = [speaker["slug"] if (speaker := claim.get("speaker")) else None for claim in (one, other)]
    return speakers[0] == speakers[1]


def contradictions(content: IncidentRecord, pairs: Iterable[Pair]) -> list[str]:
    """Of pairs that exclude each other: say of each report in which one voice says both that it does."""
    return [
        _("One report contradicts itself on this (%(outlet)s); what it says stands in the evidence.") % {"outlet": name}
        for name in outlets(content, pairs)
    ]


def actors_apart(content: IncidentRecord) -> list[str]:
    """Say of each report in which one voice names other actors elsewhere, and no passage names them together."""
    return [
        _("One report names different actors in different places (%(outlet)s); what it says stands in the evidence.")
        % {"outlet": name}
        for name in outlets(content, actor_pairs(content))
    ]


def actor_pairs(content: IncidentRecord) -> Iterator[Pair]:
    several = [actor for one in content.get("actors_one_of") or [] for actor in one["actors"]]
    known = [*(content.get("actors") or []), *several]
    above = {actor["slug"]: set(actor.get("ancestors") or []) for actor in known}
    said: dict[str, set[str]] = {}
    claims = []
    for claim in content["claims"]:
        slugs = named(claim)
        if claim["aspect"] != Aspect.ACTOR or claim["stance"] != Stance.ASSERTS or not slugs or NOBODY_KNOWN in slugs:
            continue
        if claim["rank"] != Rank.DEPRECATED and (passage := claim.get("passage")):
            claims.append(claim)
            for slug in slugs:
                said.setdefault(slug, set()).add(passage)
    for one, other in combinations(claims, 2):
        pairs = list(product(named(one), named(other)))
        related = any(a == b or a in above.get(b, ()) or b in above.get(a, ()) for a, b in pairs)
        if not related and not any(said[a] & said[b] for a, b in pairs):
            yield one, other


def named(claim: ClaimRecord) -> list[str]:
    """The slugs of the actors that a claim names, alone or as one of several."""
    value = claim["value"]
    named_alone = [value["slug"]] if value.get("slug") else []
    return [actor["slug"] for actor in value.get("one_of") or []] or named_alone


def outlets(content: IncidentRecord, pairs: Iterable[Pair]) -> list[str]:
    """The outlets of the reports in which one voice says both of a pair, once each."""
    articles = dict.fromkeys(one["article"] or "" for one, other in pairs if is_same_voice(one, other))
    names = (fact_wording.speakers(speaker_names(content, [{"article": article}])) for article in articles)
    return list(dict.fromkeys(names))
