"""Facilities, actors and speakers that are found to be one are merged.

Rows of lists name what the names of an edition stand for now: the functions of 0014 follow merges. Who may publish may merge.
"""

from importlib import import_module
from typing import Any

import archive.models.name_field
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


SAFE = "SET search_path = pg_catalog, public, pg_temp"
RULES = import_module("incidents.migrations.0014_rows_say_what_editions_say")


def standing(kind: str) -> str:
    """The function that tells the key of the row that a row was merged into at last, or its own."""
    return f"""
CREATE FUNCTION standing_{kind}(one bigint) RETURNS bigint LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE {SAFE} AS $$
DECLARE next bigint;
BEGIN
    LOOP
        SELECT merged_into_id INTO next FROM incidents_{kind} WHERE id = one;
        IF next IS NULL THEN RETURN one; END IF;
        one := next;
    END LOOP;
END $$
"""


def again(sql: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in sql, old
        sql = sql.replace(old, new)
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


STANDING_ACTOR = "CASE WHEN {0}.merged_into_id IS NULL THEN {0}.id ELSE standing_actor({0}.id) END"
ACTORS_SAID = again(
    RULES.ACTORS_SAID,
    (
        "JOIN incidents_actor a ON a.slug = x.actor->>'slug'",
        "JOIN incidents_actor n ON n.slug = x.actor->>'slug'\n"
        f"            JOIN incidents_actor a ON a.id = {STANDING_ACTOR.format('n')}",
    ),
)
ROW_SAID = again(
    RULES.ROW_SAID,
    (
        "jsonb_agg(DISTINCT f.id)",
        "jsonb_agg(DISTINCT CASE WHEN f.merged_into_id IS NULL THEN f.id ELSE standing_facility(f.id) END)",
    ),
)


def allow_merging(apps: Any, schema_editor: Any) -> None:
    permission_model = apps.get_model("auth", "Permission")
    of_actor = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="incidents", model="actor").first()
    publishing = permission_model.objects.filter(content_type__app_label="incidents", codename="add_edition").first()
    if of_actor is None or publishing is None:
        return
    merging, _ = permission_model.objects.get_or_create(
        content_type=of_actor, codename="merge_names", defaults={"name": "Can merge facilities, actors and speakers"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(permissions=publishing):
        group.permissions.add(merging)


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0025_transfers_know_their_sentences'),
        ('archive', '0027_near_copies'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NameMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('facility', 'facility'), ('actor', 'actor'), ('speaker', 'speaker')], max_length=10)),
                ('merged', models.BigIntegerField()),
                ('survivor', models.BigIntegerField()),
                ('reason', models.TextField()),
                ('carried', models.JSONField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='NameMergeUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('reason', models.TextField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AlterModelOptions(
            name='actor',
            options={'default_manager_name': 'every', 'ordering': ['name_en'], 'permissions': [('propose_term', 'Can propose terms'), ('accept_term', 'Can decide on proposed terms'), ('merge_names', 'Can merge facilities, actors and speakers')]},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='actor',
            name='keep_accepted',
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
        pgtrigger.migrations.RemoveTrigger(
            model_name='facilitytype',
            name='keep_accepted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='speaker',
            name='keep_accepted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='speaker',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='speaker',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='speaker',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='weapon',
            name='keep_accepted',
        ),
        migrations.AddField(
            model_name='facility',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_here', to='incidents.facility'),
        ),
        migrations.AddField(
            model_name='facilityevent',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='incidents.facility'),
        ),
        migrations.AddField(
            model_name='speaker',
            name='aliases',
            field=django.contrib.postgres.fields.ArrayField(base_field=archive.models.name_field.NameField(max_length=200), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='speakerevent',
            name='aliases',
            field=django.contrib.postgres.fields.ArrayField(base_field=archive.models.name_field.NameField(max_length=200), blank=True, default=list, size=None),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='keep_accepted', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.standing <> 'proposed' AND NEW.standing <> OLD.standing AND (OLD.standing, NEW.standing) NOT IN (('accepted', 'merged'), ('merged', 'accepted')) THEN RAISE EXCEPTION '% was decided on: its standing stays', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='7b2497f92832eb197a0ed7dc110b540346bbc2d2', operation='UPDATE', pgid='pgtrigger_keep_accepted_4cac8', table='incidents_actor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='merge_into_standing', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE stands boolean;', func="\n            IF NEW.merged_into_id IS NULL OR NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id THEN\n                RETURN NEW;\n            END IF;\n            EXECUTE format('SELECT merged_into_id IS NULL AND id <> $2 FROM %I WHERE id = $1 FOR SHARE', TG_TABLE_NAME)\n                INTO stands USING NEW.merged_into_id, NEW.id;\n            IF NOT stands THEN\n                RAISE EXCEPTION '% is merged into one that is merged itself', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='e85529780a04412eb5f991b22936ff5d4600815c', operation='UPDATE', pgid='pgtrigger_merge_into_standing_67799', table='incidents_actor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='merge_into_standing', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE stands boolean;', func="\n            IF NEW.merged_into_id IS NULL OR NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id THEN\n                RETURN NEW;\n            END IF;\n            EXECUTE format('SELECT merged_into_id IS NULL AND id <> $2 FROM %I WHERE id = $1 FOR SHARE', TG_TABLE_NAME)\n                INTO stands USING NEW.merged_into_id, NEW.id;\n            IF NOT stands THEN\n                RAISE EXCEPTION '% is merged into one that is merged itself', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='46d104a237ae475f8290c74968f0c18da12a45fc', operation='UPDATE', pgid='pgtrigger_merge_into_standing_396c0', table='incidents_facility', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_facilityevent" ("aliases", "created_at", "created_by_id", "facility_type_id", "id", "lock_version", "merged_into_id", "name_ar", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "public_id", "updated_at") VALUES (NEW."aliases", NEW."created_at", NEW."created_by_id", NEW."facility_type_id", NEW."id", NEW."lock_version", NEW."merged_into_id", NEW."name_ar", NEW."name_en", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."public_id", NEW."updated_at"); RETURN NULL;', hash='4170a43925f25d59929a9b66a94a6f60e0dd7593', operation='INSERT', pgid='pgtrigger_insert_insert_15a47', table='incidents_facility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "incidents_facilityevent" ("aliases", "created_at", "created_by_id", "facility_type_id", "id", "lock_version", "merged_into_id", "name_ar", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "public_id", "updated_at") VALUES (NEW."aliases", NEW."created_at", NEW."created_by_id", NEW."facility_type_id", NEW."id", NEW."lock_version", NEW."merged_into_id", NEW."name_ar", NEW."name_en", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."public_id", NEW."updated_at"); RETURN NULL;', hash='60c4b2e0209e9f7a6f4649e2116a010e7c112580', operation='UPDATE', pgid='pgtrigger_update_update_93bca', table='incidents_facility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facility',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_facilityevent" ("aliases", "created_at", "created_by_id", "facility_type_id", "id", "lock_version", "merged_into_id", "name_ar", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "public_id", "updated_at") VALUES (OLD."aliases", OLD."created_at", OLD."created_by_id", OLD."facility_type_id", OLD."id", OLD."lock_version", OLD."merged_into_id", OLD."name_ar", OLD."name_en", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."public_id", OLD."updated_at"); RETURN NULL;', hash='c5db887375ba0b032ea4ac6ab947a10d43ce74ae', operation='DELETE', pgid='pgtrigger_delete_delete_d8725', table='incidents_facility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facilitytype',
            trigger=pgtrigger.compiler.Trigger(name='keep_accepted', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.standing <> 'proposed' AND NEW.standing <> OLD.standing AND (OLD.standing, NEW.standing) NOT IN (('accepted', 'merged'), ('merged', 'accepted')) THEN RAISE EXCEPTION '% was decided on: its standing stays', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='d138aff26591c046d8d153ee2a04497852d423f8', operation='UPDATE', pgid='pgtrigger_keep_accepted_2d5d8', table='incidents_facilitytype', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='facilitytype',
            trigger=pgtrigger.compiler.Trigger(name='merge_into_standing', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE stands boolean;', func="\n            IF NEW.merged_into_id IS NULL OR NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id THEN\n                RETURN NEW;\n            END IF;\n            EXECUTE format('SELECT merged_into_id IS NULL AND id <> $2 FROM %I WHERE id = $1 FOR SHARE', TG_TABLE_NAME)\n                INTO stands USING NEW.merged_into_id, NEW.id;\n            IF NOT stands THEN\n                RAISE EXCEPTION '% is merged into one that is merged itself', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='7f1625eddc61d578d6e971d755c20b98024c2d2d', operation='UPDATE', pgid='pgtrigger_merge_into_standing_ec224', table='incidents_facilitytype', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='keep_accepted', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.standing <> 'proposed' AND NEW.standing <> OLD.standing AND (OLD.standing, NEW.standing) NOT IN (('accepted', 'merged'), ('merged', 'accepted')) THEN RAISE EXCEPTION '% was decided on: its standing stays', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='f82c7bbe48ad8815acee68d3ce3d3acd5e21d885', operation='UPDATE', pgid='pgtrigger_keep_accepted_c5014', table='incidents_speaker', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='merge_into_standing', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE stands boolean;', func="\n            IF NEW.merged_into_id IS NULL OR NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id THEN\n                RETURN NEW;\n            END IF;\n            EXECUTE format('SELECT merged_into_id IS NULL AND id <> $2 FROM %I WHERE id = $1 FOR SHARE', TG_TABLE_NAME)\n                INTO stands USING NEW.merged_into_id, NEW.id;\n            IF NOT stands THEN\n                RAISE EXCEPTION '% is merged into one that is merged itself', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='82fe2f8639bd8e4434861298f094b023b169fadc', operation='UPDATE', pgid='pgtrigger_merge_into_standing_7a75a', table='incidents_speaker', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_speakerevent" ("actor_id", "aliases", "created_at", "created_by_id", "decided_at", "decided_by_id", "decision", "id", "lock_version", "merged_into_id", "name_ar", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "standing", "updated_at") VALUES (NEW."actor_id", NEW."aliases", NEW."created_at", NEW."created_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."lock_version", NEW."merged_into_id", NEW."name_ar", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."standing", NEW."updated_at"); RETURN NULL;', hash='c9cf9ec60ebdf9d6c6a9921b026a49f77385b1f0', operation='INSERT', pgid='pgtrigger_insert_insert_e3872', table='incidents_speaker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "incidents_speakerevent" ("actor_id", "aliases", "created_at", "created_by_id", "decided_at", "decided_by_id", "decision", "id", "lock_version", "merged_into_id", "name_ar", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "standing", "updated_at") VALUES (NEW."actor_id", NEW."aliases", NEW."created_at", NEW."created_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."lock_version", NEW."merged_into_id", NEW."name_ar", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."standing", NEW."updated_at"); RETURN NULL;', hash='bfb4672f8d2d4213ee88cf41a83e269d80905879', operation='UPDATE', pgid='pgtrigger_update_update_cbc75', table='incidents_speaker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_speakerevent" ("actor_id", "aliases", "created_at", "created_by_id", "decided_at", "decided_by_id", "decision", "id", "lock_version", "merged_into_id", "name_ar", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "standing", "updated_at") VALUES (OLD."actor_id", OLD."aliases", OLD."created_at", OLD."created_by_id", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."id", OLD."lock_version", OLD."merged_into_id", OLD."name_ar", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."standing", OLD."updated_at"); RETURN NULL;', hash='23880c535e5cb1d663fd9e5926ca3cfb1ceb4fd7', operation='DELETE', pgid='pgtrigger_delete_delete_72028', table='incidents_speaker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='weapon',
            trigger=pgtrigger.compiler.Trigger(name='keep_accepted', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.standing <> 'proposed' AND NEW.standing <> OLD.standing AND (OLD.standing, NEW.standing) NOT IN (('accepted', 'merged'), ('merged', 'accepted')) THEN RAISE EXCEPTION '% was decided on: its standing stays', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;", hash='617ab26dcf480e78caa88253cf9920a0acc6d6f2', operation='UPDATE', pgid='pgtrigger_keep_accepted_9e4b8', table='incidents_weapon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='weapon',
            trigger=pgtrigger.compiler.Trigger(name='merge_into_standing', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE stands boolean;', func="\n            IF NEW.merged_into_id IS NULL OR NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id THEN\n                RETURN NEW;\n            END IF;\n            EXECUTE format('SELECT merged_into_id IS NULL AND id <> $2 FROM %I WHERE id = $1 FOR SHARE', TG_TABLE_NAME)\n                INTO stands USING NEW.merged_into_id, NEW.id;\n            IF NOT stands THEN\n                RAISE EXCEPTION '% is merged into one that is merged itself', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='27e0fce486cecb94629930d5dcf9822f2c62cd41', operation='UPDATE', pgid='pgtrigger_merge_into_standing_cba3c', table='incidents_weapon', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='namemerge',
            name='created_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='namemergeundone',
            name='created_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='namemergeundone',
            name='merge',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='incidents.namemerge'),
        ),
        migrations.AddIndex(
            model_name='namemerge',
            index=models.Index(fields=['kind', 'merged'], name='name_merge_merged'),
        ),
        migrations.AddConstraint(
            model_name='namemerge',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['facility', 'actor', 'speaker'])), name='name_merge_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='namemerge',
            constraint=models.CheckConstraint(condition=models.Q(('merged', models.F('survivor')), _negated=True), name='name_merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='namemerge',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='name_merge_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namemerge',
            trigger=pgtrigger.compiler.Trigger(name='refuse_change', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Merges of names are immutable: % is refused', TG_OP USING ERRCODE = 'restrict_violation';", hash='5f475a5f96307a61448c71bae0d4e9558d29f899', operation='UPDATE OR DELETE', pgid='pgtrigger_refuse_change_a5eb6', table='incidents_namemerge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namemerge',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Merges of names are never deleted: TRUNCATE is refused' USING ERRCODE = 'restrict_violation';", hash='f24a2b763f15711ae30d64a98aecdb2e87df80af', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_91723', table='incidents_namemerge', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='namemergeundone',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='name_merge_undone_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namemergeundone',
            trigger=pgtrigger.compiler.Trigger(name='refuse_change', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Merges of names are immutable: % is refused', TG_OP USING ERRCODE = 'restrict_violation';", hash='fea6ad67dbb25b1542c87c48b5da66b392f7634b', operation='UPDATE OR DELETE', pgid='pgtrigger_refuse_change_344cf', table='incidents_namemergeundone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namemergeundone',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Merges of names are never deleted: TRUNCATE is refused' USING ERRCODE = 'restrict_violation';", hash='47928f314205f664397adb73271c5edef88112d5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_7f558', table='incidents_namemergeundone', when='BEFORE')),
        ),
        *(
            migrations.RunSQL([standing(kind)], f"DROP FUNCTION standing_{kind}(bigint)")
            for kind in ("facility", "actor")
        ),
        migrations.RunSQL([ACTORS_SAID], again(RULES.ACTORS_SAID)),
        migrations.RunSQL([ROW_SAID], again(RULES.ROW_SAID)),
        migrations.RunPython(allow_merging, migrations.RunPython.noop),
    ]
