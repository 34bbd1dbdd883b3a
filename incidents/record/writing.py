"""The whole content of an edition, from an incident's evidence and the facts that follow from it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from archive import dates
from archive.terms import values
from incidents.assessment import (
    CountFact,
    Counts,
    DamageFact,
    Facts,
    OneOfFact,
    PlaceFact,
    PointFact,
    ValueFact,
)
from incidents.evidence import Evidence
from incidents.models import Claim
from incidents.record import titles
from incidents.record.from_rows import (
    article_record,
    claim_record,
    facility_names,
    identifier_record,
    iso,
    part_of_day,
    passage_record,
    point_record,
    term_names,
    time_record,
)
from incidents.record.generalised import facts_seen, generalised
from incidents.record.parts import (
    ActorRecord,
    CountsRecord,
    DamageRecord,
    FacilityRecord,
    Occurred,
    OneOfRecord,
    PlaceRecord,
    PointRecord,
    PointSaid,
    TermRecord,
    Voice,
)
from incidents.record.place_names import place_names
from incidents.record.same_attack import general_in
from incidents.record.title_labels import labels
from incidents.record.whole import IncidentRecord
from incidents.terms import FURTHER, Aspect, Group, Precision, Scope, Stance

SCHEMA = 1
ASPECT_ORDER = list(values(Aspect))


def content_of(
    evidence: Evidence, facts: Facts, *, number: int, published_at: datetime, note: str, note_ar: str = ""
) -> IncidentRecord:
    """Return the record that edition ``number`` states for ever; plain JSON, all names and quotes copied in.

    Rows are named by public ids; users, internal notes and database ids stay out. ``note_ar`` is there only where it
    was written, ``actors_one_of`` where a claim names several actors of whom one did it, ``identifiers`` where another
    data set has it, ``damage`` and the aspects of `FURTHER` where a claim speaks of them: what has none reads to the
    byte as before there were such. Where readers may learn only the district of a facility that a claim names, or an
    edition of the same attack, the record has no other place: a query, and five more then.
    """
    incident = evidence.incident
    general = general_in(evidence)
    stated = facts_seen(facts, general) if general else facts
    title = titles.make_title(stated, labels(evidence), scope=incident.scope)
    writer = Writer(evidence)
    record: IncidentRecord = {
        "schema": SCHEMA,
        "code": incident.code,
        "version": number,
        "scope": Scope(incident.scope),
        "title_en": title.en,
        "title_ar": title.ar,
        "published_at": published_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "note": note,
        "occurred": writer.occurred(facts),
        "places": [writer.place(fact) for fact in facts.places.items],
        "facilities": [writer.facility(fact) for fact in facts.facilities.asserted],
        "facility_types": [writer.facility_type(fact) for fact in facts.facility_types.asserted],
        "actors": [writer.actor(fact) for fact in facts.actors.items],
        "weapons": [writer.weapon(fact) for fact in facts.weapons.asserted],
        "killed": writer.counts(facts.counts[Aspect.KILLED]),
        "injured": writer.counts(facts.counts[Aspect.INJURED]),
        "claims": [claim_record(claim, writer.actors) for claim in in_order(evidence.claims)],
        "passages": {passage.public_id: passage_record(passage) for passage in evidence.passages},
        "articles": {article.public_id: article_record(article) for article in evidence.articles},
        "summary": [
            {
                "text_en": sentence.text_en,
                "text_ar": sentence.text_ar,
                "passages": [passage.public_id for passage in sentence.passages.all()],
            }
            for sentence in evidence.sentences
        ],
    }
    if note_ar:
        record["note_ar"] = note_ar
    for aspect in FURTHER:
        if said := writer.counts(facts.counts[aspect], with_against=True):
            record[aspect.value] = said  # type: ignore[typeddict-unknown-key]
    if facts.damage:
        record["damage"] = [writer.damage(fact) for fact in facts.damage]
    if several := [writer.one_of(fact) for fact in facts.actors.one_of]:
        record["actors_one_of"] = several
    if known_as := [identifier_record(identifier) for identifier in evidence.identifiers]:
        record["identifiers"] = known_as
    return generalised(record, general) if general else record


def canonical(content: Mapping[str, Any]) -> bytes:
    """The JSON whose sha256 an edition keeps: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content: Mapping[str, Any]) -> str:
    """The sha256 of the canonical JSON, hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (ASPECT_ORDER.index(claim.aspect), claim.pk))


class Writer:
    """Writes facts as JSON; looks up what their values name in the evidence."""

    def __init__(self, evidence: Evidence) -> None:
        self.claims: Mapping[int, Claim] = {claim.pk: claim for claim in evidence.claims}
        self.places = {place.pcode: place for place in evidence.places.values()}
        self.places_by_id = evidence.places
        self.actors = {actor.slug: actor for actor in evidence.actors.values()}
        self.actors_by_id = evidence.actors
        self.facilities = {claim.facility.public_id: claim.facility for claim in evidence.claims if claim.facility}
        types = [facility.facility_type for facility in self.facilities.values()]
        types += [claim.facility_type for claim in evidence.claims if claim.facility_type]
        self.types = {term.slug: term for term in types}
        self.weapons = {claim.weapon.slug: claim.weapon for claim in evidence.claims if claim.weapon}

    def ids(self, pks: Iterable[int]) -> list[str]:
        return [self.claims[pk].public_id for pk in pks]

    def occurred(self, facts: Facts) -> Occurred | None:
        fact = facts.occurred
        if fact.date is None:
            return None
        return {
            "edtf": fact.date.edtf,
            "from": iso(fact.lower),
            "to": iso(fact.upper),
            "precision": dates.precision(fact.lower, fact.upper),
            "part_of_day": part_of_day(fact.part_of_day),
            **time_record(fact.time),
            "contested": fact.is_contested,
            "claims": self.ids(fact.claims),
            "against": self.ids(fact.against),
        }

    def place(self, fact: PlaceFact) -> PlaceRecord:
        place = self.places[fact.pcode]
        record: PlaceRecord = {
            **place_names(place),
            "precision": Precision(fact.precision),
            "lat": place.lat,
            "lon": place.lon,
            "ancestors": [place_names(self.places_by_id[pk]) for pk in place.ancestors],
            "claims": self.ids(fact.claims),
            "against": self.ids(fact.against),
        }
        if fact.point:
            record["point"] = self.point(fact.point)
        return record

    def point(self, fact: PointFact) -> PointRecord:
        said = point_record(fact.point) if fact.point else PointSaid(lat=None, lon=None, within_m=None)
        return {**said, "contested": fact.is_contested, "claims": self.ids(fact.claims)}

    def facility(self, fact: ValueFact) -> FacilityRecord:
        facility = self.facilities[str(fact.value)]
        return {
            "id": facility.public_id,
            "name_en": facility.name_en,
            "name_ar": facility.name_ar,
            "type": term_names(facility.facility_type),
            "pcode": facility.place.pcode,
            "claims": self.ids(fact.claims),
            "against": self.ids(fact.against),
        }

    def facility_type(self, fact: ValueFact) -> TermRecord:
        return {**term_names(self.types[str(fact.value)]), "claims": self.ids(fact.claims)}

    def weapon(self, fact: ValueFact) -> TermRecord:
        return {**term_names(self.weapons[str(fact.value)]), "claims": self.ids(fact.claims)}

    def actor(self, fact: ValueFact) -> ActorRecord:
        actor = self.actors[str(fact.value)]
        return {
            **term_names(actor),
            "ancestors": [self.actors_by_id[pk].slug for pk in actor.ancestors],
            "asserted": fact.is_asserted,
            "disputed": fact.is_disputed,
            "asserted_by": self.speakers((*fact.claims, *fact.alternatives), Stance.ASSERTS),
            "denied_by": self.speakers(fact.against, Stance.DENIES),
            "disputed_by": self.speakers(fact.against, Stance.DISPUTES),
            "claims": self.ids(fact.claims),
            "against": self.ids(fact.against),
        }

    def one_of(self, fact: OneOfFact) -> OneOfRecord:
        return {
            "actors": [
                {
                    **term_names(self.actors[slug]),
                    "ancestors": [self.actors_by_id[pk].slug for pk in self.actors[slug].ancestors],
                    "disputed": slug in fact.disputed,
                }
                for slug in fact.actors
            ],
            "asserted_by": self.speakers(fact.claims, Stance.ASSERTS),
            "claims": self.ids(fact.claims),
            "against": self.ids(fact.against),
        }

    def speakers(self, pks: Iterable[int], stance: str) -> list[Voice]:
        """Who says it, once each: a speaker, or the report itself; an editor's judgement has no voice."""
        found: dict[str, Voice] = {}
        for claim in (self.claims[pk] for pk in pks):
            if claim.stance != stance:
                continue
            if claim.speaker:
                found[claim.speaker.slug] = Voice(**term_names(claim.speaker))
            elif claim.passage:
                article = claim.passage.text_version.article.public_id
                found[f"article {article}"] = {"article": article}
        return list(found.values())

    def damage(self, fact: DamageFact) -> DamageRecord:
        return {
            "facility": facility_names(self.facilities[fact.facility]) if fact.facility else None,
            "damage": fact.damage,
            "contested": fact.is_contested,
            "claims": self.ids(fact.claims),
            "against": self.ids(fact.against),
        }

    def counts(self, counts: Counts, *, with_against: bool = False) -> CountsRecord | None:
        """The number of lists with that of each group; None where no claim speaks of it.

        ``with_against`` adds what speaks against each: of the killed and injured records do not have it.
        """
        if not counts.items:
            return None
        headline = counts.headline or CountFact(group="")
        record: CountsRecord = {
            "low": headline.low,
            "high": headline.high,
            "best": headline.best,
            "group": Group(headline.group) if headline.group else "",
            "contested": headline.is_contested,
            "groups": [
                {
                    "group": Group(fact.group) if fact.group else "",
                    "low": fact.low,
                    "high": fact.high,
                    "best": fact.best,
                    "contested": fact.is_contested,
                    "claims": self.ids(fact.claims),
                }
                for fact in counts.items
            ],
            "claims": self.ids(headline.claims),
        }
        for group, fact in zip(record["groups"] if with_against else (), counts.items, strict=False):
            group["against"] = self.ids(fact.against)
        return record
