"""What was published, for ever."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import JSONObject
from django.urls import reverse

from archive.models.base import append_only
from incidents.models.incidents import Incident, editions_fit_status, rows_fit_edition


def listed_id() -> models.Func:
    """What a list of an edition contains, claims or facilities, if it has the row outside a subquery: `[{"id": …}]`."""
    entry = JSONObject(id=models.OuterRef("public_id"))
    return models.Func(entry, function="jsonb_build_array", output_field=models.JSONField())


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

    ``content`` is the record as `incidents.record` writes it; ``sha256`` is of its canonical JSON (sorted keys, no
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
                    IF NEW.content->>'note' IS DISTINCT FROM NEW.note OR (NEW.content->>'published_at')::timestamptz
                       IS DISTINCT FROM date_trunc('second', NEW.published_at) THEN
                        RAISE EXCEPTION 'the content has another note or moment' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            check_support(),
            editions_fit_status(pgtrigger.Insert, "incident_id"),
            rows_fit_edition(pgtrigger.Insert, "incident_id"),
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
