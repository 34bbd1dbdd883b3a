"""Pages of places at every level."""

from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.lists.counting import count_of, counted
from archive.localisation import by_label, by_name
from archive.models import Place
from incidents.lists.listing import listing_of
from incidents.lists.newest import newest
from incidents.models import Facility, PublishedIncident
from incidents.presentation.rows import rows


def town(request: HttpRequest, pcode: str) -> HttpResponse:
    """Show a place: where it lies, how it is spelt, what happened in it and below it."""
    place = get_object_or_404(Place, pcode=pcode)
    published = PublishedIncident.objects.published()
    here = published.filter(place_ids__contains=[place.pk])
    below = published.filter(place_ids__contains=[OuterRef("pk")])
    children = list(place.children.annotate(found=counted(below)).order_by(by_label()))
    found = newest(here)
    struck = published.filter(facility_ids__contains=[OuterRef("pk")])
    facilities = Facility.objects.filter(place=place).annotate(found=counted(struck)).select_related("facility_type")
    facilities = facilities.order_by(by_name())
    context = {
        "place": place,
        "ancestors": Place.objects.filter(pk__in=place.ancestors).order_by("level"),
        "spellings": spellings(place),
        "newest": found,
        "rows": rows(found.records),
        "timeline": listing_of(f"town={place.pcode}").timeline,
        "children": [(child, count_of(child.found)) for child in children if child.found],
        "quiet_children": [child for child in children if not child.found],
        "facilities": [(facility, count_of(facility.found)) for facility in facilities if facility.found],
    }
    return render(request, "incidents/town.html", context)


def towns(request: HttpRequest) -> HttpResponse:
    """List countries, governorates and districts, as the way to every place."""
    places = Place.objects.filter(level__lte=Place.Level.DISTRICT).order_by(by_label())
    by_parent: dict[int | None, list[Place]] = {}
    for place in places:
        by_parent.setdefault(place.parent_id, []).append(place)
    tree = [
        (country, [(governorate, by_parent.get(governorate.pk, [])) for governorate in by_parent.get(country.pk, [])])
        for country in by_parent.get(None, [])
    ]
    return render(request, "incidents/towns.html", {"tree": tree})


def spellings(place: Place) -> dict[str, list[str]]:
    """Return the known spellings of its name other than the official two and those that the page shows, by script."""
    by_script: dict[str, list[str]] = {}
    official = {place.name_en, place.name_ar, place.label_en, place.label_ar}
    for one in place.names.order_by("name"):
        if one.name not in official:
            by_script.setdefault("ar" if one.script == "Arab" else "en", []).append(one.name)
    return by_script
