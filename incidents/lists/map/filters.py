"""The parameters of maps: those of the list of incidents, and how they are drawn."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.lists.filters import Parameter
from archive.lists.parameter_fields import OneOfField
from incidents.lists.incident_filters import IncidentFilters
from incidents.models import PublishedIncident

DRAWING = ("by", "split")


class MapFilters(IncidentFilters):
    """What is drawn, and how. ``by`` may stay open: then what fits is taken."""

    presentation = (*IncidentFilters.presentation, *DRAWING)

    by = Parameter(
        OneOfField,
        label=gettext_lazy("A mark for each"),
        choices=[
            ("fitting", pgettext_lazy("a mark for each", "what fits")),
            ("town", pgettext_lazy("a mark for each", "town")),
            ("district", pgettext_lazy("a mark for each", "district")),
            ("governorate", pgettext_lazy("a mark for each", "governorate")),
        ],
    )
    split = Parameter(
        OneOfField,
        label=gettext_lazy("Split"),
        choices=[
            ("nothing", gettext_lazy("not at all")),
            ("actor", gettext_lazy("by actor")),
            ("facility_type", gettext_lazy("by kind of facility")),
            ("weapon", gettext_lazy("by weapon")),
        ],
    )


def read_map(params: QueryDict) -> MapFilters:
    """The parameters of an address, over everything that readers may list."""
    return MapFilters(params, PublishedIncident.objects.all())


def without(params: QueryDict, *names: str) -> QueryDict:
    """The parameters but for these."""
    rest = params.copy()
    for name in names:
        rest.pop(name, None)
    return rest
