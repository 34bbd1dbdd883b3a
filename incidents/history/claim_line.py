"""What became of the claims of an incident: made, changed, replaced, carried elsewhere, removed, restored."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from archive import dates
from archive.history import Entry, Head, TrackedLine
from archive.history.tracked import ENDS
from archive.row_history import FieldChange
from incidents.models import Actor, Claim
from incidents.models.claims import shown


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """``actors``: slug → row, of alternatives; ``origins``: key of a claim → the claim that it was made in place of."""

    actors: dict[str, Actor]
    origins: dict[int, Claim]


class ClaimLine(TrackedLine):
    labels = {
        "incident": gettext_lazy("Incident"),
        "aspect": gettext_lazy("What the words are about"),
        "stance": gettext_lazy("Stance"),
        "rank": gettext_lazy("Rank"),
        "speaker": gettext_lazy("Who says so"),
        "passage": gettext_lazy("Words"),
        "judgement": gettext_lazy("Judgement"),
        "reasoning": gettext_lazy("Reasoning"),
        "occurred_edtf": gettext_lazy("Date"),
        "part_of_day": gettext_lazy("Part of day"),
        "time_of_day": gettext_lazy("Local time"),
        "time_until": gettext_lazy("Until, of a range"),
        "time_is_about": gettext_lazy("About that time"),
        "place": gettext_lazy("Place"),
        "place_precision": gettext_lazy("How near"),
        "latitude": gettext_lazy("Latitude"),
        "longitude": gettext_lazy("Longitude"),
        "within_m": gettext_lazy("Known to within, in metres"),
        "facility": gettext_lazy("Facility"),
        "facility_type": gettext_lazy("Kind of facility"),
        "actor": gettext_lazy("Who did it"),
        "one_of_actors": gettext_lazy("It was one of these"),
        "weapon": gettext_lazy("Weapon"),
        "count_low": gettext_lazy("At least"),
        "count_high": gettext_lazy("At most"),
        "group": gettext_lazy("Of whom"),
        "damage": gettext_lazy("What became of it"),
    }
    related = ("superseded_by__incident", "facility__place")

    def prepare(self, events: list[Any]) -> ClaimWords:
        rows = {getattr(event, "pgh_obj_id", event.pk) for event in events}
        before = Claim.every.filter(superseded_by__in=rows).with_evidence().select_related("incident")
        origins = {claim.superseded_by_id or 0: claim for claim in before}
        slugs = {slug for row in (*events, *origins.values()) for slug in row.one_of_actors}
        return ClaimWords(Actor.every.in_bulk(slugs, field_name="slug") if slugs else {}, origins)

    def entry(self, head: Head, event: Any, before: Any, words: ClaimWords) -> Entry | None:
        """A claim that was made in place of another is told by what differs between the two."""
        origin = words.origins.get(event.pgh_obj_id) if head.label == "insert" else None
        if origin is None:
            return super().entry(head, event, before, words)
        told = {"code": origin.incident.code, "claim": origin.public_id}
        is_carried = origin.incident_id != event.incident_id
        action = _("carried here from %(code)s") if is_carried else _("made in place of %(claim)s")
        changes = () if is_carried else tuple(super().changes(event, origin, "update", words))
        return Entry(
            kind=self.slug,
            what=str(self.what),
            action=action % told,
            name=self.name(event, words),
            changes=changes,
            row=f"{self.slug}.{event.pgh_obj_id}" if self.is_restored else "",
            state=self.state(head, "insert"),
            href=self.href(event, head),
        )

    def action(self, act: str, event: Any, words: Any) -> Any:
        after = event.superseded_by
        if act != "replaced" or after is None:
            return super().action(act, event, words)
        if after.incident_id != event.incident_id:
            return _("carried to %(code)s") % {"code": after.incident.code}
        return _("replaced by %(claim)s") % {"claim": after.public_id}

    def changes(self, event: Any, before: Any, act: str, words: Any) -> Iterator[FieldChange]:
        """What a replaced claim said is told where its successor is."""
        return iter(()) if act == "replaced" else super().changes(event, before, act, words)

    def name(self, event: Any, words: Any) -> str:
        return f"{event.get_aspect_display()} {event.public_id}"

    def href(self, event: Any, head: Head) -> str:
        if event.ended_at or head.label in ENDS:
            return ""
        return f"{reverse('admin:incidents_incident_change', args=[event.incident_id])}#claim-{event.public_id}"

    def value(self, event: Any, told: models.Field, words: ClaimWords) -> str:
        value = getattr(event, told.name)
        if told.name == "one_of_actors":
            return "\n".join(words.actors[slug].name if slug in words.actors else slug for slug in value)
        if told.name == "passage":
            return value.exact if value else ""
        if told.name == "occurred_edtf" and value:
            return in_days(value)
        if told.name == "incident":
            return str(value)
        if told.is_relation:
            return shown(value)
        return super().value(event, told, words)


def in_days(edtf: str) -> str:
    """A date in words, and as it was typed where that says more."""
    try:
        words = dates.describe(dates.parse(edtf), get_language() or "en")
    except dates.DateError:
        return edtf
    return f"{words} (\u2066{edtf}\u2069)"  # from left to right, among Arabic too
