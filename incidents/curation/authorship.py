"""Whose work the next edition of an incident is: read from the history that triggers write, however it was done.

Whoever made or changed any of it is not the second pair of eyes (docs/adr/0037-a-second-pair-of-eyes.md).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils.translation import gettext, gettext_noop

from archive.row_history import user_id
from archive.versions import events_of
from incidents.models import Claim, Edition, Incident, IncidentIdentifier, SummarySentence, Transfer

Work = Mapping[int, list[str]]
Pair = tuple[int, int]
Origins = Callable[[Collection[int]], Iterable[tuple[Any, Any]]]
ALWAYS = None  # since when events count, of what stands in the edition


def work_on(incident: Incident) -> Work:
    """User id → what of the next edition is their work, in words for editors; without what commands did.

    It is whoever made or changed, ever and in whatever incident: a claim that stands, one that it replaced, a sentence
    of the summary, one that it was copied from, what a data set calls the incident, the scope; and whoever took out or
    moved away anything since the last edition. Neither making the incident, nor describing it for editors, nor
    answering a warning is part of what an edition says, nor is naming or merging places, facilities, actors and
    speakers, which others share.
    """
    return work_on_each([incident.pk])[incident.pk]


def work_on_each(incidents: Collection[int]) -> dict[int, Work]:
    """As `work_on`, for several incidents by their keys: fifteen queries, and one for each time that claims were
    replaced, or sentences and identifiers carried, one after the other.
    """
    found: dict[int, dict[int, list[str]]] = {pk: defaultdict(list) for pk in incidents}
    editions = Edition.objects.filter(incident__in=incidents).order_by().values_list("incident")
    last: dict[int, datetime] = dict(editions.annotate(Max("published_at")))
    for part in PARTS:
        for incident, event in events_about(part, incidents, last):
            note(found[incident], event, part.noun)
    for incident, user in who_changed_the_scope(incidents):
        found[incident][user].append(gettext("the scope"))
    return {pk: {user: parts for user, parts in work.items() if user} for pk, work in found.items()}


def events_about(part: "Part", incidents: Collection[int], last: Mapping[int, datetime]) -> Iterator[tuple[int, Any]]:
    """Events of rows that stand in an incident, and since its last edition of all that ever were in it."""
    events: Any = events_of(part.model)._default_manager
    since: dict[int, dict[int, datetime | None]] = defaultdict(dict)  # row → incident → since when its events count
    ever = events.filter(incident__in=incidents, **part.said)
    for row, incident in ever.values_list("pgh_obj_id", "incident").distinct():
        since[row][incident] = last.get(incident, ALWAYS)
    standing = part.model._default_manager.filter(incident__in=incidents, **part.said, **part.standing)
    for row, incident in with_origins(set(standing.values_list("pk", "incident")), part.origins):
        since[row][incident] = ALWAYS
    rows = events.filter(pgh_obj_id__in=since).select_related("pgh_context").order_by("pgh_id")
    for event in rows:
        for incident, begin in since[event.pgh_obj_id].items():
            if begin is ALWAYS or event.pgh_created_at > begin:
                yield incident, event


def with_origins(standing: set[Pair], origins: Origins) -> set[Pair]:
    """These rows, each with its incident, and all that they came from, one after the other."""
    known, newest = set(standing), standing
    while newest:
        wanted: dict[int, set[int]] = defaultdict(set)
        for row, incident in newest:
            wanted[row].add(incident)
        newest = {(origin, incident) for origin, row in origins(wanted) for incident in wanted[row]} - known
        known |= newest
    return known


def replaced_by(claims: Collection[int]) -> Iterable[tuple[int, int | None]]:
    return Claim.every.filter(superseded_by__in=claims).values_list("pk", "superseded_by")


def carried_as(sentences: Collection[int]) -> Iterable[tuple[int | None, int | None]]:
    transfers = Transfer.objects.filter(sentence_copy__in=sentences).exclude(sentence=None)
    return transfers.values_list("sentence", "sentence_copy")


def added_before(identifiers: Collection[int]) -> Iterable[Pair]:
    """A merge adds an identifier anew, and so does restoring: it is the same by its scheme and value."""
    rows = IncidentIdentifier.objects.filter(pk__in=identifiers)
    pks = {(scheme, value): pk for pk, scheme, value in rows.values_list("pk", "scheme", "value")}
    alike = IncidentIdentifier.objects.filter(value__in={value for _, value in pks})
    named = alike.values_list("pk", "scheme", "value")
    return [(pk, pks[scheme, value]) for pk, scheme, value in named if (scheme, value) in pks]


class Part(NamedTuple):
    """What an edition says, row by row; ``origins`` are pairs of an earlier row and the one that came of it."""

    model: Any
    noun: str
    origins: Origins
    said: Mapping[str, Any] = {}
    standing: Mapping[str, Any] = {}


PARTS = (
    Part(Claim, gettext_noop("claim %(name)s"), replaced_by),
    Part(SummarySentence, gettext_noop("sentence %(name)s"), carried_as),
    Part(
        IncidentIdentifier,
        gettext_noop("identifier %(name)s"),
        added_before,
        {"scheme__is_public": True},
        {"ended_at": None},
    ),
)


def note(work: dict[int, list[str]], event: Any, noun: str) -> None:
    name = gettext(noun) % {"name": name_of(event)}
    who = 0 if is_naming(event) else user_id(event)
    for user in {who, event.created_by_id if event.pgh_label == "insert" else 0}:
        if user and name not in work[user]:
            work[user].append(name)


def is_naming(event: Any) -> bool:
    """Whether an event is part of a merge of names (`incidents.name_merges`), which is nobody's work on an edition."""
    context = event.pgh_context
    return bool(context and (context.metadata or {}).get("naming"))


def name_of(event: Any) -> str:
    """What editors know the row of an event by."""
    if hasattr(event, "value"):
        return f"“{event.scheme_id}: {event.value}”"
    return event.public_id if hasattr(event, "public_id") else f"“{event.text_en}”"


def who_changed_the_scope(incidents: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Incident and user, for each change of what an incident is: as much a part of the edition as a claim."""
    events: Any = events_of(Incident)._default_manager
    rows = events.filter(pgh_obj_id__in=incidents).select_related("pgh_context").order_by("pgh_obj_id", "pgh_id")
    for before, after in pairwise(rows):
        if before.pgh_obj_id == after.pgh_obj_id and before.scope != after.scope:
            yield after.pgh_obj_id, user_id(after)
