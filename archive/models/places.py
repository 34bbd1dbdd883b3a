"""Administrative units, towns and neighbourhoods, with every known spelling of their names."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from archive.localisation import localised
from archive.models.base import Editable, fixed, tracked
from archive.models.choices import LEVELS
from archive.models.name_field import NameField, no_directions
from archive.terms import Level


def _strongest(language: str) -> Coalesce:
    """The strongest of the names of a place that is there: chosen, reported, preferred, official."""
    names = (f"{rule}_{language}" for rule in ("chosen", "reported", "preferred"))
    return Coalesce(*(NullIf(models.F(name), models.Value("")) for name in names), models.F(f"name_{language}"))


def _name_by(rule: str) -> models.CharField:
    return models.CharField(rule, max_length=200, blank=True, default="", db_default="", editable=False)


def _label(language: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=_strongest(language), output_field=models.CharField(max_length=200), db_persist=True
    )


def below_its_parent() -> pgtrigger.Trigger:
    """Return the trigger that puts a new place below its parent: a lower unit, with all that lies above it."""
    return pgtrigger.Trigger(
        name="check_tree",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("above", "archive_place%ROWTYPE")],
        func="""
            SELECT * INTO above FROM archive_place p WHERE p.id = NEW.parent_id;
            IF NEW.level <= above.level OR NEW.ancestors IS DISTINCT FROM
               (CASE WHEN NEW.parent_id IS NULL THEN '{}' ELSE above.ancestors || above.id END) THEN
                RAISE EXCEPTION 'place % does not stand below its parent', NEW.pcode USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Place(models.Model):
    """An administrative unit or a populated place, with its official P-code.

    ``ancestors`` holds the ids of all units above it, country first; the parent comes from the code table,
    never from a drawn polygon. The code and the place in the tree never change. ``lat`` and ``lon`` are degrees
    (WGS 84) of the place's reference point.

    ``name_en`` and ``name_ar`` are official. Readers see ``label_en`` and ``label_ar`` (ADR 0017): what editors chose
    (`PlaceLabel`), else what most reports write, else the name that the gazetteer prefers, else the official one.
    """

    pcode = models.CharField("P-code", max_length=20, unique=True)
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    name_en = models.CharField("name (English)", max_length=200)
    name_ar = models.CharField("name (Arabic)", max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    ancestors = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    preferred_en = _name_by("preferred in the gazetteer (English)")
    preferred_ar = _name_by("preferred in the gazetteer (Arabic)")
    reported_en = _name_by("as most reports write it (English)")
    reported_ar = _name_by("as most reports write it (Arabic)")
    chosen_en = _name_by("chosen by editors (English)")
    chosen_ar = _name_by("chosen by editors (Arabic)")
    label_en = _label("en")
    label_ar = _label("ar")

    class Meta:
        ordering = ["level", "label_en"]
        triggers = [fixed("pcode"), fixed("level", "parent_id", "ancestors"), below_its_parent()]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__range=(min(Level), max(Level))), name="place_level_known"),
            models.CheckConstraint(
                condition=models.Q(level=0, parent__isnull=True) | models.Q(level__gt=0, parent__isnull=False),
                name="place_only_countries_have_no_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True)
                | models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="place_point_whole_and_on_earth",
            ),
        ]
        indexes = [GinIndex(fields=["ancestors"], name="place_ancestors_gin")]

    def __str__(self) -> str:
        return f"{self.label_en} ({self.pcode})"

    def get_absolute_url(self) -> str:
        return reverse("town", args=[self.pcode])

    @property
    def name(self) -> str:
        """What readers call it, in the reader's language."""
        return localised(self.label_en, self.label_ar)

    @property
    def official_name(self) -> str:
        """Its official name in the reader's language, where readers call it otherwise; else empty."""
        official = localised(self.name_en, self.name_ar)
        return official if official != self.name else ""


@tracked
class PlaceLabel(Editable):
    """What editors call a place, in one language or both, and why. A trigger keeps the place's own row in step."""

    place = models.OneToOneField(Place, models.PROTECT, related_name="choice")
    label_en = NameField("shown as (English)", max_length=200, blank=True)
    label_ar = NameField("shown as (Arabic)", max_length=200, blank=True)
    reason = models.CharField(
        max_length=500, help_text="Where it is written so: a style guide, a report, the people who live there."
    )

    class Meta(Editable.Meta):
        abstract = False
        verbose_name = "name that readers see"
        verbose_name_plural = "names that readers see"
        ordering = ["place"]
        triggers = [
            *Editable.Meta.triggers,
            fixed("place_id"),
            pgtrigger.Trigger(
                name="name_place",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' THEN
                        UPDATE archive_place SET chosen_en = '', chosen_ar = '' WHERE id = OLD.place_id;
                    ELSE
                        UPDATE archive_place SET chosen_en = NEW.label_en, chosen_ar = NEW.label_ar
                        WHERE id = NEW.place_id;
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(label_en="", label_ar=""), name="place_label_in_a_language"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="place_label_has_reason"),
            no_directions("label_en", "label_ar", name="place_label_without_directions"),
        ]

    def __str__(self) -> str:
        return self.label_en or self.label_ar


@tracked
class PlaceName(Editable):
    """One spelling of a place's name. ``folded`` is its `archive.names.name_key`; ``skeleton`` serves likeness only."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    skeleton = models.CharField(max_length=200, editable=False)
    script = models.CharField(max_length=4, help_text="ISO 15924: Latn, Arab, …")
    language = models.CharField(max_length=8, blank=True)
    source = models.CharField(max_length=40)
    quality = models.CharField(max_length=20, help_text="official, exact, alias, …")
    is_official = models.BooleanField(default=False)

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="place_name_once_a_place"),
            models.CheckConstraint(condition=~models.Q(folded=""), name="place_name_folded_not_empty"),
        ]
        indexes = [
            models.Index(fields=["folded"], name="place_name_folded"),
            GinIndex(fields=["skeleton"], name="place_name_skeleton_trgm", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["folded"], name="place_name_folded_trgm", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name


class GazetteerFile(models.Model):
    """A gazetteer file that was loaded: its digest makes a second load a no-op and stamps caches of names."""

    name = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
