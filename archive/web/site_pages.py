"""The pages that the head and the foot of every page lead to, once for each language."""

from functools import cache

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

PAGES = {
    "main": [
        ("incidents", gettext_lazy("Incidents")),
        ("articles", gettext_lazy("Articles")),
        ("map", gettext_lazy("Map")),
        ("timeline", gettext_lazy("Timeline")),
        ("charts", gettext_lazy("Charts")),
        ("towns", gettext_lazy("Places")),
        ("facilities", gettext_lazy("Facilities")),
        ("actors", gettext_lazy("Actors")),
        ("sources", gettext_lazy("Sources")),
        ("about", gettext_lazy("About")),
    ],
    "about": [
        ("about", gettext_lazy("About the archive")),
        ("method", gettext_lazy("From report to fact")),
        ("glossary", gettext_lazy("Glossary")),
        ("corrections", gettext_lazy("Corrections")),
        ("report_error", gettext_lazy("Report an error")),
        ("data", gettext_lazy("Data and formats")),
        ("releases", gettext_lazy("Whole data set")),
        ("using_data", gettext_lazy("Using the data")),
    ],
}


@cache
def of(group: str, language: str) -> list[tuple[str, str]]:
    """Return the address and the name of each page of a group."""
    with translation.override(language):
        return [(reverse(name), str(label)) for name, label in PAGES[group]]
