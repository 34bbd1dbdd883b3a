"""What happened."""

from typing import Any

import factory
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from factory.django import DjangoModelFactory

from archive import dates
from incidents import curation, models
from incidents.curation.passage_citations import cite
from incidents.record.writing import digest
from tests.factories.archive import PassageFactory, PlaceFactory


class TermFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    slug = factory.Sequence(lambda n: f"term-{n}")
    name_en = factory.Sequence(lambda n: f"Term {n}")


class ActorFactory(TermFactory):
    class Meta:
        model = models.Actor

    kind = "state"
    ancestors = factory.LazyAttribute(lambda row: [*row.parent.ancestors, row.parent.pk] if row.parent else [])
    parent = None


class WeaponFactory(TermFactory):
    class Meta:
        model = models.Weapon

    plural_en = factory.LazyAttribute(lambda row: f"{row.name_en}s")


class SpeakerFactory(TermFactory):
    class Meta:
        model = models.Speaker


class FacilityTypeFactory(TermFactory):
    class Meta:
        model = models.FacilityType

    plural_en = factory.LazyAttribute(lambda row: f"{row.name_en}s")


class FacilityFactory(DjangoModelFactory):
    class Meta:
        model = models.Facility

    name_en = factory.Sequence(lambda n: f"Facility {n}")
    facility_type = factory.SubFactory(FacilityTypeFactory)
    place = factory.SubFactory(PlaceFactory)


class IncidentFactory(DjangoModelFactory):
    class Meta:
        model = models.Incident

    working_title = factory.Sequence(lambda n: f"Incident {n}")


class IdentifierSchemeFactory(DjangoModelFactory):
    class Meta:
        model = models.IdentifierScheme
        django_get_or_create = ("slug",)

    slug = "tests"
    name_en = "Tests"


class IncidentIdentifierFactory(DjangoModelFactory):
    class Meta:
        model = models.IncidentIdentifier

    incident = factory.SubFactory(IncidentFactory)
    scheme = factory.SubFactory(IdentifierSchemeFactory)
    value = factory.Sequence(str)


class IncidentLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.IncidentLink

    kind = "same_operation"
    one = factory.SubFactory(IncidentFactory)
    other = factory.SubFactory(IncidentFactory)
    reason = "One report tells of both."


class SummarySentenceFactory(DjangoModelFactory):
    class Meta:
        model = models.SummarySentence

    incident = factory.SubFactory(IncidentFactory)
    text_en = "Shells fell on a mill."


class EditorialEventFactory(DjangoModelFactory):
    class Meta:
        model = models.EditorialEvent

    incident = factory.SubFactory(IncidentFactory)
    action = "created"


def said(words: str) -> factory.SubFactory:
    """A passage with these words."""
    text = factory.Sequence(lambda n: f"Report {n}. {words}, the council said.")
    return factory.SubFactory(PassageFactory, text_version__text=text, exact=words)


class WarningAnswerFactory(DjangoModelFactory):
    class Meta:
        model = models.WarningAnswer

    incident = factory.SubFactory(IncidentFactory)
    rule = "judgement_short"
    key = factory.Sequence(lambda n: f"judgement_short:{n:016x}")
    warning = "The reason has two words."
    reason = "No more can be said of it."


class ClaimFactory(DjangoModelFactory):
    """What a passage says. ``aspect`` defaults to a date; the traits give each other aspect a value."""

    class Meta:
        model = models.Claim

    class Params:
        killed = factory.Trait(
            aspect="killed",
            count_low=2,
            count_high=2,
            group="people",
            occurred_edtf="",
            passage=said("Two were killed"),
        )
        injured = factory.Trait(
            aspect="injured",
            count_low=5,
            count_high=5,
            group="people",
            occurred_edtf="",
            passage=said("Five were hurt"),
        )
        at_place = factory.Trait(aspect="place", place=factory.SubFactory(PlaceFactory), occurred_edtf="")
        at_facility = factory.Trait(aspect="facility", facility=factory.SubFactory(FacilityFactory), occurred_edtf="")
        on_type = factory.Trait(
            aspect="facility_type", facility_type=factory.SubFactory(FacilityTypeFactory), occurred_edtf=""
        )
        by_actor = factory.Trait(aspect="actor", actor=factory.SubFactory(ActorFactory), occurred_edtf="")
        with_weapon = factory.Trait(aspect="weapon", weapon=factory.SubFactory(WeaponFactory), occurred_edtf="")

    incident = factory.SubFactory(IncidentFactory)
    passage = factory.SubFactory(PassageFactory)
    aspect = "occurred"
    occurred_edtf = "2019-11-27"

    @factory.lazy_attribute
    def occurred(self):
        if not self.occurred_edtf:
            return None
        date = dates.parse(self.occurred_edtf)
        return DateRange(date.lower, date.upper, "[]")


def plain_content(incident: models.Incident, number: int, **said: Any) -> dict:
    """The content of an edition: when and where, on the claims that are there, and what is ``said`` besides."""
    if not incident.claims.exists():
        ClaimFactory(incident=incident, passage=None, judgement="The editor was told so by the council.")
    claims = [
        {"id": claim.public_id, "aspect": "occurred", "passage": None, "judgement": "The council told the editor."}
        for claim in incident.claims.all()
    ]
    return {
        "schema": 1,
        "code": incident.code,
        "version": number,
        "scope": incident.scope,
        "title_en": "An attack",
        "title_ar": "هجوم",
        "occurred": {"edtf": "2019-11-27", "from": "2019-11-27", "to": "2019-11-27"},
        "killed": None,
        "injured": None,
        **{key: [] for key in ("facilities", "facility_types", "actors", "weapons", "summary")},
        "places": [NOWHERE],
        "claims": claims,
        "passages": {},
        "articles": {},
        **said,
    }


# A place that is gone from the vocabulary: no list or map has it.
NOWHERE = {
    **dict.fromkeys(("pcode", "name_en", "name_ar", "label_en", "label_ar"), "C0"),
    "level": "community",
    "precision": "in",
    "lat": None,
    "lon": None,
    "ancestors": [],
}


class EditionFactory(DjangoModelFactory):
    """An edition written past the services, with the rows that follow from it, in one transaction.

    ``said`` is what its content says besides. Tests of what readers see publish through `incidents.curation`.
    """

    class Meta:
        model = models.Edition
        exclude = ("said",)

    said: dict[str, Any] = {}
    incident = factory.SubFactory(IncidentFactory, status="published")
    number = factory.LazyAttribute(lambda row: row.incident.editions.count() + 1)
    published_at = factory.LazyFunction(timezone.now)
    note = "First edition."
    content = factory.LazyAttribute(
        lambda row: plain_content(
            row.incident,
            row.number,
            published_at=row.published_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            note=row.note,
            **row.said,
        )
    )
    sha256 = factory.LazyAttribute(lambda row: digest(row.content))

    @classmethod
    def _generate(cls, strategy, params):
        with transaction.atomic():
            edition = super()._generate(strategy, params)
            curation.refresh_rows([edition.incident_id])
            cite(edition.incident)
            return edition
