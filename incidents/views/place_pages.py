"""Pages of places at every level."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.lists.tidy import tidied
from archive.localisation import by_label, by_name
from archive.models import Place
from archive.reported_errors import shown_answers
from archive.terms import Level, Spoken
from incidents.lists.incident_listing import listing_of
from incidents.lists.newest import newest
from incidents.lists.starting_kinds import Towns
from incidents.lists.starting_points import StartFilters
from incidents.lists.tallies import Tallies, Tally
from incidents.maps import small
from incidents.models import Facility

Branch = tuple[Place, list[Tally]]


def town(request: HttpRequest, pcode: str) -> HttpResponse:
    """Show a place: where it lies, how it is spelt, what happened in it and below it."""
    place = get_object_or_404(Place, pcode=pcode)
    found = newest(f"town={place.pcode}")
    children = list(place.children.order_by(by_label()))
    below = Tallies(listing_of(""), "place_ids", "town", [child.pk for child in children])
    context = {
        "place": place,
        "ancestors": Place.objects.filter(pk__in=place.ancestors).order_by("level"),
        "spellings": spellings(place),
        "newest": found,
        "small_map": small.of_place(place),
        "children": [(child, below.of(child.pk, child.pcode)) for child in children if child.pk in below],
        "quiet_children": [child for child in children if child.pk not in below],
        "facilities": facilities(place),
        "answered": shown_answers([(Spoken.TOWN, place.pcode)]),
    }
    return render(request, "incidents/town.html", context)


def facilities(place: Place) -> list[tuple[Facility, list[Tally]]]:
    """Return the facilities of a place that published incidents name, with how many."""
    here = Q(general_place=place) | Q(general_place=None, place=place)
    known = list(Facility.objects.filter(here).select_related("facility_type").order_by(by_name()))
    struck = Tallies(listing_of(""), "facility_ids", "facility", [facility.pk for facility in known])
    return [(one, struck.of(one.pk, one.public_id)) for one in known if one.pk in struck]


@require_safe
@tidied(StartFilters)
def towns(request: HttpRequest) -> HttpResponse:
    """List the towns of which most is told, and the countries, governorates and districts as the way to every place."""
    listing = Towns(request.GET)
    context = {"listing": listing, "tree": tree(listing.tallies) if listing.is_whole else []}
    return render(request, "incidents/towns.html", context)


def tree(found: Tallies) -> list[tuple[Place, list[tuple[Branch, list[Branch]]]]]:
    places = list(Place.objects.filter(level__lte=Level.DISTRICT).order_by(by_label()))
    by_parent: dict[int | None, list[Branch]] = {}
    for place in places:
        by_parent.setdefault(place.parent_id, []).append((place, found.of(place.pk, place.pcode)))
    countries = [country for country, _numbers in by_parent.get(None, [])]
    return [
        (one, [(branch, by_parent.get(branch[0].pk, [])) for branch in by_parent.get(one.pk, [])]) for one in countries
    ]


def spellings(place: Place) -> dict[str, list[str]]:
    """Return the known spellings of its name other than the official two and those that the page shows, by script."""
    by_script: dict[str, list[str]] = {}
    official = {place.name_en, place.name_ar, place.label_en, place.label_ar}
    for one in place.names.order_by("name"):
        if one.name not in official:
            by_script.setdefault("ar" if one.script == "Arab" else "en", []).append(one.name)
    return by_script
