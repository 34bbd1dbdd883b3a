"""What others call an incident: identifiers are added, and ended with a reason."""

import unicodedata

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from archive import locking
from archive.locking import acting
from archive.models import User
from incidents.curation.acting import locked_unmerged, required
from incidents.errors import CurationError, InvalidError
from incidents.models import IdentifierScheme, Incident, IncidentIdentifier

LONGEST = 200  # characters of an identifier


def own_scheme(slug: str) -> IdentifierScheme:
    """Return the scheme of keys that are our own, of a file or of imported rows; readers never see them."""
    scheme, _created = IdentifierScheme.objects.get_or_create(slug=slug, defaults={"name_en": slug, "is_public": False})
    return scheme


def add_identifier(incident: Incident, *, by: User | None, scheme: IdentifierScheme, value: str) -> IncidentIdentifier:
    """Say what a data set calls the incident. Readers see it from the next edition on.

    Raises `InvalidError` for what cannot be an identifier or stands already, on this incident or on another;
    `ClosedIncidentError` when it is merged.
    """
    identifier = IncidentIdentifier(incident=incident, scheme=scheme, value=clean(value), created_by=by)
    with acting(by):
        locked_unmerged(incident)
        try:
            with transaction.atomic():
                identifier.save()
        except IntegrityError:
            other = standing(scheme, identifier.value)
            if other is None:
                raise
            where = gettext("this incident") if other.pk == incident.pk else other.code
            told = gettext("It stands on %(code)s already: end it there first.")
            raise InvalidError({"value": told % {"code": where}}) from None
    return identifier


def standing(scheme: IdentifierScheme, value: str) -> Incident | None:
    """The incident that an identifier stands on now."""
    return Incident.objects.filter(
        identifiers__in=IncidentIdentifier.objects.standing().filter(scheme=scheme, value=value)
    ).first()


def clean(value: str) -> str:
    """Raises `InvalidError`. Files join identifiers by semicolons, so none may have one."""
    value = " ".join(value.split())
    if not value:
        raise InvalidError({"value": gettext("Write the identifier.")})
    if len(value) > LONGEST:
        raise InvalidError({"value": gettext("It has more than %(number)s characters.") % {"number": LONGEST}})
    if ";" in value or any(unicodedata.category(char) in ("Cc", "Cf") for char in value):
        raise InvalidError({"value": gettext("It has a semicolon or a character that nobody sees.")})
    return value


def end_identifier(identifier: IncidentIdentifier, *, by: User | None, seen: int, reason: str) -> IncidentIdentifier:
    """Say that an identifier does not hold, and why. Editions that have it keep it; the row stays.

    Raises `InvalidError` (no reason), `CurationError` (ended already), `archive.locking.StaleRowError` and
    `ClosedIncidentError`.
    """
    reason = required("end_reason", reason)
    with acting(by):
        locked_unmerged(Incident(pk=identifier.incident_id))
        current = locking.lock_row(IncidentIdentifier, identifier.pk, seen=seen)
        if current.ended_at:
            told = gettext("“%(what)s” was ended already: %(reason)s")
            raise CurationError(told % {"what": current, "reason": current.end_reason})
        current.ended_at, current.end_reason = timezone.now(), reason
        current.save(update_fields=["ended_at", "end_reason", "updated_at"])
    return current
