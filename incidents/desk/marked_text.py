"""What the desk shows of an article: a text with its passages marked, and the claims that rest on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive import following, marks, withheld
from archive.copies import Copy, copies_of
from archive.following import Followed
from archive.models import Article, Passage, TextVersion
from archive.text_standing import Standing, standing
from archive.texts_in_time import latest_first
from archive.typed_numbers import typed_number
from incidents.desk.pickers import incident_title
from incidents.models import Claim, Incident
from incidents.terms import Status

RECENT = 5


@dataclass(frozen=True, slots=True)
class IncidentGroup:
    """An incident with its claims from this article."""

    incident: Incident
    title: str
    claims: list[Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of an article, ready to be read and marked."""

    article: Article
    text_version: TextVersion
    numbers: list[int]
    current: int
    groups: list[IncidentGroup]
    html: SafeString
    labels: SafeString
    followed: list[Followed]
    standing: Standing
    copies: list[Copy] = field(default_factory=list)

    @property
    def is_newest(self) -> bool:
        return self.text_version.number == self.current

    @property
    def to_look_at(self) -> list[Followed]:
        """The passages of other texts that somebody must look at."""
        return [one for one in self.followed if one.needs_look]

    @property
    def incidents(self) -> list[Incident]:
        return [group.incident for group in self.groups]


def text_of(article: Article, number: str | None) -> TextVersion:
    """Return the text of that number, or the current one; raises Http404."""
    texts = article.texts.all()
    if number is not None:
        return get_object_or_404(texts, number=typed_number(number))
    return get_object_or_404(latest_first(texts)[:1])


def read(article: Article, text_version: TextVersion, faint: Sequence[marks.Mark] = ()) -> Reading:
    """Gather a reading in a constant number of queries; ``faint`` marks stand in it beside those of passages."""
    claims = list(
        Claim.objects.filter(passage__text_version__article=article)
        .with_evidence()
        .select_related("incident__row")
        .order_by("incident", "passage__start", "id")
    )
    groups: dict[int, IncidentGroup] = {}
    for claim in claims:
        group = groups.setdefault(claim.incident_id, IncidentGroup(claim.incident, incident_title(claim.incident)))
        group.claims.append(claim)
    followed = following.followed_in(text_version)
    spans = [*marks_of(text_version, claims), *marks_again(followed), *marks_withheld(text_version, article), *faint]
    return Reading(
        article=article,
        text_version=text_version,
        numbers=list(article.texts.order_by("number").values_list("number", flat=True)),
        current=text_of(article, None).number,
        groups=list(groups.values()),
        html=marks.render_passages(text_version.text, spans),
        labels=marks.render_labels(spans),
        followed=followed,
        standing=standing(text_version),
        copies=copies_of(text_version),
    )


def context(reading: Reading) -> dict[str, Any]:
    """What the template of a text takes."""
    article = reading.article
    return {"reading": reading, "article": article, "text_language": article.language or "und"}


def marks_of(text_version: TextVersion, claims: list[Claim]) -> list[marks.Mark]:
    """The passages of a text that claims rest on, each with what they say, for those who hear the page."""
    said: dict[int, list[str]] = {}
    for claim in claims:
        if claim.passage and claim.passage.text_version_id == text_version.pk:
            said.setdefault(claim.passage.pk, []).append(f"{claim} ({claim.incident.code})")
    passages = Passage.objects.filter(pk__in=said)
    return [
        marks.Mark(
            passage.public_id,
            passage.start,
            passage.end,
            _("Passage. %(claims)s") % {"claims": "; ".join(said[passage.pk])},
        )
        for passage in passages
    ]


def marks_again(followed: list[Followed]) -> list[marks.Mark]:
    """The passages of other texts where they were found in this one; those to be looked at are told apart."""
    return [
        marks.Mark(
            f"again-{one.found.pk}",
            *one.span,
            label=_("Found again in this text, of text %(number)s: %(outcome)s.")
            % {"number": one.passage.text_version.number, "outcome": one.outcome_in_words},
            kind="doubtful" if one.needs_look else "again",
        )
        for one in followed
        if one.span
    ]


def marks_withheld(text_version: TextVersion, article: Article) -> list[marks.Mark]:
    """The words that readers do not see here."""
    found = withheld.spans_of(text_version.text, article.withheld)
    return [
        marks.Mark(f"withheld-{place}", one.start, one.end, _("Withheld from readers."), kind="withheld")
        for place, one in enumerate(found, start=1)
    ]


def offered_incidents(reading: Reading, last_code: str, user_id: int) -> list[Incident]:
    """Incidents to choose from at once: of this article, the one last chosen, and those the editor worked on last."""
    known = {incident.code: incident for incident in reading.incidents if incident.status != Status.MERGED}
    editable = Incident.objects.exclude(status=Status.MERGED).select_related("row")
    if last_code and last_code not in known:
        known.update({incident.code: incident for incident in editable.filter(code=last_code)})
    for incident in editable.filter(created_by=user_id).order_by("-pk")[:RECENT]:
        known.setdefault(incident.code, incident)
    return list(known.values())
