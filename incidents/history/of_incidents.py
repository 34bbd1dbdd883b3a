"""The lines of the history of an incident."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from archive.history import Line, TrackedLine, WrittenLine
from archive.history.divisions import divisions
from archive.models import Article, Passage
from archive.text.withheld import Withheld
from archive.versions import events_of
from archive.withheld import words_of
from incidents.history import told_events
from incidents.history.claim_line import ClaimLine
from incidents.models import (
    Claim,
    EditorialEvent,
    Incident,
    IncidentAssignment,
    IncidentIdentifier,
    IncidentLink,
    IncidentTag,
    PairVerdict,
    SummarySentence,
)
from incidents.terms import Action


class IncidentLine(TrackedLine):
    labels = {
        "scope": gettext_lazy("Scope"),
        "status": gettext_lazy("Status"),
        "working_title": gettext_lazy("Working title"),
        "note": gettext_lazy("Internal note"),
        "merged_into": gettext_lazy("Merged into"),
        "closed_reason": gettext_lazy("Public reason"),
    }
    untold = ("code", "closed_at")


class SentenceLine(TrackedLine):
    labels = {
        "position": gettext_lazy("Place in the summary"),
        "text_en": gettext_lazy("Sentence (English)"),
        "text_ar": gettext_lazy("Sentence (Arabic)"),
        "cited": gettext_lazy("Words that it cites"),
    }

    def prepare(self, events: list[Any]) -> dict[str, str]:
        cited = {public_id for event in events for public_id in event.cited}
        return dict(Passage.objects.filter(public_id__in=cited).order_by().values_list("public_id", "exact"))

    def value(self, event: Any, told: models.Field, words: dict[str, str]) -> str:
        if told.name == "cited":
            return "\n".join(words.get(public_id, public_id) for public_id in event.cited)
        return super().value(event, told, words)


class IdentifierLine(TrackedLine):
    untold = ("scheme", "value")
    related = ("scheme",)

    def name(self, event: Any, words: Any) -> str:
        return f"{event.scheme_id}: {event.value}"


class LinkLine(TrackedLine):
    """Links from or to an incident; merges are not followed: what was done then was done with that one."""

    labels = {
        "reason": gettext_lazy("Public reason"),
        "reason_ar": gettext_lazy("Public reason (Arabic)"),
        "passage": gettext_lazy("Words"),
    }
    untold = ("kind", "one", "other")
    related = ("one", "other")

    def action(self, act: str, event: Any, words: Any) -> Any:
        return gettext_lazy("ended") if act == "ended" else super().action(act, event, words)

    def name(self, event: Any, words: Any) -> str:
        return f"{event.get_kind_display()}: {event.one.code} – {event.other.code}"


def restored_lines(incident: Incident) -> list[TrackedLine]:
    """What a state of an incident consists of."""
    of_claims: Any = events_of(Claim)._default_manager
    ever = of_claims.filter(incident=incident).values("pgh_obj_id")  # also claims that were moved elsewhere since
    ours = {"incident_id": incident.pk}
    return [
        IncidentLine(
            "incident",
            gettext_lazy("the incident itself"),
            gettext_lazy("incident"),
            events_of(Incident)._default_manager.filter(pgh_obj_id=incident.pk),
            is_restored=True,
        ),
        ClaimLine(
            "claim",
            gettext_lazy("claims"),
            gettext_lazy("claim"),
            of_claims.filter(pgh_obj_id__in=ever),
            of=ours,
            is_restored=True,
        ),
        SentenceLine(
            "sentence",
            gettext_lazy("summary"),
            gettext_lazy("sentence of the summary"),
            events_of(SummarySentence)._default_manager.filter(incident=incident),
            is_restored=True,
        ),
        IdentifierLine(
            "identifier",
            gettext_lazy("identifiers"),
            gettext_lazy("identifier"),
            events_of(IncidentIdentifier)._default_manager.filter(incident=incident),
            is_restored=True,
        ),
    ]


def lines_of(incident: Incident) -> list[Line]:
    events = EditorialEvent.objects.filter(Q(incident=incident) | Q(other=incident))
    events = events.exclude(action=Action.CREATED, incident=incident)  # told by what the incident itself says
    comments = incident.comments.select_related("claim")
    return [
        *restored_lines(incident),
        WrittenLine(
            "review",
            gettext_lazy("review and publishing"),
            events.select_related("incident", "other"),
            told_events.teller(incident),
        ),
        LinkLine(
            "link",
            gettext_lazy("links to other incidents"),
            gettext_lazy("link"),
            events_of(IncidentLink)._default_manager.filter(Q(one=incident) | Q(other=incident)),
        ),
        WrittenLine("comment", gettext_lazy("comments"), comments, told_events.commented, joins=False),
        WrittenLine(
            "warning", gettext_lazy("answers to warnings"), incident.warning_answers.all(), told_events.answered
        ),
        WrittenLine(
            "pair",
            gettext_lazy("whether it is the same attack"),
            PairVerdict.objects.filter(Q(pair__earlier=incident) | Q(pair__later=incident)).select_related(
                "pair__earlier", "pair__later"
            ),
            told_events.told_apart(incident),
            "created_at",
            "created_by",
        ),
        *divisions(
            events_of(IncidentAssignment)._default_manager.filter(incident=incident),
            events_of(IncidentTag)._default_manager.filter(incident=incident),
        ),
    ]


def words_about(incident: Incident) -> list[Withheld]:
    """The words that are withheld of any report that the incident cites or ever cited; two queries."""
    ever: Any = events_of(Claim)._default_manager
    cited = Q(texts__passages__in=ever.filter(incident=incident).exclude(passage=None).values("passage"))
    told: Any = events_of(SummarySentence)._default_manager
    keys = {key for cites in told.filter(incident=incident).values_list("cited", flat=True) for key in cites}
    in_summary = Q(texts__passages__public_id__in=keys)
    articles = Article.objects.filter(cited | in_summary).exclude(withheld=[]).distinct()
    return list(dict.fromkeys(word for article in articles for word in words_of(article)))
