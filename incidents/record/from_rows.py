"""Rows of the archive as parts of a record: names, times, claims, passages, reports."""

from collections.abc import Mapping
from datetime import date
from typing import Literal
from urllib.parse import quote

from archive import dates
from archive.models import Article, Passage
from archive.terms import PartOfDay
from incidents.assessment import KnownPoint, LocalTime
from incidents.evidence import local_time, point_of, term_of
from incidents.models import Actor, Claim, Facility, IncidentIdentifier
from incidents.models.vocabulary import Term
from incidents.record.cited_parts import CitedArticle, ClaimRecord, PassageRecord, Value
from incidents.record.parts import FacilityNames, IdentifierRecord, PointSaid, TermNames, TimeSaid
from incidents.record.place_names import place_names
from incidents.terms import NUMBERED, Aspect, Damage, Group, Precision, Rank, Stance


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def part_of_day(part: str) -> PartOfDay | Literal[""]:
    return PartOfDay(part) if part else ""


def time_record(said: LocalTime | None) -> TimeSaid:
    """A local time under its keys; what few reports say is there only where it is said (ADR 0038)."""
    record: TimeSaid = {"time": f"{said.start:%H:%M}" if said else None}
    if said and said.end:
        record["time_to"] = f"{said.end:%H:%M}"
    if said and said.is_about:
        record["time_about"] = True
    return record


def point_record(point: KnownPoint) -> PointSaid:
    return {"lat": point.lat, "lon": point.lon, "within_m": point.within_m}


def facility_names(facility: Facility) -> FacilityNames:
    return {"id": facility.public_id, "name_en": facility.name_en, "name_ar": facility.name_ar}


def term_names(term: Term) -> TermNames:
    return {"slug": term.slug, "name_en": term.name_en, "name_ar": term.name_ar}


def identifier_record(identifier: IncidentIdentifier) -> IdentifierRecord:
    scheme = identifier.scheme
    return {
        "scheme": scheme.slug,
        "name_en": scheme.name_en,
        "name_ar": scheme.name_ar,
        "value": identifier.value,
        "url": scheme.address.replace("{}", quote(identifier.value, safe="")) or None,
    }


def claim_record(claim: Claim, actors: Mapping[str, Actor]) -> ClaimRecord:
    return {
        "id": claim.public_id,
        "aspect": Aspect(claim.aspect),
        "value": value_record(claim, actors),
        "stance": Stance(claim.stance),
        "rank": Rank(claim.rank),
        "speaker": term_names(claim.speaker) if claim.speaker else None,
        "article": claim.passage.text_version.article.public_id if claim.passage else None,
        "passage": claim.passage.public_id if claim.passage else None,
        "judgement": claim.judgement,
        "reasoning": claim.reasoning,
    }


def value_record(claim: Claim, actors: Mapping[str, Actor]) -> Value:
    """The value of a claim, under the keys that the facts have; ``actors`` are those that claims name, by slug."""
    if claim.occurred_edtf:
        read = dates.parse(claim.occurred_edtf)
        return {
            "edtf": read.edtf,
            "from": iso(read.lower),
            "to": iso(read.upper),
            "part_of_day": part_of_day(claim.part_of_day),
            **time_record(local_time(claim)),
        }
    if claim.place:
        where: Value = {**place_names(claim.place), "precision": Precision(claim.place_precision or Precision.IN)}
        point = point_of(claim)
        return {**where, "point": point_record(point)} if point else where
    if claim.damage or claim.facility:
        harm: Value = {"damage": Damage(claim.damage)} if claim.damage else {}
        return {**harm, **facility_names(claim.facility)} if claim.facility else harm
    if claim.aspect in NUMBERED:
        numbers: Value = {"low": claim.count_low, "high": claim.count_high}
        return {**numbers, "group": Group(claim.group)} if claim.group else numbers
    if claim.one_of_actors:
        return {"one_of": [term_names(actors[slug]) for slug in claim.one_of_actors]}
    return {**term_names(term_of(claim))}


def passage_record(passage: Passage) -> PassageRecord:
    text = passage.text_version
    return {
        "article": text.article.public_id,
        "text": text.number,
        "text_sha256": text.sha256,
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
    }


def article_record(article: Article) -> CitedArticle:
    source = article.source
    return {
        "title": article.title,
        "url": article.url,
        "source": {"slug": source.slug, "name_en": source.name_en, "name_ar": source.name_ar} if source else None,
        "published": iso(article.published_on),
        "language": article.language,
    }
