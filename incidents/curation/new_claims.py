"""What a passage says about an incident: making claims, and what every claim must satisfy."""

from typing import Any

from django.utils.translation import gettext

from archive.locking import acting
from archive.models import Passage, User
from archive.terms import values
from incidents.curation import claim_values
from incidents.curation.acting import locked_unmerged
from incidents.errors import DuplicateClaimError, InvalidError
from incidents.models import Claim, Incident, Speaker
from incidents.standing_names import standing
from incidents.terms import Rank, Stance


def make_claim(
    *,
    incident: Incident,
    by: User | None,
    aspect: str,
    stance: str = Stance.ASSERTS,
    rank: str = Rank.NORMAL,
    speaker: Speaker | None = None,
    passage: Passage | None = None,
    judgement: str = "",
    reasoning: str = "",
    **values: Any,
) -> Claim:
    """Make a claim of one aspect; ``values`` are its `claim_values.fields_of` that aspect.

    Raises `InvalidError` (names the fields), `DuplicateClaimError`, `ClosedIncidentError`.
    """
    with acting(by):
        claim = Claim(
            incident=locked_unmerged(incident),
            aspect=aspect,
            stance=stance,
            rank=rank,
            speaker=speaker,
            passage=passage,
            judgement=judgement.strip(),
            reasoning=reasoning.strip(),
            created_by=by,
        )
        put_values(claim, values)
        refuse_duplicate(claim)
        claim.save()
    return claim


def put_values(claim: Claim, values: dict[str, Any]) -> None:
    """Set the value; raises `InvalidError` that names every field that is wrong, the common ones included."""
    errors = common_errors(claim)
    claim.speaker = standing(claim.speaker) if claim.speaker else None
    if values.get("one_of_actors") and claim.stance != Stance.ASSERTS:
        errors["stance"] = gettext(
            "Of several it can only be said that one did it: dispute or deny the part of each by itself."
        )
    if values.get("latitude") is not None and claim.stance != Stance.ASSERTS:
        errors["stance"] = gettext("Only who says that it was there gives a point: dispute or deny the place alone.")
    try:
        cleaned = claim_values.clean(claim.aspect, values)
        for field, value in {**claim_values.nothing(), **cleaned}.items():
            setattr(claim, field, value)
    except InvalidError as error:
        errors.update(error.errors)
    if errors:
        raise InvalidError(errors)


def common_errors(claim: Claim) -> dict[str, str]:
    errors = {}
    if claim.stance not in values(Stance):
        errors["stance"] = gettext("“%(value)s” is none of %(known)s.") % {
            "value": claim.stance,
            "known": ", ".join(values(Stance)),
        }
    if claim.rank not in values(Rank):
        errors["rank"] = gettext("“%(value)s” is none of %(known)s.") % {
            "value": claim.rank,
            "known": ", ".join(values(Rank)),
        }
    if claim.passage is None and not claim.judgement:
        errors["passage"] = gettext("Select the words that say it, or write a judgement.")
    return errors


def identity(claim: Claim) -> dict[str, Any]:
    """What two claims of an incident may not have in common, column by column: value, stance, speaker and support."""
    same = ("aspect", "stance", "speaker", "passage", *claim_values.fields_of(claim.aspect))
    if claim.passage_id is None:
        same = (*same, "judgement")
    columns = [Claim._meta.get_field(field).attname for field in same]  # type: ignore[union-attr]
    return {column: getattr(claim, column) for column in columns}


def refuse_duplicate(claim: Claim) -> None:
    """Raise `DuplicateClaimError` when another claim of the incident says the same by the same words."""
    found = Claim.objects.filter(incident=claim.incident, **identity(claim)).exclude(pk=claim.pk).first()
    if found:
        raise DuplicateClaimError(found)
