"""Warnings before publishing, and the answers of editors, which stay inside."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext

from archive.locking import acting
from archive.models import User
from incidents import sense
from incidents.assessment import Facts
from incidents.curation.acting import locked_open
from incidents.curation.current_facts import facts_of
from incidents.errors import InvalidError, UnansweredError
from incidents.evidence import Evidence, gather
from incidents.models import Incident, WarningAnswer
from incidents.reading_back.warnings import read_back
from incidents.sense import Doubt, Later, Matter, Placed, Report, Speaking, Struck


def warnings(incident: Incident) -> list[Doubt]:
    """Return what is odd about the draft of an incident, answered or not.

    Six queries, and two more where a cited text has changed.
    """
    evidence = gather(incident)
    return warnings_in(evidence, facts_of(evidence))


def warnings_in(evidence: Evidence, facts: Facts) -> list[Doubt]:
    found = sense.warnings(matter_of(evidence, facts))
    return [replace(doubt, message=read_back(doubt.message)) for doubt in found]


def matter_of(evidence: Evidence, facts: Facts) -> Matter:
    """The evidence as the rules look at it."""
    facilities = {claim.facility.public_id: claim.facility for claim in evidence.claims if claim.facility}
    places = {place.pcode: place.name_en for place in evidence.places.values()}
    return Matter(
        claims=evidence.views,
        facts=facts,
        vocabulary=evidence.vocabulary,
        ids={claim.pk: claim.public_id for claim in evidence.claims},
        shown={claim.pk: claim.value_text for claim in evidence.claims},
        quotes={passage.public_id: passage.exact for passage in evidence.passages},
        reports=[
            Report(article.public_id, article.title, article.source is not None, article.published_on is not None)
            for article in evidence.articles
        ],
        doubtful=[
            Later(
                one.found.pk,
                one.passage.public_id,
                one.passage.exact,
                one.found.text_version.article.title,
                one.outcome,
            )
            for one in evidence.followed
            if one.needs_look or one.is_lost
        ],
        facilities={
            public_id: Struck(facility.name_en or facility.name_ar, facility.place.pcode, facility.place.name_en)
            for public_id, facility in facilities.items()
        },
        speakers={
            claim.pk: Speaking(
                claim.speaker.slug, claim.speaker.name_en, claim.speaker.name_ar, claim.speaker.actor_id is not None
            )
            for claim in evidence.claims
            if claim.speaker
        },
        placed={
            place.pcode: Placed(place.name_en, place.level, place.lat, place.lon)
            for place in evidence.places.values()
            if place.lat is not None and place.lon is not None
        },
        names=places | {actor.slug: actor.name_en for actor in evidence.actors.values()},
    )


def answers(incident: Incident, standing: Sequence[Doubt]) -> dict[str, WarningAnswer]:
    """The last answer to each of these warnings that was answered, by its key. One query."""
    rows = WarningAnswer.objects.filter(incident=incident, key__in=[warning.key for warning in standing])
    return {answer.key: answer for answer in rows.select_related("by").order_by("pk")}


def keep(incident: Incident, *, by: User | None, reasons: Mapping[str, str]) -> list[WarningAnswer]:
    """Answer warnings that stand: ``reasons`` maps their keys to why the incident is right as it is.

    Raises `InvalidError` for a key that no warning of the incident has, and for an empty reason; `ClosedIncidentError`.
    """
    with acting(by):
        current = locked_open(incident)
        standing = {warning.key: warning for warning in warnings(current)}
        errors = {key: gettext("No such warning stands now.") for key in reasons if key not in standing}
        errors |= {
            key: gettext("Write why it is right as it is.") for key, reason in reasons.items() if not reason.strip()
        }
        if errors:
            raise InvalidError(errors)
        return record_answers(current, [standing[key] for key in reasons], reasons, by=by)


def record_answers(
    incident: Incident, standing: Sequence[Doubt], reasons: Mapping[str, str], *, by: User | None
) -> list[WarningAnswer]:
    """Write the answers to these of the warnings that have a reason."""
    return WarningAnswer.objects.bulk_create(
        [answer_of(incident, warning, reasons[warning.key], by) for warning in standing if has_reason(warning, reasons)]
    )


def answer_of(incident: Incident, warning: Doubt, reason: str, by: User | None) -> WarningAnswer:
    return WarningAnswer(
        incident=incident, rule=warning.rule, key=warning.key, warning=warning.message, reason=reason.strip(), by=by
    )


def has_reason(warning: Doubt, reasons: Mapping[str, str]) -> bool:
    return bool(reasons.get(warning.key, "").strip())


def settle(
    incident: Incident, evidence: Evidence, facts: Facts, *, by: User | None, reasons: Mapping[str, str]
) -> None:
    """Record the answers that come with publishing; raises `UnansweredError` when a warning then has none."""
    standing = warnings_in(evidence, facts)
    if not standing:
        return
    known = answers(incident, standing)
    if open_ones := [w for w in standing if w.key not in known and not has_reason(w, reasons)]:
        raise UnansweredError(open_ones)
    record_answers(incident, standing, reasons, by=by)
