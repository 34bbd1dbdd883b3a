"""What the sitemap lists: every page that readers may see, lists by filter apart."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, Func, OuterRef, QuerySet
from django.urls import NoReverseMatch, reverse

from archive.addresses import template
from archive.models import Article, Place, Source
from archive.web.sitemaps import Section
from incidents.models import Actor, Edition, Facility, PublishedIncident
from incidents.terms import State

PAGES = (
    "home",
    "incidents",
    "articles",
    "map",
    "timeline",
    "charts",
    "towns",
    "facilities",
    "actors",
    "sources",
    "about",
    "method",
    "glossary",
    "corrections",
    "data",
)


def sections() -> list[Section]:
    """Return the sections: incidents, their editions, articles, and the pages that list them."""
    published = PublishedIncident.objects.published()
    editions = Edition.objects.filter(incident__row__state=State.PUBLISHED)
    actors = Actor.objects.filter(named_in("actor_ids") | named_in("actor_possible_ids"))
    reported = Exists(Article.objects.published().filter(source=OuterRef("pk")))
    return [
        Section("incidents", published, ("code",), template("incident"), "published_at"),
        Section("editions", editions, ("incident__code", "number"), template("edition", 2), "published_at"),
        Section("articles", Article.objects.published(), ("public_id",), template("article"), "updated_at"),
        Section("towns", Place.objects.filter(named_in("place_ids")), ("pcode",), template("town")),
        Section("facilities", Facility.objects.filter(named_in("facility_ids")), ("public_id",), template("facility")),
        Section("actors", actors, ("slug",), template("actor")),
        Section("sources", Source.objects.filter(reported), ("slug",), template("source")),
    ]


def named_in(column: str) -> Exists:
    """Whether a published incident names the row."""
    own = Func(OuterRef("pk"), template="ARRAY[%(expressions)s]")
    rows: QuerySet[PublishedIncident] = PublishedIncident.objects.published()
    return Exists(rows.filter(**{f"{column}__contains": own}))


def pages() -> Iterator[tuple[str, datetime | None]]:
    """Yield the pages that stand alone."""
    for name in PAGES:
        try:
            yield reverse(name), None
        except NoReverseMatch:
            continue
