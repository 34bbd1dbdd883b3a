"""What waits for editors of incidents, as sections of My work."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from archive.admin.my_work import Found, Item, Section, divided, from_rows, register
from archive.localisation import localised
from archive.models import User
from incidents import curation, proposals
from incidents.desk.pickers import incident_title
from incidents.models import Claim, Comment, Edition, Incident, LikelyPair, Submission, SummarySentence
from incidents.reading_back.likeness import read_back
from incidents.terms import CLOSED, Status

LOOKED_THROUGH = 100  # submissions of which it is worked out who made them


def incidents() -> QuerySet[Incident]:
    return Incident.objects.select_related("row", "submission__by", "sent_back__by")


def change_page(incident: Incident) -> str:
    return reverse("admin:incidents_incident_change", args=[incident.pk])


def item(incident: Incident, about: str = "", at: Any = None, address: str = "") -> Item:
    waiting = incident.submission
    title = localised(waiting.content["title_en"], waiting.content["title_ar"]) if waiting else incident_title(incident)
    name = f"{incident.code} {title}".strip()
    return Item(name, address or change_page(incident), about, at)


def status_of(incident: Incident) -> Item:
    return item(incident, str(incident.get_status_display()), incident.updated_at)


def to_review(user: User, whose: str, limit: int) -> Found:
    """Those of the longest waiting that are not the user's own work."""
    found = divided(incidents().filter(submission__isnull=False), user, whose).order_by("submission__at")
    waiting = list(found[: LOOKED_THROUGH + 1])
    looked = waiting[:LOOKED_THROUGH]
    own = {} if settings.ONE_PERSON_ARCHIVE else curation.work_on_each([incident.pk for incident in looked])
    mine = [incident for incident in looked if user.pk not in own.get(incident.pk, {})]
    return Found([submitted(incident) for incident in mine[:limit]], len(mine), len(waiting) > LOOKED_THROUGH)


def submitted(incident: Incident) -> Item:
    submission = incident.submission
    assert submission is not None
    by = submission.by.shown_name if submission.by else gettext("a command")
    about = f"{by}: {submission.comment}" if submission.comment else gettext("submitted by %(who)s") % {"who": by}
    return item(incident, about, submission.at, reverse("admin:incidents_incident_publish", args=[incident.pk]))


def came_back(user: User, whose: str, limit: int) -> Found:
    last = Submission.objects.filter(incident=OuterRef("pk")).order_by("-pk").values("by")[:1]
    rows = incidents().filter(sent_back__isnull=False).alias(submitter=Subquery(last))
    mine = rows.filter(Q(submitter=user.pk) | Q(assignment__user=user)).order_by("-sent_back__at")

    def answer(incident: Incident) -> Item:
        event = incident.sent_back
        assert event is not None
        return item(incident, f"{event.by.shown_name if event.by else gettext('a command')}: {event.reason}", event.at)

    return from_rows(mine, answer, limit)


def assigned(user: User, whose: str, limit: int) -> Found:
    rows = incidents().filter(assignment__user=user).exclude(status__in=CLOSED).order_by("-assignment__at", "-pk")
    return from_rows(rows, status_of, limit)


def begun(user: User, whose: str, limit: int) -> Found:
    rows = incidents().filter(created_by=user, status=Status.DRAFT, sent_back=None).order_by("-updated_at")
    return from_rows(rows, status_of, limit)


def changed(user: User, whose: str, limit: int) -> Found:
    """Published, with something changed since the last edition that nobody has submitted."""
    published = Edition.objects.filter(incident=OuterRef("pk")).order_by("-number").values("published_at")[:1]
    rows = incidents().filter(status=Status.PUBLISHED, submission=None).alias(published_at=Subquery(published))
    of_claims = Claim.every.filter(incident=OuterRef("pk"), updated_at__gt=OuterRef("published_at"))
    of_sentences = SummarySentence.objects.filter(incident=OuterRef("pk"), updated_at__gt=OuterRef("published_at"))
    found = divided(rows.filter(Exists(of_claims) | Exists(of_sentences)), user, whose).order_by("-pk")
    return from_rows(found, status_of, limit)


def commented(user: User, whose: str, limit: int) -> Found:
    rows = curation.waiting_for(user).select_related("incident__row", "by", "claim").order_by("-pk")

    def said(comment: Comment) -> Item:
        about = f"{comment.by.shown_name if comment.by else gettext('a command')}: {comment.text}"
        return item(comment.incident, about, comment.at, f"{change_page(comment.incident)}#comments")

    return from_rows(rows, said, limit)


def proposed(user: User, whose: str, limit: int) -> Found:
    waiting = list(proposals.open_terms())
    terms = [Item(one.term.name, one.address, str(one.term._meta.verbose_name)) for one in waiting[:limit]]
    return Found(terms, len(waiting))


def likely_pairs(user: User, whose: str, limit: int) -> Found:
    rows = LikelyPair.objects.to_decide().with_incidents()

    def asked(pair: LikelyPair) -> Item:
        name = f"{pair.later.code} and {pair.earlier.code}: {incident_title(pair.later)}"
        return Item(
            name,
            reverse("desk:pair", args=[pair.pk]),
            pgettext("list of names", ", ").join(map(read_back, pair.reasons)),
            pair.created_at,
        )

    return from_rows(rows, asked, limit)


def incident_list(query: str) -> Callable[[], str]:
    return lambda: f"{reverse('admin:incidents_incident_changelist')}?{query}"


EDIT, REVIEW = "incidents.change_incident", settings.PERMISSION_TO_PUBLISH
SECTIONS = [
    Section(
        "review",
        _("To review"),
        _("Nothing waits for your review."),
        REVIEW,
        to_review,
        order=10,
        everything=incident_list("todo=in_review"),
        is_divided=True,
    ),
    Section(
        "back",
        _("Came back to me"),
        _("Nothing came back to you."),
        EDIT,
        came_back,
        order=15,
        everything=incident_list("todo=sent_back"),
    ),
    Section(
        "assigned",
        _("Incidents assigned to me"),
        _("No incident is assigned to you."),
        EDIT,
        assigned,
        order=20,
        everything=incident_list("assigned=me"),
    ),
    Section("comments", _("Comments to me"), _("Nobody waits for your answer."), EDIT, commented, order=30),
    Section(
        "begun",
        _("Drafts that I began"),
        _("You have begun no draft."),
        EDIT,
        begun,
        order=45,
        everything=incident_list("status__exact=draft"),
    ),
    Section(
        "unpublished",
        _("Published, and changed since"),
        _("Every published incident says what its claims say."),
        EDIT,
        changed,
        order=50,
        is_divided=True,
    ),
    Section(
        "pairs",
        _("The same attack?"),
        _("No two incidents wait for an answer."),
        EDIT,
        likely_pairs,
        order=55,
        everything=lambda: reverse("desk:pairs"),
    ),
    Section(
        "terms",
        _("Proposed terms"),
        _("No term waits for a decision."),
        "incidents.accept_term",
        proposed,
        order=70,
        everything=lambda: reverse("desk:terms"),
    ),
]
for one in SECTIONS:
    register(one)
