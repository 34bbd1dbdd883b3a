"""Pages of what was struck."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.lists.tidy import tidied
from archive.models import Place
from archive.reported_errors import shown_answers
from archive.terms import Spoken
from incidents.lists.newest import newest
from incidents.lists.starting_kinds import Facilities
from incidents.lists.starting_points import StartFilters
from incidents.maps import small
from incidents.models import Facility
from incidents.public_facilities import was_published
from incidents.standing_names import merged_here, standing
from incidents.views.moving import moved_to


def facility(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a facility and the attacks on it. One that no edition names is not public: editors may be at work.

    The address of one that was merged leads to the one that it is, if readers could know it.
    """
    known = Facility.objects.select_related("place", "general_place", "facility_type")
    shown = get_object_or_404(known, public_id=public_id)
    if shown.merged_into_id is not None and was_published(shown):
        return moved_to(request, standing(shown))
    found = newest(f"facility={shown.public_id}")
    if shown.merged_into_id is not None or (not found.rows and not was_published(shown)):
        raise Http404
    place = shown.public_place
    context = {
        "facility": shown,
        "ancestors": Place.objects.filter(pk__in=[*place.ancestors, place.pk]).order_by("level"),
        "newest": found,
        "small_map": small.of_place(place),
        "answered": shown_answers((Spoken.FACILITY, one.public_id) for one in (shown, *merged_here(shown))),
    }
    return render(request, "incidents/facility.html", context)


@require_safe
@tidied(StartFilters)
def facilities(request: HttpRequest) -> HttpResponse:
    """List the facilities that published incidents name, those that were struck most first."""
    return render(request, "incidents/facilities.html", {"listing": Facilities(request.GET)})
