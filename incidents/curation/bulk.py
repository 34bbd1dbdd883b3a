"""Publishing many incidents at once: the rows of a data set, each tied to its own words.

What is written is what `create_incident`, `make_claim` and `publish` would have written one after the other, but for
the history, where a row begins as published; a batch is one transaction and has a constant number of statements.
Every check of the database holds: triggers and constraints see each row.

Only the data of `make bench` are published so today; no command of the archive calls it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext

from archive import addresses
from archive.copying import insert
from archive.locking import acting
from archive.models import Citation, Passage, Place, User
from archive.search import index_cited
from archive.unused_codes import give_unused_codes
from incidents.assessment import Facts
from incidents.curation import claim_values
from incidents.curation.acting import required
from incidents.curation.current_facts import facts_of, missing_in
from incidents.curation.identifiers import clean
from incidents.curation.new_claims import put_values
from incidents.curation.passage_citations import aspects
from incidents.curation.published_rows import write_rows
from incidents.curation.telling_drafts import refuse_telling_note
from incidents.curation.warning import answer_of, warnings_in
from incidents.errors import DuplicateClaimError, InvalidError, NotReadyError, OwnWorkError, UnansweredError
from incidents.evidence import Evidence, actors_of, follow_together, places_of, with_ancestors
from incidents.models import (
    Actor,
    Claim,
    Edition,
    EditorialEvent,
    IdentifierScheme,
    Incident,
    IncidentIdentifier,
    Speaker,
    WarningAnswer,
)
from incidents.record.writing import content_of, digest
from incidents.terms import Action, Rank, Scope, Stance, Status

BATCH = 500
CODES = ("incidents_incident_code", "incidents_claim_public_id")  # how the keys of codes begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim to be made, as the arguments of `curation.make_claim`.

    ``values`` are the claim's `claim_values.fields_of` its aspect; a passage comes with its text, article and source.
    """

    aspect: str
    values: Mapping[str, Any]
    passage: Passage | None = None
    stance: str = Stance.ASSERTS
    rank: str = Rank.NORMAL
    speaker: Speaker | None = None
    judgement: str = ""
    reasoning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An incident to be published; ``identifiers`` are schemes and values by which others know it.

    ``kept`` answers its warnings, by the name of the rule: why what it warns of is right in this data set.
    """

    claims: Sequence[Said]
    scope: str = Scope.ATTACK
    working_title: str = ""
    identifiers: Sequence[tuple[str, str]] = field(default=())
    kept: Mapping[str, str] = field(default_factory=dict)


def publish_all(drafts: Iterable[Draft], *, by: User | None, note: str) -> Iterator[Edition]:
    """Make and publish incidents, 500 in a transaction; give each one's first edition when its batch is committed.

    Raises as the services do for one: `InvalidError`, `DuplicateClaimError`, `NotReadyError`, `UnansweredError`; then
    nothing of that batch is written, and the batches before it stay. `OwnWorkError` for anybody but a command: nobody
    else has looked at a batch.
    """
    note = required("note", note)
    if by is not None and not settings.ONE_PERSON_ARCHIVE:
        raise OwnWorkError([gettext("all of it")])
    batch: list[Draft] = []
    for draft in drafts:
        batch.append(draft)
        if len(batch) == BATCH:
            yield from publish_batch(batch, by=by, note=note)
            batch = []
    if batch:
        yield from publish_batch(batch, by=by, note=note)


def publish_batch(drafts: Sequence[Draft], *, by: User | None, note: str) -> Sequence[Edition]:
    """Write a batch; once more if another session took one of its codes meanwhile."""
    try:
        return write_batch(drafts, by=by, note=note)
    except IntegrityError as error:
        if not any(key in str(error) for key in CODES):
            raise
        return write_batch(drafts, by=by, note=note)


def write_batch(drafts: Sequence[Draft], *, by: User | None, note: str) -> Sequence[Edition]:
    with acting(by):
        now = timezone.now()
        incidents = [incident_of(draft, by) for draft in drafts]
        give_unused_codes(incidents, "code")
        insert(incidents)
        made = [claims_of(draft, incident, by) for draft, incident in zip(drafts, incidents, strict=True)]
        every = [claim for claims in made for claim in claims]
        give_unused_codes(every)
        insert(every)
        known_as = identifiers_of(drafts, incidents, by)
        insert(list(chain.from_iterable(known_as)))
        found = gather_all(incidents, made, known_as)
        facts = [facts_of(evidence) for evidence in found]
        editions = insert([edition_of(*of_one, by=by, note=note, at=now) for of_one in zip(found, facts, strict=True)])
        insert(
            [
                answer
                for draft, evidence, said in zip(drafts, found, facts, strict=True)
                for answer in answers_of(draft, evidence, said, by)
            ]
        )
        write_rows(editions, {})
        write_about(editions, made, by=by, note=note)
    return editions


def incident_of(draft: Draft, by: User | None) -> Incident:
    return Incident(
        scope=draft.scope,
        status=Status.PUBLISHED,
        working_title=draft.working_title.strip(),
        created_by=by,
    )


def claims_of(draft: Draft, incident: Incident, by: User | None) -> list[Claim]:
    """The claims of a draft, checked as `make_claim` does; raises `InvalidError` and `DuplicateClaimError`."""
    claims = []
    seen: dict[tuple[Any, ...], Claim] = {}
    for said in draft.claims:
        claim = Claim(
            incident=incident,
            aspect=said.aspect,
            stance=said.stance,
            rank=said.rank,
            speaker=said.speaker,
            passage=said.passage,
            judgement=said.judgement.strip(),
            reasoning=said.reasoning.strip(),
            created_by=by,
        )
        put_values(claim, dict(said.values))
        fields = ("aspect", "stance", "speaker", "passage", *claim_values.fields_of(claim.aspect))
        said_of = (getattr(claim, name) for name in fields)
        same = tuple(tuple(value) if isinstance(value, list) else value for value in said_of) + (
            () if claim.passage else (claim.judgement,)
        )
        if same in seen:
            raise DuplicateClaimError(seen[same])
        seen[same] = claim
        claims.append(claim)
    return claims


def identifiers_of(
    drafts: Sequence[Draft], incidents: Sequence[Incident], by: User | None
) -> list[list[IncidentIdentifier]]:
    """The identifiers of each draft, not stored yet; raises `InvalidError` for a scheme that nobody knows."""
    wanted = {scheme for draft in drafts for scheme, _value in draft.identifiers}
    schemes = IdentifierScheme.objects.in_bulk(wanted, field_name="slug")
    if unknown := sorted(wanted - set(schemes)):
        raise InvalidError({"identifiers": f"No data set has the short name {', '.join(unknown)}."})
    return [
        [
            IncidentIdentifier(incident=incident, scheme=schemes[scheme], value=clean(value), created_by=by)
            for scheme, value in draft.identifiers
        ]
        for draft, incident in zip(drafts, incidents, strict=True)
    ]


def gather_all(
    incidents: Sequence[Incident], made: Sequence[list[Claim]], known_as: Sequence[list[IncidentIdentifier]]
) -> list[Evidence]:
    """The evidence of new incidents, which have no summary yet: three queries, one more where a cited text changed."""
    places = with_ancestors(Place, (place for claims in made for place in places_of(claims)))
    actors = with_ancestors(Actor, actors_of(claim for claims in made for claim in claims))
    found = [
        Evidence(
            incident=incident,
            claims=claims,
            sentences=[],
            places=branch(places_of(claims), places),
            actors=branch(actors_of(claims), actors),
            identifiers=[identifier for identifier in identifiers if identifier.scheme.is_public],
            is_new=True,
        )
        for incident, claims, identifiers in zip(incidents, made, known_as, strict=True)
    ]
    follow_together(found)
    return found


def branch(rows: Iterable[Any], known: Mapping[int, Any]) -> dict[int, Any]:
    """The rows that are there, and all above them, by primary key."""
    there = {row.pk: row for row in rows if row is not None}
    return there | {pk: known[pk] for row in there.values() for pk in row.ancestors}


def edition_of(evidence: Evidence, facts: Facts, *, by: User | None, note: str, at: datetime) -> Edition:
    """The first edition; raises `NotReadyError`."""
    if lacking := missing_in(evidence):
        raise NotReadyError(lacking)
    refuse_telling_note(evidence, note=note)
    content = content_of(evidence, facts, number=1, published_at=at, note=note)
    return Edition(
        incident=evidence.incident,
        number=1,
        published_at=at,
        published_by=by,
        note=note,
        content=content,
        sha256=digest(content),
    )


def answers_of(draft: Draft, evidence: Evidence, facts: Facts, by: User | None) -> list[WarningAnswer]:
    """The answers to all warnings of a draft; raises `UnansweredError`."""
    standing = warnings_in(evidence, facts)
    if unanswered := [warning for warning in standing if not draft.kept.get(warning.rule, "").strip()]:
        raise UnansweredError(unanswered)
    return [answer_of(evidence.incident, warning, draft.kept[warning.rule], by) for warning in standing]


def write_about(editions: Sequence[Edition], made: Sequence[list[Claim]], *, by: User | None, note: str) -> None:
    """Write what stands beside the editions: events, who cites which passage."""
    created, published = Action.CREATED, Action.PUBLISHED
    insert(
        [
            event
            for edition in editions
            for event in (
                EditorialEvent(incident=edition.incident, action=created, by=by),
                EditorialEvent(incident=edition.incident, action=published, reason=note, edition_number=1, by=by),
            )
        ]
    )
    insert(
        [
            Citation(
                passage=passage,
                record=edition.content["code"],
                path=addresses.template("incident").format(edition.content["code"]),
                title_en=edition.content["title_en"],
                title_ar=edition.content["title_ar"],
                aspects=aspects(edition.content, passage.public_id),
                is_current=True,
            )
            for edition, claims in zip(editions, made, strict=True)
            for passage in {claim.passage.pk: claim.passage for claim in claims if claim.passage}.values()
        ]
    )
    index_cited(
        claim.passage.text_version.article_id for claims in made for claim in claims if claim.passage is not None
    )
