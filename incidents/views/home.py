"""The first page: search, what is here, the newest, ways in."""

from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.counting import count, count_of, counted
from archive.localisation import by_name
from archive.models import Article, Passage, Place
from incidents.models import Actor, PublishedIncident
from incidents.newest import newest
from incidents.presentation.rows import rows

SHOWN = 10
COUNTED = 10_000


def home(request: HttpRequest) -> HttpResponse:
    published = PublishedIncident.objects.published()
    found = newest(published, shown=SHOWN)
    context = {
        "rows": rows(found.records),
        "incidents": count(published, COUNTED),
        "articles": count(Article.objects.published(), COUNTED),
        "passages": count(Passage.objects.published(), COUNTED),
        "governorates": governorates(),
        "actors": Actor.objects.order_by(by_name()),
    }
    return render(request, "incidents/home.html", context)


def governorates() -> list[tuple[Place, object]]:
    """Return the governorates in which something is recorded, with how many incidents."""
    there = PublishedIncident.objects.published().filter(place_ids__contains=[OuterRef("pk")])
    places = Place.objects.filter(level=Place.Level.GOVERNORATE).annotate(found=counted(there)).order_by(by_name())
    return [(place, count_of(place.found)) for place in places if place.found]
