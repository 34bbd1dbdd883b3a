"""What one passage says about one aspect of one incident."""

from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.localisation import either, figures, grouped, is_arabic, localised, point_in_words
from archive.models import Editable, Passage, Place
from archive.models.base import claim_code, fixed, tracked
from archive.points import Point
from archive.terms import PartOfDay, values
from incidents.models.actors import Actor, Speaker, Weapon
from incidents.models.choices import ASPECTS, DAMAGES, GROUPS, PARTS_OF_DAY, PRECISIONS, RANKS, STANCES
from incidents.models.claim_rules import (
    SaidByEdtf,
    exact_fields,
    follow_names,
    keep_published,
    known_alternatives,
    whole_point,
)
from incidents.models.facilities import Facility, FacilityType
from incidents.models.incidents import Incident
from incidents.models.vocabulary import Term
from incidents.querysets import ClaimQuerySet, StandingClaims
from incidents.terms import NUMBERED, Aspect, Damage, Group, Precision, Rank, Stance


def shown(value: Any) -> str:
    """A term, place or facility in the reader's language; "" for none."""
    if isinstance(value, Term):
        return value.name
    if isinstance(value, Facility) and is_arabic():
        place = localised(value.place.label_en, value.place.label_ar)
        return f"{value.name_ar or value.name_en}، {place}"
    if isinstance(value, Place) and is_arabic():
        return f"{localised(value.label_en, value.label_ar)} ({value.pcode})"
    return str(value or "")


