"""What editors say to each other about an incident or a claim of it: threads, open until somebody resolves them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext

from archive.locking import acting
from archive.models import User
from incidents.curation.acting import locked
from incidents.errors import CurationError, InvalidError, StaleThreadError
from incidents.models import Claim, Comment, Incident


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and what was answered, in order."""

    first: Comment
    answers: list[Comment]

    @property
    def last(self) -> Comment:
        return self.answers[-1] if self.answers else self.first

    @property
    def is_open(self) -> bool:
        return not self.last.resolves


def comment(
    incident: Incident, *, by: User | None, text: str, claim: Claim | None = None, thread: Comment | None = None
) -> Comment:
    """Say something about an incident, about a ``claim`` of it, or in answer to the first comment of a ``thread``.

    An answer opens a thread again. Also closed incidents may be commented on. Raises `InvalidError` (no text) and
    `CurationError` (a claim or thread of another incident).
    """
    return write(incident, by=by, text=text, claim=claim, thread=thread)


def resolve(thread: Comment, *, by: User | None, seen: int, text: str = "") -> Comment:
    """Close a thread, with a last word if there is one; ``seen`` is the key of the last comment that was shown.

    Raises `StaleThreadError` when somebody has answered since, and `CurationError` when it is closed already.
    """
    with acting(by):
        locked(thread.incident)
        last = Comment.objects.filter(Q(pk=thread.pk) | Q(thread=thread)).select_related("by").order_by("-pk")[0]
        if last.pk != seen:
            raise StaleThreadError(last)
        if last.resolves:
            raise CurationError(gettext("It is resolved already."))
        return write(thread.incident, by=by, text=text, claim=thread.claim, thread=thread, resolves=True)


def write(
    incident: Incident,
    *,
    by: User | None,
    text: str,
    claim: Claim | None,
    thread: Comment | None,
    resolves: bool = False,
) -> Comment:
    said = text.replace("\r\n", "\n").strip()
    if not said and not resolves:
        raise InvalidError({"text": gettext("Write the comment.")})
    if thread is not None and (thread.incident_id != incident.pk or thread.thread_id is not None):
        raise CurationError(gettext("It answers no thread of this incident."))
    about = thread.claim if thread is not None else claim
    if thread is None and about is not None and about.incident_id != incident.pk:
        raise CurationError(gettext("%(claim)s is no claim of this incident.") % {"claim": about.public_id})
    with acting(by):
        current = locked(incident)
        return Comment.objects.create(incident=current, claim=about, thread=thread, text=said, resolves=resolves, by=by)


def threads(incident: Incident) -> list[Thread]:
    """All threads of an incident, the open ones first; one query."""
    return sorted(threads_of(Comment.objects.filter(incident=incident)), key=lambda thread: not thread.is_open)


def threads_on(claims: Collection[int]) -> dict[int, list[Thread]]:
    """The threads about each of these claims, by their keys; one query."""
    found: dict[int, list[Thread]] = defaultdict(list)
    for thread in threads_of(Comment.objects.filter(claim__in=claims)):
        found[thread.first.claim_id or 0].append(thread)
    return dict(found)


def threads_of(comments: QuerySet[Comment]) -> list[Thread]:
    found: dict[int, Thread] = {}
    for one in comments.select_related("by", "claim", "incident").order_by("pk"):
        if one.thread_id is None:
            found[one.pk] = Thread(one, [])
        elif one.thread_id in found:
            found[one.thread_id].answers.append(one)
    return list(found.values())


def waiting_for(user: User) -> QuerySet[Comment]:
    """The first comments of open threads whose last word is another's, and that are for the user: about an incident
    that is assigned to them or that they submitted or began, about a claim that they made, or where they had a say.
    """
    answers = Comment.objects.filter(Q(pk=OuterRef("pk")) | Q(thread=OuterRef("pk"))).order_by("-pk")
    firsts = Comment.objects.filter(thread=None).annotate(
        last_resolves=Subquery(answers.values("resolves")[:1]), last_by=Subquery(answers.values("by")[:1])
    )
    mine = (
        Q(claim__created_by=user)
        | Q(by=user)
        | Q(pk__in=Comment.objects.filter(by=user, thread__isnull=False).values("thread"))
        | Q(incident__assignment__user=user)
        | Q(incident__created_by=user)
        | Q(incident__in=user.submissions.values("incident"))
    )
    return firsts.filter(mine, last_resolves=False).exclude(last_by=user)
