"""Why the curation services refuse; the messages are for editors."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

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
        super().__init__(_("This claim is there already."))
        self.claim = claim


class EndedClaimError(CurationError):
    """The claim was removed, or replaced by another, and takes no change."""

    def __init__(self, claim: "Claim") -> None:
        after = claim.superseded_by
        told = _("“%(claim)s” was replaced by %(other)s.") if after else _("“%(claim)s” was removed.")
        super().__init__(told % {"claim": claim, "other": after.public_id if after else ""})
        self.claim = claim


class LikelyDuplicateError(CurationError):
    """Something of a like name is there already: ``found``, rows of one model with their ``incident_count``."""

    def __init__(self, found: Sequence[Any]) -> None:
        told = _("There is one of a like name: %(names)s. Is it the same?")
        super().__init__(told % {"names": pgettext("list of names", ", ").join(map(str, found))})
        self.found = list(found)


class LikelySameError(CurationError):
    """Incidents are there that may be the same attack: ``found``, rows of `incidents.likeness.Likely`."""

    def __init__(self, found: Sequence[Any]) -> None:
        codes = pgettext("list of names", ", ").join(one.incident.code for one in found)
        super().__init__(_("This attack may be there already: %(codes)s. Is it the same?") % {"codes": codes})
        self.found = list(found)


class RefusedTermError(CurationError):
    """A term of that name was proposed before, and refused: ``term``."""

    def __init__(self, term: "Term") -> None:
        told = _("“%(term)s” was proposed before, and refused: %(reason)s")
        super().__init__(told % {"term": term, "reason": term.decision})
        self.term = term


class ClosedIncidentError(CurationError):
    """The incident is withdrawn or merged and takes no such change."""

    def __init__(self, incident: "Incident") -> None:
        told = _("%(code)s is %(status)s: restore it first.")
        super().__init__(told % {"code": incident.code, "status": str(incident.get_status_display()).lower()})
        self.incident = incident


class NotReadyError(CurationError):
    """The incident cannot be published yet: ``missing`` lists why."""

    def __init__(self, missing: Sequence[MissingItem]) -> None:
        super().__init__(_("It cannot be published yet.") + " " + " ".join(item.message for item in missing))
        self.missing = list(missing)


class UnansweredError(NotReadyError):
    """Warnings stand that nobody has answered: ``missing`` lists them."""


class NothingChangedError(CurationError):
    """The next edition would say what the current one says."""

    def __init__(self, number: int) -> None:
        super().__init__(_("Nothing has changed since edition %(number)s.") % {"number": number})
        self.number = number


class OwnWorkError(CurationError):
    """Whoever made or changed a part of an edition is not the one who publishes it: ``own`` lists the parts."""

    SHOWN = 5

    def __init__(self, own: Sequence[str]) -> None:
        shown = pgettext("list of names", ", ").join(own[: self.SHOWN])
        if (more := len(own) - self.SHOWN) > 0:
            shown += " " + ngettext("and %(number)s more", "and %(number)s more", more) % {"number": more}
        told = _("You made or changed a part of it (%(parts)s): somebody else has to publish it.")
        super().__init__(told % {"parts": shown})
        self.own = list(own)


class NotSubmittedError(CurationError):
    """The incident does not wait for a review."""

    def __init__(self, incident: "Incident") -> None:
        super().__init__(_("%(code)s is not in review: its editor submits it first.") % {"code": incident.code})
        self.incident = incident


class StaleThreadError(CurationError):
    """Somebody has answered since the thread was shown: ``last`` is what they said."""

    def __init__(self, last: "Comment") -> None:
        who = last.by.shown_name if last.by else _("Somebody")
        super().__init__(_("%(who)s answered meanwhile. Read it before you resolve the thread.") % {"who": who})
        self.last = last


class MergeError(CurationError):
    """These two incidents cannot become one."""


class NameMergeError(CurationError):
    """These two facilities, actors or speakers cannot become one, or cannot be taken apart again."""


class FacilityPlaceError(CurationError):
    """What readers learn of the place of this facility cannot be changed so."""


class SplitError(CurationError):
    """These claims cannot go to another incident."""
