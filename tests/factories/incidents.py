"""What happened."""

import factory
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from factory.django import DjangoModelFactory

from archive import dates
from incidents import models
from incidents.records import digest
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


class IncidentIdentifierFactory(DjangoModelFactory):
    class Meta:
        model = models.IncidentIdentifier

    incident = factory.SubFactory(IncidentFactory)
    scheme = "tests"
    value = factory.Sequence(str)


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


def plain_content(incident: models.Incident, number: int) -> dict:
    """The content of an edition that says no more than it must: when and where, on the claims that are there."""
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
        "published_at": "2024-01-01T00:00:00Z",
        "note": "First edition.",
        "occurred": {"edtf": "2019-11-27", "from": "2019-11-27", "to": "2019-11-27"},
        "killed": None,
        "injured": None,
        **{key: [] for key in ("facilities", "facility_types", "actors", "weapons", "summary")},
        "places": [{"pcode": "C9000", "claims": [claims[0]["id"]], "against": []}],
        "claims": claims,
        "passages": {},
        "articles": {},
    }


class AtOnce(DjangoModelFactory):
    """A row and those that it rests on, in one transaction: no incident is published without an edition."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy, params):
        with transaction.atomic():
            return super()._generate(strategy, params)


class EditionFactory(AtOnce):
    """An edition written past the services; tests of what readers see publish through `incidents.curation`."""

    class Meta:
        model = models.Edition

    incident = factory.SubFactory(IncidentFactory, status="published")
    number = factory.LazyAttribute(lambda row: row.incident.editions.count() + 1)
    published_at = factory.LazyFunction(timezone.now)
    note = "First edition."
    content = factory.LazyAttribute(lambda row: plain_content(row.incident, row.number))
    sha256 = factory.LazyAttribute(lambda row: digest(row.content))


class PublishedIncidentFactory(AtOnce):
    class Meta:
        model = models.PublishedIncident

    edition = factory.SubFactory(EditionFactory)
    incident = factory.LazyAttribute(lambda row: row.edition.incident)
    code = factory.LazyAttribute(lambda row: row.incident.code)
    version = factory.LazyAttribute(lambda row: row.edition.number)
    scope = "attack"
    title_en = "An attack"
    title_ar = "هجوم"
    occurred_edtf = "2019-11-27"
    occurred = DateRange("2019-11-27", "2019-11-28")
    possible = factory.SelfAttribute("occurred")
    certain = factory.SelfAttribute("occurred")
    lower = "2019-11-27"
    upper = "2019-11-27"
    sort_on = factory.LazyAttribute(lambda row: row.lower)
    published_at = factory.LazyFunction(timezone.now)
    changed_at = factory.LazyAttribute(lambda row: row.published_at)
    vector = ""


class PublishedRecordFactory(DjangoModelFactory):
    class Meta:
        model = models.PublishedRecord

    incident = factory.SubFactory(IncidentFactory)
    record = factory.LazyAttribute(lambda row: {"code": row.incident.code})
