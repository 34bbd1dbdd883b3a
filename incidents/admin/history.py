"""The history of an incident: what editors did with it and why, and each change of it, its claims and its summary."""

from archive import row_history
from archive.models import User
from archive.row_history import Entry
from archive.versions import events_of
from incidents.models import Claim, EditorialEvent, Incident, IncidentIdentifier, SummarySentence, WarningAnswer
from incidents.terms import Action


def history_of(incident: Incident) -> list[Entry]:
    """All entries, the newest first; a constant number of queries."""
    of_claims, of_sentences, of_identifiers = (
        events_of(model)._default_manager.all() for model in (Claim, SummarySentence, IncidentIdentifier)
    )
    ours = of_claims.filter(incident=incident).values("pgh_obj_id")  # also claims that were moved elsewhere since
    entries = [
        *row_history.of_rows(incident.events.all(), "incident"),  # type: ignore[attr-defined]
        *row_history.of_rows(of_claims.filter(pgh_obj_id__in=ours), "claim"),
        *row_history.of_rows(of_sentences.filter(incident=incident), "sentence"),
        *row_history.of_rows(of_identifiers.filter(incident=incident), "identifier"),
        *(entry_of(event) for event in incident.editorial_events.select_related("by", "other")),
        *(kept(answer) for answer in incident.warning_answers.select_related("by")),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def name_of(user: User | None) -> str:
    return user.shown_name if user else ""


def kept(answer: WarningAnswer) -> Entry:
    """Why a warning was kept: inside, this is as much a part of the history as what was changed."""
    return Entry(answer.at, name_of(answer.by), "warning", "kept", (), f"{answer.warning} {answer.reason}")


def entry_of(event: EditorialEvent) -> Entry:
    by = name_of(event.by)
    what = f"edition {event.edition_number}" if event.edition_number else "incident"
    joined = {Action.MERGED: "into", Action.SPLIT: "off to"}.get(Action(event.action), "")
    action = event.get_action_display()
    if joined and event.other:
        action = f"{action} {joined} {event.other.code}"
    return Entry(event.at, by, what, action, (), event.reason)
