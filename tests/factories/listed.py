"""Published incidents and articles as the lists read them, written past the services."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from archive import dates, search
from archive.models import Article, Passage, Place, Source
from incidents import curation
from incidents.curation.passage_citations import cite
from incidents.models import Actor, Facility, FacilityType, Incident, PublishedIncident, Weapon
from incidents.record.from_rows import article_record, iso, passage_record, term_names
from incidents.record.place_names import place_names
from tests.factories.archive import ArticleFactory, PlaceFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import EditionFactory, IncidentFactory

Content = dict[str, Any]


def published(
    title: str = "An attack",
    *,
    on: str = "2019-11-27",
    places: Sequence[Place] = (),
    actors: Sequence[Actor] = (),
    disputed: Sequence[Actor] = (),
    one_of: Sequence[Sequence[Actor]] = (),
    facility_types: Sequence[FacilityType] = (),
    facilities: Sequence[Facility] = (),
    weapons: Sequence[Weapon] = (),
    sources: Sequence[Source] = (),
    killed: int | tuple[int | None, int | None] | None = None,
    injured: int | tuple[int | None, int | None] | None = None,
    words: str = "",
    scope: str = "attack",
    state: str = "published",
    into: Incident | None = None,
    at: datetime | None = None,
) -> PublishedIncident:
    """The row of an edition of few claims; ``on`` is EDTF or empty, ``words`` are searched beside the title.

    ``one_of`` are actors that are named together, of whom one did it; ``at`` is when it was published; ``killed`` and
    ``injured`` are a number, or the lowest and the highest.
    """
    said = {
        "title_en": title,
        "occurred": occurred(on) if on else None,
        "actors": [{**actor_said(one, disputed), "asserted": True} for one in actors],
        "facility_types": [term_names(kind) for kind in facility_types],
        "facilities": [facility_said(facility) for facility in facilities],
        "weapons": [term_names(weapon) for weapon in weapons],
        "killed": counts(killed),
        "injured": counts(injured),
        "articles": {f"gone{source.pk}": {"title": "", "url": "", "source": source_said(source)} for source in sources},
    }
    if places:
        said["places"] = [place_said(place) for place in places]
    if one_of:
        said["actors_one_of"] = [{"actors": [actor_said(one, disputed) for one in several]} for several in one_of]
    with transaction.atomic():
        incident = IncidentFactory(scope=scope, status="published")
        EditionFactory(incident=incident, said=said, **({"published_at": at} if at else {}))
    if state != "published":
        close(incident, state, into)
    row = PublishedIncident.objects.select_related("incident").get(pk=incident.pk)
    row.vector = search.vector(A=title, D=words)
    row.save(update_fields=["vector"])
    return row


def cited(passage: Passage) -> str:
    """Publish a record that cites a passage; return its code."""
    article = passage.text_version.article
    said = {
        "passages": {passage.public_id: passage_record(passage)},
        "articles": {article.public_id: article_record(article)},
    }
    return str(EditionFactory(said=said).incident.code)


def close(incident: Incident, state: str, into: Incident | None) -> None:
    incident.status = state
    incident.closed_at = timezone.now()
    incident.closed_reason = "Not an attack."
    incident.merged_into = (into or IncidentFactory()) if state == "merged" else None
    with transaction.atomic():
        incident.save()
        curation.refresh_rows([incident.pk])
        cite(incident)


def occurred(on: str) -> Content:
    when = dates.parse(on)
    return {"edtf": on, "from": iso(when.lower), "to": iso(when.upper)}


def place_said(place: Place) -> Content:
    above = Place.objects.in_bulk(place.ancestors)
    return {
        **place_names(place),
        "precision": "in",
        "lat": place.lat,
        "lon": place.lon,
        "ancestors": [place_names(above[pk]) for pk in place.ancestors],
    }


def actor_said(actor: Actor, disputed: Sequence[Actor]) -> Content:
    return {**term_names(actor), "disputed": actor in disputed}


def facility_said(facility: Facility) -> Content:
    return {"id": facility.public_id, "name_en": facility.name_en, "name_ar": facility.name_ar}


def source_said(source: Source) -> Content:
    return {"slug": source.slug, "name_en": source.name_en, "name_ar": source.name_ar}


def counts(number: int | tuple[int | None, int | None] | None) -> Content | None:
    """A number, or its lowest and highest, either of which may not be known."""
    if number is None:
        return None
    low, high = number if isinstance(number, tuple) else (number, number)
    return {"low": low, "high": high, "best": low if low == high else None, "contested": False}


def read_article(
    title: str, text: str, *, policy: str = "full", places: Sequence[Place] = (), **values: Any
) -> Article:
    """An article with a text, indexed."""
    source = values.pop("source", None) or SourceFactory(text_policy=policy)
    article: Article = ArticleFactory(title=title, source=source, **{"published_on": None, **values})
    version = TextVersionFactory(article=article, text=text)
    for place in places:
        version.mentions.create(place=place, start=0, end=1, exact=text[:1])
    search.index_articles([article.pk])
    return article


def gazetteer_town() -> Place:
    """A town with three spellings in a governorate of a country."""
    country = PlaceFactory(pcode="SY", level=0, name_en="Syria", name_ar="سوريا", parent=None)
    governorate = PlaceFactory(pcode="SY07", level=1, name_en="Idleb", name_ar="إدلب", parent=country)
    town: Place = PlaceFactory(pcode="C4068", name_en="Kafr Nobol", name_ar="كفر نبل", parent=governorate)
    for place, *spellings in ((town, "Kafr Nobol", "كفر نبل", "Kafranbel"), (governorate, "Idleb", "إدلب", "Idlib")):
        spell(place, *spellings)
    return town


def spell(place: Place, *spellings: str) -> None:
    """Put spellings of a place on record; the first two are official."""
    from archive.names import name_key, script_of, skeleton  # noqa: PLC0415

    for index, name in enumerate(spellings):
        place.names.create(
            name=name,
            folded=name_key(name),
            skeleton=skeleton(name),
            script=script_of(name),
            language="en" if script_of(name) == "Latn" else "ar",
            source="tests",
            quality="official" if index < 2 else "exact",
            is_official=index < 2,
        )
