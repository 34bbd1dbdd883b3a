"""Pairs that may be one attack: noted when a row of a data set becomes an incident, worked off at the desk."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from archive.locking import acting
from archive.models import User
from incidents.errors import ClosedIncidentError, CurationError, InvalidError
from incidents.likeness import likely_same
from incidents.models import Incident, LikelyPair, PairVerdict
from incidents.terms import CLOSED

NOTED = 3  # incidents that one is asked about, the likeliest
LONGEST_REASON = 300


def note_pairs(incident: Incident, *, by: User | None, limit: int = NOTED) -> list[LikelyPair]:
    """Keep which known incidents may be the same attack as a new one, the likeliest first."""
    pairs = []
    with transaction.atomic():
        for one in likely_same(incident, limit=limit):
            earlier, later = sorted((one.incident, incident), key=lambda row: row.pk)
            reasons = [reason[:LONGEST_REASON] for reason in one.reasons]
            pair, _made = LikelyPair.objects.get_or_create(
                earlier=earlier,
                later=later,
                defaults={"score": one.score, "reasons": reasons, "created_by": by},
            )
            pairs.append(pair)
    return pairs


def say_apart(pair: LikelyPair, *, by: User, reason: str) -> PairVerdict:
    """Say that a pair is not the same attack, and why. Raises `InvalidError`; `CurationError` if it is decided."""
    reason = reason.strip()
    if not reason:
        raise InvalidError({"reason": gettext("Write why they are two attacks: colleagues will ask.")})
    with acting(by):
        for incident in Incident.objects.filter(pk__in=[pair.earlier_id, pair.later_id], status__in=CLOSED):
            raise ClosedIncidentError(incident)
        try:
            with transaction.atomic():
                return PairVerdict.objects.create(pair=pair, reason=reason, created_by=by)
        except IntegrityError:
            said = PairVerdict.objects.filter(pair=pair).first()
            if said is None:
                raise
            raise CurationError(gettext("It was decided before: %(reason)s") % {"reason": said.reason}) from None
