"""What publishing, reviewing and closing share: what the next edition would say, and the change of status."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from archive.models import Article
from incidents.assessment import Facts
from incidents.curation.passage_citations import cite, write_citations
from incidents.curation.published_rows import refresh_rows
from incidents.evidence import Evidence
from incidents.models import Edition, EditorialEvent, Incident, Submission
from incidents.record.redaction import ever_generalised
from incidents.record.same_attack import incidents_of
from incidents.record.whole import IncidentRecord
from incidents.record.writing import content_of

# What two editions may differ in and still say the same.
CIRCUMSTANCES = ("version", "published_at", "note", "note_ar")


def says(content: IncidentRecord) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in CIRCUMSTANCES}


def next_content(evidence: Evidence, facts: Facts, before: Edition | None) -> IncidentRecord:
    """What the edition after ``before`` would say if it were published now."""
    number = before.number + 1 if before else 1
    return content_of(evidence, facts, number=number, published_at=timezone.now(), note="")


def lock_reports(incident: Incident) -> None:
    """Lock the reports of the newest edition: whoever withholds words of them does it before or after, not meanwhile.

    Only then does the rows' maker see these words, or the one who withholds the edition that cites them.
    """
    newest = incident.editions.order_by("-number").values_list("content__articles", flat=True).first()
    if newest:
        list(Article.objects.filter(public_id__in=newest).locked().values_list("pk"))


def move(
    incident: Incident,
    status: str,
    *,
    closed_at: datetime | None = None,
    reason: str = "",
    into: Incident | None = None,
    submission: Submission | None = None,
    sent_back: EditorialEvent | None = None,
) -> None:
    """Change the status and all that readers' lists and passages say of it; what is not given is nothing then."""
    others = [pk for pk in (incident.merged_into_id, into.pk if into else None) if pk]
    incident.status = status
    incident.closed_at = closed_at
    incident.closed_reason = reason
    incident.merged_into = into
    incident.submission = submission
    incident.sent_back = sent_back
    changed = ["status", "closed_at", "closed_reason", "merged_into", "submission", "sent_back", "updated_at"]
    incident.save(update_fields=changed)
    lock_reports(incident)
    touched = {incident.pk, *others}
    same = same_attack(touched) if ever_generalised().exists() else set()
    refresh_rows(touched | same)
    cite(incident)
    for other in Incident.objects.filter(pk__in=same - {incident.pk}).order_by("pk"):
        write_citations(other)


def same_attack(pks: Collection[int]) -> set[int]:
    """The keys of these incidents and of all of the same attacks, of which lists and passages may say something else
    now: one may name a facility of which readers learn only the district, or no other does any more.
    """
    codes = Incident.objects.filter(pk__in=pks).values_list("code", flat=True)
    return set(incidents_of(set(codes)))