@tracked
class Claim(Editable):
    """A value of one aspect, who says it and how, with the passage it rests on or an editor's written judgement.

    ``reasoning`` says in public how the value was worked out of the words ("Wednesday" and the date of publication).
    ``one_of_actors`` are the slugs, in order, of actors of whom one did it ("Syrian or Russian forces").
    Counts: ``count_low`` to ``count_high`` people (of ``group``), strikes or times; a missing high is "at least", a
    missing low "up to". A point is off the gazetteer, within so many metres of where it was; its place stands beside
    it. ``damage`` is that of ``facility``, or of what was struck where none is named.

    A claim ends when it is removed, or replaced by another (``superseded_by``); its row stays, and ``objects`` leaves
    it out. One that an edition has says for ever what it said there: a trigger lets only its rank and its end change.
    """

    public_id = models.CharField(max_length=12, unique=True, default=claim_code, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="claims")
    aspect = models.CharField(max_length=20, choices=ASPECTS)
    stance = models.CharField(max_length=10, choices=STANCES, default=Stance.ASSERTS.value)
    rank = models.CharField(max_length=10, choices=RANKS, default=Rank.NORMAL.value)
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="claims")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, blank=True, related_name="claims")
    judgement = models.TextField("editor's judgement", blank=True, help_text="Why, where no passage says it. Public.")
    reasoning = models.TextField(blank=True, help_text="How the value was worked out of the words. Public.")

    occurred_edtf = models.CharField("date (EDTF)", max_length=60, blank=True)
    occurred = DateRangeField(null=True, blank=True, editable=False)
    part_of_day = models.CharField(max_length=10, choices=PARTS_OF_DAY, blank=True)
    time_of_day = models.TimeField("local time", null=True, blank=True)
    time_until = models.TimeField("until", null=True, blank=True, help_text="Of a range; before the first: next day.")
    time_is_about = models.BooleanField("about that time", default=False)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="claims")
    place_precision = models.CharField(max_length=10, choices=PRECISIONS, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True, help_text="WGS 84")
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True, help_text="WGS 84")
    within_m = models.PositiveIntegerField("known to within metres", null=True, blank=True)
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, related_name="claims")
    facility_type = models.ForeignKey(FacilityType, models.PROTECT, null=True, blank=True, related_name="claims")
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="claims")
    one_of_actors = ArrayField(models.SlugField(max_length=80), verbose_name="one of these", default=list, blank=True)
    weapon = models.ForeignKey(Weapon, models.PROTECT, null=True, blank=True, related_name="claims")
    count_low = models.PositiveIntegerField("at least", null=True, blank=True)
    count_high = models.PositiveIntegerField("at most", null=True, blank=True)
    group = models.CharField(max_length=20, choices=GROUPS, blank=True)
    damage = models.CharField(max_length=20, choices=DAMAGES, blank=True)

    ended_at = models.DateTimeField("removed or replaced at", null=True, blank=True, editable=False)
    end_reason = models.TextField("why it ended", blank=True, editable=False)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="supersedes"
    )

    objects = StandingClaims()
    every = ClaimQuerySet.as_manager()

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["incident", "id"]
        triggers = [*Editable.Meta.triggers, fixed("public_id"), follow_names(), keep_published(), known_alternatives()]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(superseded_by__isnull=True, end_reason=""),
                name="claim_ended_when_replaced",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True)
                | (Q(end_reason__regex=r"\S") & ~Q(superseded_by=models.F("id"))),
                name="claim_replaced_by_another_with_reason",
            ),
            models.CheckConstraint(condition=exact_fields(), name="claim_has_its_aspects_values"),
            models.CheckConstraint(
                condition=Q(passage__isnull=False) | Q(judgement__regex=r"\S"), name="claim_has_support"
            ),
            models.CheckConstraint(
                condition=Q(count_low__isnull=True)
                | Q(count_high__isnull=True)
                | Q(count_low__lte=models.F("count_high")),
                name="claim_low_not_over_high",
            ),
            models.CheckConstraint(
                condition=SaidByEdtf("occurred_edtf", "occurred"), name="claim_occurred_is_of_its_edtf"
            ),
            models.CheckConstraint(condition=Q(stance__in=values(Stance)), name="claim_stance_known"),
            models.CheckConstraint(
                condition=Q(one_of_actors=[]) | Q(one_of_actors__len__gte=2, stance=Stance.ASSERTS.value),
                name="claim_one_of_several_asserted",
            ),
            models.CheckConstraint(condition=Q(rank__in=values(Rank)), name="claim_rank_known"),
            models.CheckConstraint(
                condition=Q(group="") | Q(group__in=values(Group)),
                name="claim_group_known",
            ),
            models.CheckConstraint(
                condition=Q(damage="") | Q(damage__in=values(Damage)),
                name="claim_damage_known",
            ),
            models.CheckConstraint(
                condition=Q(part_of_day="") | Q(part_of_day__in=values(PartOfDay)),
                name="claim_part_of_day_known",
            ),
            models.CheckConstraint(
                condition=Q(time_until__isnull=True, time_is_about=False) | Q(time_of_day__isnull=False),
                name="claim_time_range_begins",
            ),
            models.CheckConstraint(
                condition=Q(time_until__isnull=True) | ~Q(time_until=F("time_of_day")),
                name="claim_time_range_is_one",
            ),
            models.CheckConstraint(
                condition=Q(place_precision="") | Q(place_precision__in=values(Precision)),
                name="claim_place_precision_known",
            ),
            models.CheckConstraint(condition=whole_point(), name="claim_point_is_whole"),
        ]
        indexes = [
            models.Index(fields=["incident", "aspect"], name="claim_incident_aspect"),
            GistIndex(fields=["occurred"], name="claim_occurred", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_aspect_display()}: {self.value_text}"

    @property
    def value_text(self) -> str:
        """The value in words of the reader's language, for editors."""
        if self.aspect == Aspect.OCCURRED:
            return " ".join(
                filter(None, [figures(self.occurred_edtf), str(self.get_part_of_day_display()), self.time_text])
            )
        if self.aspect in NUMBERED:
            return self.number_text or _("it happened")
        if self.damage:
            return ": ".join(filter(None, [shown(self.facility), str(self.get_damage_display())]))
        if self.aspect == Aspect.PLACE:
            return self.place_text
        if self.one_of_actors:
            return either(actor.name for actor in self.alternatives)
        return shown(getattr(self, self.aspect))

    @property
    def point(self) -> Point | None:
        return (
            Point(self.latitude, self.longitude) if self.latitude is not None and self.longitude is not None else None
        )

    @property
    def place_text(self) -> str:
        if self.point is None or self.within_m is None:
            return shown(self.place)
        return f"{shown(self.place)} ({point_in_words(self.point, self.within_m)})"

    @property
    def time_text(self) -> str:
        words = "–".join(f"{one:%H:%M}" for one in (self.time_of_day, self.time_until) if one)
        return pgettext("time", "about %(time)s") % {"time": words} if words and self.time_is_about else words

    @property
    def number_text(self) -> str:
        """Of whom a count speaks, and the count; either alone where the other is not said."""
        count, group = self.count_text, str(self.get_group_display())
        both = pgettext("a count of people", "%(count)s %(group)s") % {"count": count, "group": group}
        return both if count and group else count or group

    @cached_property
    def alternatives(self) -> list[Actor]:
        """The actors of whom the claim says that one did it, in the order of their slugs; one query."""
        known = Actor.every.in_bulk(self.one_of_actors, field_name="slug") if self.one_of_actors else {}
        return [known[slug] for slug in self.one_of_actors]

    @property
    def terms(self) -> list[Term]:
        """The terms of vocabularies that it names, by its facility too."""
        kind = self.facility.facility_type if self.facility else None
        return [term for term in (self.actor, self.weapon, self.facility_type, kind, self.speaker) if term]

    @property
    def terms_not_accepted(self) -> list[Term]:
        """Those among them that no edition may name: proposed, refused or merged into another."""
        return [term for term in self.terms if not term.is_accepted]

    @property
    def count_text(self) -> str:
        """The count as low–high, "at least" or "up to"; empty where none is said."""
        low, high = self.count_low, self.count_high
        if low is None:
            return "" if high is None else _("up to %(number)s") % {"number": grouped(high)}
        if high is None:
            return _("at least %(number)s") % {"number": grouped(low)}
        return grouped(low) if low == high else f"{grouped(low)}–{grouped(high)}"
