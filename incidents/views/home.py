"""The first page: search, what is here, the newest, ways in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.lists.counting import count
from archive.lists.labels import PLACES, Label
from archive.localisation import by_name
from archive.models import Article, Passage
from archive.names.place_words import GOVERNORATE
from incidents.lists.listing import IncidentListing, listing_of
from incidents.lists.newest import newest
from incidents.models import Actor, PublishedIncident
from incidents.presentation.rows import rows

SHOWN = 10
COUNTED = 10_000


def home(request: HttpRequest) -> HttpResponse:
    published = PublishedIncident.objects.published()
    found = newest(published, shown=SHOWN)
    attacks = listing_of("")
    context = {
        "rows": rows(found.records),
        "incidents": count(published, COUNTED),
        "articles": count(Article.objects.published(), COUNTED),
        "passages": count(Passage.objects.published(), COUNTED),
        "map": attacks.map,
        "governorates": governorates(attacks),
        "actors": Actor.objects.order_by(by_name()),
    }
    return render(request, "incidents/home.html", context)


def governorates(listing: IncidentListing) -> list[tuple[Label, int]]:
    """Return the governorates in which an attack is recorded, with how many, by name."""
    dimension = listing.selection.columns.dimensions["place_ids"]
    counts = dimension.counts(listing.selection.mask)
    labels = PLACES.of(dimension.values.tolist())
    found = [(labels[pk], count) for pk, count in counts.items() if pk in labels and labels[pk].level == GOVERNORATE]
    return sorted(found, key=lambda one: one[0].name)
