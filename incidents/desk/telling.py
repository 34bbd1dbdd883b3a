"""What an editor is told of claims that were saved, above the next page."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from incidents import curation
from incidents.models import Claim
from incidents.sense.rules import speaker_private


def tell(request: HttpRequest, done: str, *claims: Claim) -> None:
    """Say what was done, and whose names may not do."""
    messages.success(request, told(done, *claims))
    warn_of_private_speakers(request, *claims)


def told(done: str, *claims: Claim) -> str:
    """What the editor is told of claims that were saved, with what is only proposed."""
    proposed = {str(term): term for claim in claims for term in claim.terms_not_accepted}
    waiting = [
        _("“%(term)s” is proposed: go on; an administrator decides on it before this is published.") % {"term": term}
        for term in proposed
    ]
    return " ".join([f"{done}: {'; '.join(map(str, claims))}.", *waiting])


def warn_of_private_speakers(request: HttpRequest, *claims: Claim) -> None:
    for message in private_speakers(*claims):
        messages.warning(request, message)


def private_speakers(*claims: Claim) -> list[str]:
    """The warnings of claims whose speaker is only proposed and looks like a private person; no query without one."""
    wanted = {claim.public_id: claim.incident for claim in claims if claim.speaker and not claim.speaker.is_accepted}
    found = [doubt for incident in set(wanted.values()) for doubt in curation.warnings(incident)]
    return [one.message for one in found if one.rule == speaker_private.__name__ and one.subject[1] in wanted]
