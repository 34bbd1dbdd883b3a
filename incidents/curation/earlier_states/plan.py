"""An incident as it was after a change, and what leads back there."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from archive.history import Change, in_order, state_after
from archive.models import User
from incidents import history
from incidents.curation.earlier_states import steps
from incidents.curation.earlier_states.of_claims import of_claims
from incidents.curation.earlier_states.steps import Act, Rows, Step
from incidents.errors import ClosedIncidentError
from incidents.models import Claim, Incident, IncidentIdentifier
from incidents.terms import Status

FIELDS = ("scope", "working_title", "note")
SENTENCE = ("position", "text_en", "text_ar")
PERMISSIONS = {
    ("incident", Act.CHANGE): "incidents.change_incident",
    ("claim", Act.CHANGE): "incidents.change_claim",
    ("claim", Act.PUT_BACK): "incidents.add_claim",
    ("claim", Act.ADD): "incidents.add_claim",
    ("claim", Act.REMOVE): "incidents.delete_claim",
    ("sentence", Act.CHANGE): "incidents.change_summarysentence",
    ("sentence", Act.ADD): "incidents.add_summarysentence",
    ("sentence", Act.REMOVE): "incidents.delete_summarysentence",
    ("identifier", Act.ADD): "incidents.add_incidentidentifier",
    ("identifier", Act.REMOVE): "incidents.change_incidentidentifier",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What restoring would do now. ``at`` is when the change was made after which ``incident`` was so."""

    incident: Incident
    at: datetime
    steps: list[Step]

    @property
    def obstacles(self) -> list[str]:
        """What stands in the way of the whole; each step has what stands in its own."""
        if self.incident.status == Status.MERGED:
            return [str(ClosedIncidentError(self.incident))]
        if not self.steps:
            return [_("It is so now: there is nothing to restore.")]
        return list(dict.fromkeys(step.obstacle for step in self.steps if step.obstacle))

    @property
    def digest(self) -> str:
        """Stands for all that it would do, on the rows as they are."""
        return sha256(repr(sorted(step.state for step in self.steps)).encode()).hexdigest()

    @property
    def incidents(self) -> set[int]:
        """The keys of the incidents that it touches: claims that were moved elsewhere come back from there."""
        return {self.incident.pk, *(s.now.incident_id for s in self.steps if s.kind == "claim" and s.now is not None)}

    def lacks_right(self, user: User) -> bool:
        return not user.has_perms({PERMISSIONS[step.kind, step.act] for step in self.steps})


def plan_state(incident: Incident, *, to: str, only: str = "") -> Plan | None:
    """What leads to the state after the change that has the event ``to`` (`claim.340`), or of one row of it, ``only``.

    None where the history has no such event.
    """
    lines = {line.slug: line for line in history.restored_lines(incident)}
    changes = in_order(head for line in lines.values() for head in line.heads())
    heads = state_after(changes, to)
    if heads is None:
        return None
    then: dict[str, Rows] = {}
    for slug, line in lines.items():
        keys = [head.key for (kind, _row), head in heads.items() if kind == slug]
        events = line.with_related(line.events.model._default_manager, keys)
        if slug == "claim":  # of whose words it is asked whether readers may see them
            events = events.select_related("passage__text_version__article").defer("passage__text_version__text")
        then[slug] = {event.pgh_obj_id: event for event in events if stands(event, incident)}
    return Plan(incident, when(changes, to), steps.only_of(every_step(incident, then), only))


def when(changes: list[Change], name: str) -> datetime:
    return next(change.at for change in changes if any(head.name == name for head in change.heads))


def stands(event: Any, incident: Incident) -> bool:
    """Whether an event says that its row was there, and of this incident."""
    if event.pgh_label == "delete" or getattr(event, "ended_at", None):
        return False
    if hasattr(event, "scheme_id") and not event.scheme.is_public:
        return False  # keys of our own files and rows stay as they are
    return bool(getattr(event, "incident_id", incident.pk) == incident.pk)


def every_step(incident: Incident, then: dict[str, Rows]) -> list[Step]:
    claims = {
        claim.pk: claim for claim in Claim.objects.filter(incident=incident).with_evidence().select_related("incident")
    }
    sentences = {sentence.pk: sentence for sentence in incident.summary.all()}
    named = {name.pk: name for name in IncidentIdentifier.objects.filter(incident=incident).shown()}
    return [
        *steps.of_incident(incident, then["incident"], fields_of),
        *of_claims(incident, claims, then["claim"]),
        *steps.of_sentences(sentences, then["sentence"], sentence_of),
        *steps.of_identifiers(named, then["identifier"], lambda row: (row.scheme_id, row.value)),
    ]


def fields_of(row: Any) -> Hashable:
    return tuple(plain(getattr(row, name)) for name in FIELDS)


def sentence_of(row: Any) -> Hashable:
    return (*(plain(getattr(row, name)) for name in SENTENCE), *sorted(row.cited))


def plain(value: Any) -> Any:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
