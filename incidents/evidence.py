"""All that an incident rests on, fetched in a constant number of queries, in the shape that the assessment takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from archive import dates, following
from archive.models import Article, Passage, Place
from incidents.assessment import ClaimView, Count, Harm, KnownPoint, LocalTime, OneOf, Vocabulary, When, Where
from incidents.models import Actor, Claim, Incident, IncidentIdentifier, SummarySentence
from incidents.models.vocabulary import Term
from incidents.terms import NUMBERED, ActorKind, Aspect, Damage, Precision

UNKNOWN = ActorKind.UNKNOWN


@dataclass(frozen=True)
class Evidence:
    """The claims of an incident with everything they point to; ``places`` and ``actors`` include all above them.

    ``identifiers`` are those that readers see. What ``is_new`` is only being stored: no edition can speak of it.
    """

    incident: Incident
    claims: list[Claim]
    sentences: list[SummarySentence]
    places: Mapping[int, Place]
    actors: Mapping[int, Actor]
    identifiers: list[IncidentIdentifier] = field(default_factory=list)
    is_new: bool = False

    @cached_property
    def views(self) -> list[ClaimView]:
        """The claims for `incidents.assessment`; their ids are those of the rows."""
        return [claim_view(claim) for claim in self.claims]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Which places, actors and types lie above the values of the claims."""
        return Vocabulary(
            ancestors={
                place.pcode: tuple(self.places[pk].pcode for pk in place.ancestors) for place in self.places.values()
            },
            facility_types={
                claim.facility.public_id: claim.facility.facility_type.slug for claim in self.claims if claim.facility
            },
            actor_ancestors={
                actor.slug: tuple(self.actors[pk].slug for pk in actor.ancestors) for actor in self.actors.values()
            },
            unknown_actors=frozenset(actor.slug for actor in self.actors.values() if actor.kind == UNKNOWN),
        )

    @cached_property
    def passages(self) -> list[Passage]:
        """Every passage that a claim or a sentence cites, once."""
        return list({passage.pk: passage for passage in self._cited()}.values())

    @cached_property
    def articles(self) -> list[Article]:
        """Every article that a passage is of, once."""
        found = (passage.text_version.article for passage in self.passages)
        return list({article.pk: article for article in found}.values())

    @cached_property
    def followed(self) -> list[following.Followed]:
        """What became of its passages in the texts that are current now; those of current texts are not there."""
        return self._followed_in(following.followed_passages(self.passages))

    def _followed_in(self, found: Mapping[int, following.Followed]) -> list[following.Followed]:
        return [found[passage.pk] for passage in self.passages if passage.pk in found]

    def _cited(self) -> Iterator[Passage]:
        yield from (claim.passage for claim in self.claims if claim.passage)
        for sentence in self.sentences:
            yield from sentence.passages.all()


def follow_together(many: Sequence[Evidence]) -> None:
    """Look up for all of them at once what became of their passages: a query, and another where a text changed."""
    found = following.followed_passages([passage for one in many for passage in one.passages])
    for one in many:
        vars(one)["followed"] = one._followed_in(found)  # where the property keeps it


def gather(incident: Incident) -> Evidence:
    """Fetch the evidence of an incident: six queries, whatever its size, and one more where claims say "one of"."""
    claims = list(incident.claims.with_evidence())
    cited = Passage.objects.select_related("text_version__article__source")
    sentences = list(incident.summary.prefetch_related(Prefetch("passages", cited)))
    return Evidence(
        incident=incident,
        claims=claims,
        sentences=sentences,
        places=with_ancestors(Place, places_of(claims)),
        actors=with_ancestors(Actor, actors_of(claims)),
        identifiers=list(incident.identifiers.shown()),
    )


def places_of(claims: Iterable[Claim]) -> Iterator[Place | None]:
    """The places that claims name, and those in which their facilities stand."""
    for claim in claims:
        yield claim.place
        yield claim.facility.place if claim.facility else None


def actors_of(claims: Iterable[Claim]) -> list[Actor]:
    """The actors that claims name, alone or as one of several."""
    claims = list(claims)
    wanted = {slug for claim in claims for slug in claim.one_of_actors}
    several = Actor.every.filter(slug__in=wanted) if wanted else []
    return list({actor.pk: actor for actor in (*(claim.actor for claim in claims), *several) if actor}.values())


def with_ancestors(model: type, rows: Iterable) -> dict:
    """Return the rows and all above them by primary key, in one query."""
    known = {row.pk: row for row in rows if row is not None}
    wanted = {pk for row in known.values() for pk in row.ancestors} - set(known)
    return {**known, **model._default_manager.in_bulk(wanted)}  # type: ignore[attr-defined]


def claim_view(claim: Claim) -> ClaimView:
    """One claim as the assessment reads it."""
    article = claim.passage.text_version.article if claim.passage else None
    return ClaimView(
        id=claim.pk,
        aspect=claim.aspect,
        value=value_of(claim),
        stance=claim.stance,
        rank=claim.rank,
        speaker=claim.speaker.slug if claim.speaker else "",
        source=article.source.slug if article and article.source else "",
        article=article.pk if article else None,
        passage=claim.passage.public_id if claim.passage else "",
        judgement=claim.judgement,
    )


def local_time(claim: Claim) -> LocalTime | None:
    if claim.time_of_day is None:
        return None
    return LocalTime(claim.time_of_day, claim.time_until, claim.time_is_about)


def point_of(claim: Claim) -> KnownPoint | None:
    """The point that a claim gives, with how near it is known."""
    if claim.point is None or claim.within_m is None:
        return None
    return KnownPoint(claim.within_m, float(claim.point.lat), float(claim.point.lon))


def value_of(claim: Claim) -> When | Where | Count | OneOf | Harm | str:
    """The value of a claim as the assessment compares it."""
    if claim.aspect == Aspect.OCCURRED:
        return When(dates.parse(claim.occurred_edtf), claim.part_of_day, local_time(claim))
    if claim.place:
        return Where(claim.place.pcode, claim.place_precision or Precision.IN, point_of(claim))
    if claim.damage:
        return Harm(Damage(claim.damage), claim.facility.public_id if claim.facility else "")
    if claim.aspect in NUMBERED:
        return Count(claim.count_low, claim.count_high, claim.group)
    if claim.one_of_actors:
        return OneOf(tuple(claim.one_of_actors))
    return claim.facility.public_id if claim.facility else term_of(claim).slug


def term_of(claim: Claim) -> Term:
    """The one term that a claim names; the database checks that it has its aspect's value."""
    term = claim.facility_type or claim.actor or claim.weapon
    assert term is not None
    return term
