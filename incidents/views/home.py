"""The first page: search, what is here, the newest, ways in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.lists.labels import PLACES, Label
from archive.localisation import by_name
from archive.names.place_words import GOVERNORATE
from incidents.lists.newest import newest
from incidents.lists.tallies import Tallies, Tally
from incidents.models import Actor

SHOWN = 10


def home(request: HttpRequest) -> HttpResponse:
    found = newest(shown=SHOWN)
    context = {
        "newest": found,
        "map": found.attacks.map,
        "governorates": governorates(Tallies(found.attacks, "place_ids", "town")),
        "actors": Actor.objects.order_by(by_name()),
    }
    return render(request, "incidents/home.html", context)


def governorates(tallies: Tallies) -> list[tuple[Label, list[Tally]]]:
    """Return the governorates in which something is recorded, with how much, by name."""
    labels = PLACES.of(tallies.found)
    places = [labels[pk] for pk in tallies.found if pk in labels and labels[pk].level == GOVERNORATE]
    return [(label, tallies.of(label.pk, label.key)) for label in sorted(places, key=lambda label: label.name)]
