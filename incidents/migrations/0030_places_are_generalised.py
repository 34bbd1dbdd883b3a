"""Readers may learn only the district of a facility, and of the incidents that name it (docs/adr/0045).

What 0014 works out from the newest edition of such an incident is not compared in its place, title and names of
facilities: there readers see other words than the edition has. A row that gives its town away is refused.
"""

from importlib import import_module
from typing import Any

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

SAFE = "SET search_path = pg_catalog, public, pg_temp"
RULES = import_module("incidents.migrations.0014_rows_say_what_editions_say")

GENERAL_PLACE = f"""
CREATE FUNCTION general_place(place bigint) RETURNS bigint LANGUAGE sql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
    SELECT COALESCE((
        SELECT a.id FROM archive_place p JOIN archive_place a ON a.id = ANY (p.ancestors)
        WHERE p.id = place AND p.level > 2 AND a.level <= 2 ORDER BY a.level DESC LIMIT 1), place)
$$
"""
# Whether an edition of the incident, or of one of the same attack, has a claim that names such a facility.
PLACE_IS_GENERAL = f"""
CREATE FUNCTION place_is_general(incident bigint) RETURNS boolean LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM incidents_facility f WHERE f.generalised_changed_at IS NOT NULL AND f.is_generalised) THEN
        RETURN false;
    END IF;
    RETURN EXISTS (
        WITH RECURSIVE same(id) AS (
            SELECT incident
            UNION
            SELECT other.id FROM same JOIN incidents_incident one ON one.id = same.id
            JOIN incidents_incident other ON other.merged_into_id = one.id OR other.id = one.merged_into_id
        )
        SELECT FROM same JOIN incidents_claim c ON c.incident_id = same.id
        JOIN incidents_facility f ON f.id = c.facility_id AND f.is_generalised
        JOIN incidents_edition e ON e.incident_id = same.id
        WHERE e.content->'claims' @> jsonb_build_array(jsonb_build_object('id', c.public_id))
    );
END $$
"""
RECORD_DIFFERING = """
CREATE OR REPLACE FUNCTION record_differing(given incidents_publishedrecord) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE {safe} AS $$
DECLARE
    content jsonb := newest_content(given.incident_id);
    said jsonb;
BEGIN
    IF content IS NULL THEN RETURN 'there is none'; END IF;
    said := record_said(content) || later_columns_said(content);
    {general}
    RETURN differing(given.record, said, '{{articles,sources,actors_possible}}');
END $$
"""
RECORD_OF_GENERAL_PLACE = """
    IF place_is_general(given.incident_id) THEN
        IF EXISTS (SELECT FROM archive_place p WHERE p.pcode = given.record->>'place_pcode' AND general_place(p.id) <> p.id)
        THEN RETURN 'place_pcode'; END IF;
        said := said - '{title_en,title_ar,place_pcode,place_name_en,place_name_ar,place_label_en,place_label_ar,place_precision,lat,lon,admin1_pcode,admin1_name_en,admin1_name_ar,facilities,facilities_ar}'::text[];
    END IF;
"""
ROW_OF_GENERAL_PLACE = """
    said := said || row_said(content);
    IF place_is_general(given.incident_id) THEN
        IF EXISTS (SELECT FROM archive_place p WHERE p.id = ANY (given.place_ids) AND general_place(p.id) <> p.id)
        THEN RETURN 'place_ids'; END IF;
        said := said - '{title_en,title_ar,place_ids,primary_place_id,place_precision,lat,lon}'::text[];
    END IF;
    RETURN differing(to_jsonb(given), said, ARRAY["""


