"""What an incident would say if it were published now, and what that would change."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from archive.models import Article
from incidents.assessment import Missing
from incidents.curation.current_facts import facts_of, missing_in
from incidents.curation.generalising import others_telling, reports_naming
from incidents.curation.moving import next_content, says
from incidents.curation.passage_citations import latest
from incidents.curation.warning import answers, warnings_in
from incidents.evidence import Evidence, gather
from incidents.models import Edition, Facility, Incident, WarningAnswer
from incidents.models.choices import ASPECTS
from incidents.presentation import fact_sections
from incidents.presentation.fact_sections import Section
from incidents.record.differences import FIELDS, Difference, Shown, differences
from incidents.record.same_attack import general_in
from incidents.record.whole import IncidentRecord
from incidents.record.writing import digest
from incidents.sense import Doubt
from incidents.terms import LISTED, NUMBERED, Aspect

NAMES: dict[str, Any] = {
    "title": _("Title"),
    "scope": _("Scope"),
    "occurred": _("Date"),
    "places": _("Place"),
    "facilities": _("Facilities"),
    "facility_types": _("Kinds of facility"),
    "actors": _("Attributed to"),
    "weapons": _("Weapons"),
    **{aspect: dict(ASPECTS)[aspect] for aspect in NUMBERED},
    "damage": _("Damage"),
    "summary": _("Summary"),
    "identifiers": _("In other data sets"),
    "evidence": _("Claims"),
}


OPTIONAL = ("summary", "identifiers", "damage")  # not shown where there are none


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the record: its values in words, or the section of the public page with the numbers of people."""

    name: str
    values: list[Shown] = field(default_factory=list)
    counts: Section | None = None


@dataclass(frozen=True)
class Preview:
    """The draft of an incident as the content of its next edition, beside the current one (None before the first)."""

    evidence: Evidence
    content: IncidentRecord
    edition: Edition | None

    @cached_property
    def missing(self) -> list[Missing]:
        """What keeps it from being published."""
        return missing_in(self.evidence)

    @cached_property
    def facts(self) -> list[Fact]:
        """The facts in words, field by field, those that are not known with nothing; numbers as readers get them."""
        found = []
        for name, read in FIELDS.items():
            if name in LISTED or (name in NUMBERED and name in self.content):
                found.append(Fact(str(NAMES[name]), counts=fact_sections.section(self.content, name)))
            elif name != "evidence" and name not in NUMBERED:
                values = [line.shown for line in read(self.content)]
                found += [Fact(str(NAMES[name]), values)] if values or name not in OPTIONAL else []
        return found

    @cached_property
    def differences(self) -> list[tuple[str, Difference]]:
        """What publishing would change, field by field; everything when there is no edition yet."""
        old = self.edition.content if self.edition else cast(IncidentRecord, {**self.content, **BLANK})
        return [(str(NAMES[found.field]), found) for found in differences(old, self.content)]

    @cached_property
    def warnings(self) -> list[Doubt]:
        """What is odd about it, answered or not."""
        return warnings_in(self.evidence, facts_of(self.evidence))

    @cached_property
    def answers(self) -> dict[str, WarningAnswer]:
        """The answers to those warnings that were answered, by their keys."""
        return answers(self.evidence.incident, self.warnings) if self.warnings else {}

    @property
    def unanswered(self) -> list[Doubt]:
        return [warning for warning in self.warnings if warning.key not in self.answers]

    @property
    def has_changes(self) -> bool:
        return self.edition is None or says(self.edition.content) != says(self.content)

    @property
    def is_generalised(self) -> bool:
        """Whether readers will learn only the district."""
        return bool(self.content.get("place_generalised"))

    @cached_property
    def reports_naming_town(self) -> list[Article]:
        """Where readers will learn only the district: the reports that name the town in what is shown of them."""
        general = general_in(self.evidence) if self.is_generalised else None
        return reports_naming(self.evidence.passages, general.names) if general else []

    @cached_property
    def facilities_telling_town(self) -> list[Facility]:
        """Where readers will learn only the district: other facilities that are named, and of which they learn more."""
        return others_telling(self.evidence.incident.claims.all()) if self.is_generalised else []

    @property
    def digest(self) -> str:
        """Stands for what the draft says: the same draft gives the same digest at any time."""
        return digest(says(self.content))


LISTS = ("claims", "summary", "damage", "identifiers")
BLANK: dict[str, Any] = {
    **dict.fromkeys((Aspect.OCCURRED, *NUMBERED)),
    **{key: [] for key in ("places", "facilities", "facility_types", "actors", "actors_one_of", "weapons", *LISTS)},
}


def preview(incident: Incident) -> Preview:
    """Work out what publishing would say; six queries, whatever the incident's size."""
    evidence = gather(incident)
    edition = latest(incident)
    return Preview(evidence, next_content(evidence, facts_of(evidence), edition), edition)
