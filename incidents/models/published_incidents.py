"""What lists, search and exports read of the newest editions, and who cites a passage: all of it follows from them.

The database works it out again and refuses what differs (docs/adr/0024-rows-say-what-editions-say.md).
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from archive.models import Citation
from archive.models.stamps import stamped
from archive.terms import values
from incidents.models.choices import STATES
from incidents.models.editions import Edition
from incidents.models.incidents import Incident
from incidents.querysets import PublishedIncidentQuerySet
from incidents.terms import State


def says_what_edition_says(differing: str, unread: str = "") -> pgtrigger.Trigger:
    """Return the trigger that compares a row with the newest edition of its incident, as readers may see it today.

    ``differing`` is the function of the database that names the columns which differ; a row whose column ``unread``
    alone changes is not compared.
    """
    same = f"OLD.{unread} := NEW.{unread};" if unread else ""
    return pgtrigger.Trigger(
        name="says_what_edition_says",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("columns", "text")],
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                {same}
                IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;
            END IF;
            columns := {differing}(NEW);
            IF columns IS NOT NULL THEN
                RAISE EXCEPTION 'the newest edition of incident % says something else: %', NEW.incident_id, columns
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


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

    incident = models.OneToOneField(Incident, models.CASCADE, primary_key=True, related_name="row")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=State.PUBLISHED.value)
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
    changed_at = models.DateTimeField(help_text="published, withdrawn, merged or shown otherwise at")
    vector = SearchVectorField()

    objects = PublishedIncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_on", "-incident_id"]
        triggers = [*stamped("incident_id"), says_what_edition_says("row_differing", "vector")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=values(State)), name="published_state_known"),
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
        triggers = [says_what_edition_says("record_differing")]

    def __str__(self) -> str:
        return str(self.record.get("code", self.pk))


def as_editions_say(name: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Return the trigger that compares new citations with the editions that are said to cite."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="given"),
        declare=[("wrong", "text")],
        func="""
            SELECT min(g.record) INTO wrong FROM given g LEFT JOIN (
                SELECT i.code, s.* FROM incidents_incident i, citations_said(i.id) s
                WHERE i.code IN (SELECT record FROM given)
            ) said ON said.code = g.record AND said.passage_id = g.passage_id
            WHERE (g.path, g.title_en, g.title_ar, sorted_texts(g.aspects::text[]), g.is_current)
               IS DISTINCT FROM (said.path, said.title_en, said.title_ar, said.aspects, said.is_current);
            IF wrong IS NOT NULL THEN
                RAISE EXCEPTION 'record % does not cite the passage so', wrong USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


class RecordCitation(Citation):
    """The citations of the archive, for their triggers: what cites is an edition."""

    class Meta:
        proxy = True
        ordering = ["record"]
        triggers = [
            as_editions_say("insert_as_editions_say", pgtrigger.Insert),
            as_editions_say("update_as_editions_say", pgtrigger.Update),
            pgtrigger.Trigger(
                name="keep_while_cited",
                when=pgtrigger.After,
                operation=pgtrigger.Delete | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (
                        SELECT FROM incidents_incident i JOIN incidents_edition e ON e.incident_id = i.id
                        JOIN archive_passage p ON p.id = OLD.passage_id AND e.content->'passages' ? p.public_id
                        WHERE i.code = OLD.record AND i.status IN ('published', 'merged')
                    ) AND NOT EXISTS (
                        SELECT FROM archive_citation c WHERE c.record = OLD.record AND c.passage_id = OLD.passage_id
                    ) THEN
                        RAISE EXCEPTION 'an edition of % cites the passage', OLD.record
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]
