"""Incidents made through the services, as far as a test needs them."""

from archive.models import Place, User
from incidents import curation
from incidents.models import Incident
from tests.factories.archive import PlaceFactory


def publishable(editor: User, place: Place | None = None) -> Incident:
    """A draft that may be published: a date, a place and a count, each an editor's judgement."""
    incident = curation.create_incident(by=editor, scope="attack")
    judged = {"incident": incident, "by": editor, "judgement": "The editor was told so by the council."}
    curation.make_claim(aspect="occurred", occurred_edtf="2019-11-25", **judged)
    curation.make_claim(aspect="place", place=place or PlaceFactory(), **judged)
    curation.make_claim(aspect="injured", count_low=1, group="people", **judged)
    return incident