def again(sql: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in sql, old
        sql = sql.replace(old, new)
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


ROW_DIFFERING = again(
    RULES.ROW_DIFFERING,
    ("RETURN differing(to_jsonb(given), said || row_said(content), ARRAY[", ROW_OF_GENERAL_PLACE.strip()),
)
TITLE = "CASE WHEN {0} THEN (SELECT c.{1} FROM archive_citation c WHERE c.record = i.code AND c.passage_id = p.id) ELSE {2} END"
CITATIONS_SAID = again(
    RULES.CITATIONS_SAID,
    *(
        (f"n.content->>'{title}'", TITLE.format("place_is_general(i.id)", title, f"n.content->>'{title}'"))
        for title in ("title_en", "title_ar")
    ),
)


def allow_generalising(apps: Any, schema_editor: Any) -> None:
    """Who may publish may."""
    permission_model = apps.get_model("auth", "Permission")
    of_facility = (
        apps.get_model("contenttypes", "ContentType").objects.filter(app_label="incidents", model="facility").first()
    )
    publishing = permission_model.objects.filter(content_type__app_label="incidents", codename="add_edition").first()
    if of_facility is None or publishing is None:
        return
    generalising, _ = permission_model.objects.get_or_create(
        content_type=of_facility,
        codename="generalise_facility",
        defaults={"name": "Can let readers learn only the district of a facility"},
    )
    for group in apps.get_model("auth", "Group").objects.filter(permissions=publishing):
        group.permissions.add(generalising)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0027_near_copies'),
        ('incidents', '0029_claims_follow_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='facility',
            options={'ordering': ['name_en'], 'permissions': [('generalise_facility', 'Can let readers learn only the district of a facility')], 'verbose_name_plural': 'facilities'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='facility',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='facility',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='facility',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='facility',
            name='general_place',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='facilities_somewhere_in_it', to='archive.place'),
        ),
        migrations.AddField(
            model_name='facility',
            name='generalised_changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='facility',
            name='is_generalised',
            field=models.BooleanField(default=False, editable=False, verbose_name='readers learn only the district'),
        ),
        migrations.AddField(
            model_name='facilityevent',
            name='general_place',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.place'),
        ),
        migrations.AddField(
            model_name='facilityevent',
            name='generalised_changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='facilityevent',
            name='is_generalised',
            field=models.BooleanField(default=False, editable=False, verbose_name='readers learn only the district'),
        ),
        migrations.AddIndex(
            model_name='facility',
            index=models.Index(condition=models.Q(('generalised_changed_at__isnull', False)), fields=['generalised_changed_at'], name='facility_ever_generalised'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='find_general_place', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.general_place_id := CASE WHEN NEW.is_generalised THEN general_place(NEW.place_id) END; RETURN NEW;', hash='0167d14fab2b2ca42f70be24bb79ea9a4e1b7a38', operation='INSERT OR UPDATE', pgid='pgtrigger_find_general_place_8c8d6', table='incidents_facility', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_facilityevent" ("aliases", "created_at", "created_by_id", "facility_type_id", "general_place_id", "generalised_changed_at", "id", "is_generalised", "lock_version", "merged_into_id", "name_ar", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "public_id", "updated_at") VALUES (NEW."aliases", NEW."created_at", NEW."created_by_id", NEW."facility_type_id", NEW."general_place_id", NEW."generalised_changed_at", NEW."id", NEW."is_generalised", NEW."lock_version", NEW."merged_into_id", NEW."name_ar", NEW."name_en", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."public_id", NEW."updated_at"); RETURN NULL;', hash='f32c65917fc9999a6fa84a12659777749606dd6b', operation='INSERT', pgid='pgtrigger_insert_insert_15a47', table='incidents_facility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "incidents_facilityevent" ("aliases", "created_at", "created_by_id", "facility_type_id", "general_place_id", "generalised_changed_at", "id", "is_generalised", "lock_version", "merged_into_id", "name_ar", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "public_id", "updated_at") VALUES (NEW."aliases", NEW."created_at", NEW."created_by_id", NEW."facility_type_id", NEW."general_place_id", NEW."generalised_changed_at", NEW."id", NEW."is_generalised", NEW."lock_version", NEW."merged_into_id", NEW."name_ar", NEW."name_en", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."public_id", NEW."updated_at"); RETURN NULL;', hash='9fe54dcb937c865d384ff2bcfb54cd268708b64e', operation='UPDATE', pgid='pgtrigger_update_update_93bca', table='incidents_facility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_facilityevent" ("aliases", "created_at", "created_by_id", "facility_type_id", "general_place_id", "generalised_changed_at", "id", "is_generalised", "lock_version", "merged_into_id", "name_ar", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "public_id", "updated_at") VALUES (OLD."aliases", OLD."created_at", OLD."created_by_id", OLD."facility_type_id", OLD."general_place_id", OLD."generalised_changed_at", OLD."id", OLD."is_generalised", OLD."lock_version", OLD."merged_into_id", OLD."name_ar", OLD."name_en", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."public_id", OLD."updated_at"); RETURN NULL;', hash='8708c399ea11ed7f6760b4c1afd042fc2c49fb85', operation='DELETE', pgid='pgtrigger_delete_delete_d8725', table='incidents_facility', when='AFTER')),
        ),
        migrations.RunSQL([GENERAL_PLACE], "DROP FUNCTION general_place(bigint)"),
        migrations.RunSQL([PLACE_IS_GENERAL], "DROP FUNCTION place_is_general(bigint)"),
        migrations.RunSQL(
            [RECORD_DIFFERING.format(safe=SAFE, general=RECORD_OF_GENERAL_PLACE)],
            [RECORD_DIFFERING.format(safe=SAFE, general="")],
        ),
        migrations.RunSQL([ROW_DIFFERING], [again(RULES.ROW_DIFFERING)]),
        migrations.RunSQL([CITATIONS_SAID], [again(RULES.CITATIONS_SAID)]),
        migrations.RunPython(allow_generalising, migrations.RunPython.noop),
    ]
