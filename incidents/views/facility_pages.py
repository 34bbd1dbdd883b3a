"""Pages of what was struck."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.models import Place
from incidents.lists.newest import newest
from incidents.models import Edition, Facility
from incidents.models.editions import listed_id
from incidents.standing_names import merged_here, standing
from incidents.terms import Status
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
        "timeline": found.attacks.timeline if found.rows else None,
    }
    return render(request, "incidents/facility.html", context)


def was_published(facility: Facility) -> bool:
    """Whether an edition that still can be read names it, or one that was merged into it, of an incident that has a
    claim about that.
    """
    about_it = Edition.objects.filter(
        incident__claims__facility=OuterRef("pk"), content__facilities__contains=listed_id()
    )
    readable = about_it.exclude(incident__status=Status.WITHDRAWN)
    ones = [one.pk for one in (facility, *merged_here(facility))]
    return Facility.objects.filter(Exists(readable), pk__in=ones).exists()
