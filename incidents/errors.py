"""Why the curation services refuse; the messages are for editors."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from incidents.models import Claim, Comment, Incident
    from incidents.models.vocabulary import Term


class MissingItem(Protocol):
    """What an incident lacks before it can be published."""

    @property
    def key(self) -> str: ...

    @property
    def message(self) -> str: ...


class CurationError(Exception):
    """A refusal of the curation services."""


class InvalidError(CurationError):
    """Values that cannot be taken: ``errors`` maps the name of each field to what is wrong with it."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{field}: {message}" for field, message in errors.items()))
        self.errors = dict(errors)


class DuplicateClaimError(CurationError):
    """The incident already has this very claim: ``claim``."""

    def __init__(self, claim: "Claim") -> None:
        super().__init__("This claim is there already.")
        self.claim = claim


class EndedClaimError(CurationError):
    """The claim was removed, or replaced by another, and takes no change."""

    def __init__(self, claim: "Claim") -> None:
        after = f"replaced by {claim.superseded_by.public_id}" if claim.superseded_by else "removed"
        super().__init__(f"“{claim}” was {after}.")
        self.claim = claim


class LikelyDuplicateError(CurationError):
    """Something of a like name is there already: ``found``, rows of one model with their ``incident_count``."""

    def __init__(self, found: Sequence[Any]) -> None:
        super().__init__(f"There is one of a like name: {', '.join(map(str, found))}. Is it the same?")
        self.found = list(found)


class LikelySameError(CurationError):
    """Incidents are there that may be the same attack: ``found``, rows of `incidents.likeness.Likely`."""

    def __init__(self, found: Sequence[Any]) -> None:
        codes = ", ".join(one.incident.code for one in found)
        super().__init__(f"This attack may be there already: {codes}. Is it the same?")
        self.found = list(found)


class RefusedTermError(CurationError):
    """A term of that name was proposed before, and refused: ``term``."""

    def __init__(self, term: "Term") -> None:
        super().__init__(f"“{term}” was proposed before, and refused: {term.decision}")
        self.term = term


class ClosedIncidentError(CurationError):
    """The incident is withdrawn or merged and takes no such change."""

    def __init__(self, incident: "Incident") -> None:
        super().__init__(f"{incident.code} is {incident.get_status_display().lower()}: restore it first.")
        self.incident = incident


class NotReadyError(CurationError):
    """The incident cannot be published yet: ``missing`` lists why."""

    def __init__(self, missing: Sequence[MissingItem]) -> None:
        super().__init__("It cannot be published yet. " + " ".join(item.message for item in missing))
        self.missing = list(missing)


class UnansweredError(NotReadyError):
    """Warnings stand that nobody has answered: ``missing`` lists them."""


class NothingChangedError(CurationError):
    """The next edition would say what the current one says."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Nothing has changed since edition {number}.")
        self.number = number


class OwnWorkError(CurationError):
    """Whoever made or changed a part of an edition is not the one who publishes it: ``own`` lists the parts."""

    SHOWN = 5

    def __init__(self, own: Sequence[str]) -> None:
        shown = ", ".join(own[: self.SHOWN]) + (f" and {len(own) - self.SHOWN} more" if len(own) > self.SHOWN else "")
        super().__init__(f"You made or changed a part of it ({shown}): somebody else has to publish it.")
        self.own = list(own)


class NotSubmittedError(CurationError):
    """The incident does not wait for a review."""

    def __init__(self, incident: "Incident") -> None:
        super().__init__(f"{incident.code} is not in review: its editor submits it first.")
        self.incident = incident


class StaleThreadError(CurationError):
    """Somebody has answered since the thread was shown: ``last`` is what they said."""

    def __init__(self, last: "Comment") -> None:
        who = last.by.shown_name if last.by else "Somebody"
        super().__init__(f"{who} answered meanwhile. Read it before you resolve the thread.")
        self.last = last


class MergeError(CurationError):
    """These two incidents cannot become one."""


class SplitError(CurationError):
    """These claims cannot go to another incident."""
