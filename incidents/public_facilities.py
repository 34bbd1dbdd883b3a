"""Whether readers may know of a facility."""

from django.db.models import Exists, OuterRef

from incidents.models import Edition, Facility
from incidents.models.editions import listed_id
from incidents.standing_names import merged_here
from incidents.terms import Status


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
