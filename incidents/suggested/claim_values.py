"""From a suggestion to the values of a claim: rows of the vocabularies for what the rules only name."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from archive.models import Place, User
from incidents import naming, proposals
from incidents.assessment import Count, OneOf, When, Where
from incidents.errors import LikelyDuplicateError, RefusedTermError
from incidents.models import Actor, Facility, FacilityType, Speaker, Weapon
from incidents.suggesting import Struck, Suggestion
from incidents.terms import Aspect


class UndecidedError(Exception):
    """A suggestion that cannot be taken as it is; the message says what the editor must choose."""


def values_of(suggestion: Suggestion, *, pcode: str, by: User | None) -> dict[str, Any]:
    """Return the fields of the claim's value, as `incidents.curation.make_claim` takes them.

    A facility that is not on record is made in the place ``pcode``. Raises `UndecidedError` when a term is not in the
    vocabularies any more, when that place is open (""), or when there is a facility of a like name nearby.
    """
    value, aspect = suggestion.value, suggestion.aspect
    if isinstance(value, When):
        return {"occurred_edtf": value.date.edtf, "part_of_day": value.part_of_day}
    if isinstance(value, Where):
        return {"place": row(Place, pcode=value.pcode), "place_precision": value.precision}
    if isinstance(value, Count):
        return {"count_low": value.low, "count_high": value.high, "group": value.group}
    if isinstance(value, OneOf):
        return {"one_of_actors": [row(Actor, slug=slug) for slug in value.actors]}
    if isinstance(value, Struck):
        return {"facility": facility_of(value, pcode=pcode, by=by)}
    kinds = {Aspect.FACILITY_TYPE: FacilityType, Aspect.ACTOR: Actor, Aspect.WEAPON: Weapon}
    return {str(aspect): row(kinds[aspect], slug=value)}


def facility_of(struck: Struck, *, pcode: str, by: User | None) -> Facility:
    if struck.id:
        known: Facility = row(Facility, public_id=struck.id)
        return known
    if not pcode:
        told = _("“%(name)s” is not on record, and where it stands is open: add or choose it.")
        raise UndecidedError(told % {"name": struck.name})
    try:
        return naming.create_facility(
            by=by,
            name_en=struck.name if struck.name.isascii() else "",
            name_ar="" if struck.name.isascii() else struck.name,
            facility_type=row(FacilityType, slug=struck.facility_type),
            place=row(Place, pcode=pcode),
        )
    except LikelyDuplicateError as question:
        raise UndecidedError(str(question)) from None


def speaker_of(suggestion: Suggestion, *, proposes_by: User | None = None) -> Speaker | None:
    """Return who says it; None is the report itself.

    A speaker who is in no vocabulary is proposed by ``proposes_by``, who accepted this row alone. Raises
    `UndecidedError` for one where that is None, and where proposing is refused.
    """
    if suggestion.speaker or not suggestion.voice:
        return row(Speaker, slug=suggestion.speaker) if suggestion.speaker else None
    if proposes_by is None:
        told = _("“%(name)s” is in no list of speakers: accept this one alone to propose them, or choose who says so.")
        raise UndecidedError(told % {"name": suggestion.voice})
    try:
        proposed = proposals.propose("speaker", by=proposes_by, name=suggestion.voice)
    except (LikelyDuplicateError, RefusedTermError, PermissionDenied) as refusal:
        raise UndecidedError(str(refusal)) from None
    assert isinstance(proposed, Speaker)
    return proposed


def row(model: Any, **wanted: str) -> Any:
    found = model.objects.filter(**wanted).first()
    if found is None:
        name = next(iter(wanted.values()))
        told = _("“%(name)s” is in the list of %(kind)s no more: choose another.")
        raise UndecidedError(told % {"name": name, "kind": model._meta.verbose_name_plural})
    return found
