"""The evidence package of an incident."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from archive.packages.sending import send
from incidents.formats import evidence_package
from incidents.models import PublishedIncident
from incidents.views.record_resolver import of_record


@require_safe
@of_record("incident_package", machine=True)
def incident_package(request: HttpRequest, row: PublishedIncident) -> HttpResponseBase:
    """Give the current edition and what it rests on as a BagIt bag."""
    edition = row.edition
    return send(request, f"{row.code}-v{edition.number}", lambda bag: evidence_package.fill(bag, edition))
