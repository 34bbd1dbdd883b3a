"""Published incidents and articles as the lists read them, written past the services."""

from collections.abc import Sequence
from typing import Any

from archive import dates, search
from archive.models import Article, Place
from incidents.curation import rows
from incidents.models import Actor, FacilityType, PublishedIncident
from incidents.records import COLUMNS, FURTHER_COLUMNS
from incidents.records.content import iso
from incidents.records.flat import date_columns
from tests.factories.archive import ArticleFactory, PlaceFactory, SourceFactory, TextVersionFactory
from tests.factories.incidents import PublishedIncidentFactory, PublishedRecordFactory


def published(
    title: str = "An attack",
    *,
    on: str = "2019-11-27",
    places: Sequence[Place] = (),
    actors: Sequence[Actor] = (),
    disputed: Sequence[Actor] = (),
    one_of: Sequence[Sequence[Actor]] = (),
    facility_types: Sequence[FacilityType] = (),
    killed: int | None = None,
    words: str = "",
    **values: Any,
) -> PublishedIncident:
    """One row and its record; ``on`` is EDTF, ``words`` are searched beside the title.

    ``one_of`` are actors that are named together, of whom one did it.
    """
    when = dates.parse(on)
    row: PublishedIncident = PublishedIncidentFactory(
        title_en=title,
        **rows.dates_of({"edtf": on, "from": iso(when.lower), "to": iso(when.upper)}),
        place_ids=[pk for place in places for pk in (*place.ancestors, place.pk)],
        **actor_columns(actors, disputed, one_of),
        facility_type_ids=[kind.pk for kind in facility_types],
        killed_low=killed,
        killed_high=killed,
        vector=search.vector(A=title, D=words),
        **values,
    )
    PublishedRecordFactory(incident=row.incident, record=record(row, places, actors, one_of))
    return row


def actor_columns(
    actors: Sequence[Actor], disputed: Sequence[Actor], one_of: Sequence[Sequence[Actor]]
) -> dict[str, Any]:
    named = [*actors, *disputed, *(actor for several in one_of for actor in several)]
    content = {
        "actors": [{"slug": one.slug, "asserted": one in actors, "disputed": one in disputed} for one in actors],
        "actors_one_of": [
            {"actors": [{"slug": one.slug, "disputed": one in disputed} for one in several]} for several in one_of
        ],
    }
    return rows.actor_keys(content, {one.slug: [*one.ancestors, one.pk] for one in named})


def record(
    row: PublishedIncident, places: Sequence[Place], actors: Sequence[Actor], one_of: Sequence[Sequence[Actor]] = ()
) -> dict[str, Any]:
    place = places[0] if places else None
    known = {
        "code": row.code,
        "version": row.version,
        "scope": row.scope,
        "title_en": row.title_en,
        "occurred_edtf": row.occurred_edtf,
        "occurred_from": row.lower and row.lower.isoformat(),
        "occurred_to": row.upper and row.upper.isoformat(),
        "place_pcode": place and place.pcode,
        "place_name_en": place and place.name_en,
        "place_name_ar": place and place.name_ar,
        "actors": [actor.slug for actor in actors],
        "actor_names_en": [actor.name_en for actor in actors],
        "actors_possible": [actor.slug for several in one_of for actor in several],
        "actors_one_of_en": [" or ".join(actor.name_en for actor in several) for several in one_of],
        "actors_one_of_ar": [" أو ".join(actor.name_ar or actor.name_en for actor in several) for several in one_of],
        "actors_disputed": [actor.slug for actor in actors if actor.pk in row.actor_disputed_ids],
        "killed_low": row.killed_low,
        "killed_high": row.killed_high,
        **date_columns(row.occurred_edtf),
        **{name: [] for name in ("facility_types", "facilities", "weapons", "sources", "articles")},
    }
    return {name: known.get(name) for name in (*COLUMNS, *FURTHER_COLUMNS)}


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
    from archive.names import fold, script_of, skeleton  # noqa: PLC0415

    for index, name in enumerate(spellings):
        place.names.create(
            name=name,
            folded=fold(name),
            skeleton=skeleton(name),
            script=script_of(name),
            language="en" if script_of(name) == "Latn" else "ar",
            source="tests",
            quality="official" if index < 2 else "exact",
            is_official=index < 2,
        )
