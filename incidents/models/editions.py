"""What was published, for ever, and what lists read of it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from archive.models.base import append_only
from archive.models.stamps import stamped
from incidents.models.incidents import Incident, editions_fit_status
from incidents.querysets import PublishedIncidentQuerySet


def check_support() -> pgtrigger.Trigger:
    """Return the trigger that reads a new edition: its digest, and that what it states rests on what there is."""
    return pgtrigger.Trigger(
        name="check_support",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("claims", "text[]"), ("passages", "text[]")],
        func="""
            IF NEW.sha256 IS DISTINCT FROM content_digest(NEW.content) THEN
                RAISE EXCEPTION 'the sha256 is not that of the content' USING ERRCODE = 'check_violation';
            END IF;
            claims := ARRAY(SELECT jsonb_path_query(NEW.content, 'lax $.claims[*].id') #>> '{}');
            IF claims = '{}' OR jsonb_path_exists(NEW.content, 'lax $.claims[*] ? (!exists(@.id))')
               OR EXISTS (SELECT unnest(claims) EXCEPT SELECT c.public_id FROM incidents_claim c
                          WHERE c.incident_id = NEW.incident_id) THEN
                RAISE EXCEPTION 'the claims of an edition are claims of its incident' USING ERRCODE = 'check_violation';
            END IF;
            IF NOT jsonb_path_exists(NEW.content, 'lax $.places[*].pcode')
               OR NOT jsonb_path_exists(NEW.content, 'lax $.claims[*] ? (@.aspect == "occurred")') THEN
                RAISE EXCEPTION 'an edition says where it was, and by a claim when' USING ERRCODE = 'check_violation';
            END IF;
            IF EXISTS (SELECT jsonb_path_query(NEW.content, 'lax $.**.claims[*] ? (@.type() == "string")') #>> '{}'
                       UNION ALL SELECT jsonb_path_query(NEW.content, 'lax $.**.against[*]') #>> '{}'
                       EXCEPT SELECT unnest(claims)) THEN
                RAISE EXCEPTION 'a fact rests on a claim that the edition has not' USING ERRCODE = 'check_violation';
            END IF;
            passages := ARRAY(SELECT p.public_id FROM jsonb_each(NEW.content->'passages') e JOIN archive_passage p
                              ON p.public_id = e.key AND p.exact = e.value->>'exact');
            IF EXISTS (SELECT jsonb_object_keys(NEW.content->'passages') UNION ALL
                       SELECT jsonb_path_query(NEW.content, 'lax $.claims[*].passage ? (@ != null)') #>> '{}' UNION ALL
                       SELECT jsonb_path_query(NEW.content, 'lax $.summary[*].passages[*]') #>> '{}'
                       EXCEPT SELECT unnest(passages)) THEN
                RAISE EXCEPTION 'an edition cites a passage that is not there' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Edition(models.Model):
    """The published record of an incident: number, date, the editor's public note, the whole content. Immutable.

    ``content`` is the record as `incidents.records` writes it; ``sha256`` is of its canonical JSON (sorted keys, no
    spaces, UTF-8).
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField("public note")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["incident", "number"]
        get_latest_by = "number"
        triggers = [
            *append_only("Editions"),
            pgtrigger.Trigger(
                name="check_next",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.number <> 1 + COALESCE((SELECT max(e.number) FROM incidents_edition e
                                                   WHERE e.incident_id = NEW.incident_id), 0) THEN
                        RAISE EXCEPTION 'edition % is not the next one', NEW.number USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.content->>'code' IS DISTINCT FROM
                       (SELECT i.code FROM incidents_incident i WHERE i.id = NEW.incident_id)
                       OR (NEW.content->>'version')::int IS DISTINCT FROM NEW.number THEN
                        RAISE EXCEPTION 'the content is of another record' USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (SELECT 1 FROM jsonb_array_elements(NEW.content->'claims') c
                               WHERE c->>'passage' IS NULL AND COALESCE(c->>'judgement', '') !~ '\\S') THEN
                        RAISE EXCEPTION 'a claim has neither passage nor judgement' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            check_support(),
            editions_fit_status(pgtrigger.Insert, "incident_id"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="edition_number_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="edition_number_from_one"),
            models.CheckConstraint(condition=models.Q(note__regex=r"\S"), name="edition_has_note"),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.content["code"], self.number])


class PublishedIncident(models.Model):
    """What lists, search, facets and exports read: one narrow row for each incident that was ever published.

    Made from the current edition when it is published, and again at any time. Withdrawn and merged incidents keep a row
    with their ``state`` for `updated_since`; every other reader goes through ``published()``.
    ``place_ids`` hold the places with everything above them, ``actor_ids`` the asserted actors with their parents,
    ``actor_disputed_ids`` those of them whose part someone denies or disputes. ``actor_possible_ids`` hold the actors
    that are only named as one of several, with their parents, ``actor_possible_disputed_ids`` those whose part is only
    so disputed; what is in the column of what is certain is in neither. ``most_alternatives`` is how many a claim names
    together, at most. ``primary_place_id`` is the place of the
    map and of the facets.

    ``occurred`` is what the EDTF strictly says; ``possible`` are the days on which it may have happened, ``certain``
    those on which it certainly did, null where there are none (`archive.dates.certainty`). Lists compare those two.
    ``lower`` and ``upper`` are the ends of ``occurred``, both included; ranges are PostgreSQL's own half-open form.
    """

    class State(models.TextChoices):
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"
        MERGED = "merged", "merged"

    incident = models.OneToOneField(Incident, models.CASCADE, primary_key=True, related_name="row")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PUBLISHED)
    code = models.CharField(max_length=12, unique=True)
    version = models.PositiveIntegerField()
    scope = models.CharField(max_length=10)
    title_en = models.CharField(max_length=500)
    title_ar = models.CharField(max_length=500)
    occurred_edtf = models.CharField(max_length=60)
    occurred = DateRangeField()
    possible = DateRangeField()
    certain = DateRangeField(null=True)
    lower = models.DateField(null=True)
    upper = models.DateField(null=True)
    sort_on = models.DateField(help_text="lower, or the first day of the calendar where the range has no beginning")
    place_ids = ArrayField(models.BigIntegerField(), default=list)
    primary_place_id = models.BigIntegerField(null=True)
    place_precision = models.CharField(max_length=20, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    facility_ids = ArrayField(models.BigIntegerField(), default=list)
    facility_type_ids = ArrayField(models.BigIntegerField(), default=list)
    actor_ids = ArrayField(models.BigIntegerField(), default=list)
    actor_disputed_ids = ArrayField(models.BigIntegerField(), default=list)
    actor_possible_ids = ArrayField(models.BigIntegerField(), default=list)
    actor_possible_disputed_ids = ArrayField(models.BigIntegerField(), default=list)
    most_alternatives = models.PositiveSmallIntegerField(default=0)
    weapon_ids = ArrayField(models.BigIntegerField(), default=list)
    source_ids = ArrayField(models.BigIntegerField(), default=list)
    article_count = models.PositiveIntegerField(default=0)
    killed_low = models.PositiveIntegerField(null=True)
    killed_high = models.PositiveIntegerField(null=True)
    injured_low = models.PositiveIntegerField(null=True)
    injured_high = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField(help_text="of the current edition")
    changed_at = models.DateTimeField(help_text="published, withdrawn or merged at")
    vector = SearchVectorField()

    objects = PublishedIncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_on", "-incident_id"]
        triggers = [stamped()]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["published", "withdrawn", "merged"]), name="published_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(possible__contains=models.F("occurred")), name="published_occurred_is_possible"
            ),
            models.CheckConstraint(
                condition=models.Q(certain__isnull=True) | models.Q(certain=models.F("occurred")),
                name="published_certain_is_occurred",
            ),
        ]
        indexes = [
            models.Index(fields=["-sort_on", "-incident"], name="published_newest"),
            models.Index(fields=["-changed_at", "-incident"], name="published_changed"),
            models.Index(
                Coalesce("killed_low", Value(-1)).desc(), models.F("incident").desc(), name="published_killed"
            ),
            GistIndex(fields=["possible"], name="published_possible"),
            GistIndex(fields=["certain"], name="published_certain"),
            GinIndex(fields=["vector"], name="published_vector", fastupdate=False),
            GinIndex(fields=["place_ids"], name="published_places"),
            GinIndex(fields=["actor_ids"], name="published_actors"),
            GinIndex(fields=["actor_possible_ids"], name="published_actors_possible"),
            GinIndex(fields=["facility_ids"], name="published_facilities"),
            GinIndex(fields=["facility_type_ids"], name="published_facility_types"),
            GinIndex(fields=["weapon_ids"], name="published_weapons"),
            GinIndex(fields=["source_ids"], name="published_sources"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.code])


class PublishedRecord(models.Model):
    """The current edition as one flat row with the names of `incidents.csv`, lists as lists: for exports and lists.

    Kept apart from `PublishedIncident`, so that counting never reads it.
    """

    incident = models.OneToOneField(Incident, models.CASCADE, primary_key=True, related_name="record")
    record = models.JSONField()

    class Meta:
        ordering = ["incident"]

    def __str__(self) -> str:
        return str(self.record.get("code", self.pk))
