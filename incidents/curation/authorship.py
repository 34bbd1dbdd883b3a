"""Whose work the next edition of an incident is: read from the history that triggers write, however it was done.

Whoever made or changed any of it is not the second pair of eyes (docs/adr/0037-a-second-pair-of-eyes.md).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Max

from archive.row_history import user_id
from archive.versions import events_of
from incidents.models import Claim, Edition, Incident, SummarySentence

Work = Mapping[int, list[str]]
ALWAYS = None  # since when events count, of what stands in the edition


def work_on(incident: Incident) -> Work:
    """User id → what of the next edition is their work, in words for editors; without what commands did.

    It is whoever made or changed, ever and in whatever incident: a claim that stands, one that it replaced, a sentence
    of the summary, the scope; and whoever took out or moved away anything since the last edition. Neither making the
    incident, nor describing it for editors, nor answering a warning is part of what an edition says.
    """
    return work_on_each([incident.pk])[incident.pk]


def work_on_each(incidents: Collection[int]) -> dict[int, Work]:
    """As `work_on`, for several incidents by their keys: ten queries, and one for each time that claims were replaced
    one after the other.
    """
    found: dict[int, dict[int, list[str]]] = {pk: defaultdict(list) for pk in incidents}
    editions = Edition.objects.filter(incident__in=incidents).order_by().values_list("incident")
    last: dict[int, datetime] = dict(editions.annotate(Max("published_at")))
    for model, noun in ((Claim, "claim"), (SummarySentence, "sentence")):
        for incident, event in events_about(model, incidents, last):
            note(found[incident], event, noun)
    for incident, user in who_changed_the_scope(incidents):
        found[incident][user].append("the scope")
    return {pk: {user: parts for user, parts in work.items() if user} for pk, work in found.items()}


def events_about(model: Any, incidents: Collection[int], last: Mapping[int, datetime]) -> Iterator[tuple[int, Any]]:
    """Events of rows that stand in an incident, and since its last edition of all that ever were in it."""
    events: Any = events_of(model)._default_manager
    since: dict[int, dict[int, datetime | None]] = defaultdict(dict)  # row → incident → since when its events count
    for row, incident in events.filter(incident__in=incidents).values_list("pgh_obj_id", "incident").distinct():
        since[row][incident] = last.get(incident, ALWAYS)
    standing = model._default_manager.filter(incident__in=incidents).values_list("pk", "incident")
    for row, incident in with_predecessors(list(standing)) if model is Claim else standing:
        since[row][incident] = ALWAYS
    rows = events.filter(pgh_obj_id__in=since).select_related("pgh_context").order_by("pgh_id")
    for event in rows:
        for incident, begin in since[event.pgh_obj_id].items():
            if begin is ALWAYS or event.pgh_created_at > begin:
                yield incident, event


def with_predecessors(claims: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """These claims, each with its incident, and all that they replaced, one after the other."""
    known = dict(claims)
    newest = dict(claims)
    while newest:
        replaced = Claim.every.filter(superseded_by__in=newest).values_list("pk", "superseded_by")
        newest = {pk: newest[successor] for pk, successor in replaced if successor and pk not in known}
        known |= newest
    return list(known.items())


def note(work: dict[int, list[str]], event: Any, noun: str) -> None:
    name = f"{noun} {event.public_id}" if hasattr(event, "public_id") else f"{noun} “{event.text_en}”"
    for user in {user_id(event), event.created_by_id if event.pgh_label == "insert" else 0}:
        if user and name not in work[user]:
            work[user].append(name)


def who_changed_the_scope(incidents: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Incident and user, for each change of what an incident is: as much a part of the edition as a claim."""
    events: Any = events_of(Incident)._default_manager
    rows = events.filter(pgh_obj_id__in=incidents).select_related("pgh_context").order_by("pgh_obj_id", "pgh_id")
    for before, after in pairwise(rows):
        if before.pgh_obj_id == after.pgh_obj_id and before.scope != after.scope:
            yield after.pgh_obj_id, user_id(after)
