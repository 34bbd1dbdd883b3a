"""Letting a removed claim stand again."""

from django.utils.translation import gettext

from archive import locking
from archive.locking import acting
from archive.models import User
from incidents.curation.acting import locked_unmerged
from incidents.curation.carrying import standing_end
from incidents.curation.naming import follow_names
from incidents.curation.new_claims import refuse_duplicate
from incidents.errors import CurationError
from incidents.models import Claim, Incident


def restore_claim(claim: Claim, *, by: User | None, seen: int) -> Claim:
    """Let a removed claim stand again, as it was. ``seen`` as in `change_claim`.

    What it names and was merged meanwhile, it names by the survivor: return the claim that does. Raises
    `CurationError` when it stands, or when what replaced it does, here or elsewhere; `DuplicateClaimError` when another
    says the same by now; `ClosedIncidentError` when its incident is merged.
    """
    with acting(by):
        locked_unmerged(Incident(pk=claim.incident_id))
        current = locking.lock_row(Claim, claim.pk, seen=seen)
        if current.ended_at is None:
            raise CurationError(gettext("“%(claim)s” stands already.") % {"claim": current})
        if (now := standing_end(current)) is not None:
            told = gettext("It was replaced by “%(claim)s”: change or remove that one instead.")
            raise CurationError(told % {"claim": now})
        refuse_duplicate(current)
        current.ended_at, current.end_reason, current.superseded_by = None, "", None
        current.save(update_fields=["ended_at", "end_reason", "superseded_by", "updated_at"])
        current.refresh_from_db(fields=["lock_version"])  # a trigger counts it
        return follow_names(current)
