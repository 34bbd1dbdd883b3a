"""Who works on what, and tags, have a history: what stands now was given when its row says, by whom it says."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# What stands when the history begins.
COLUMNS = {
    "incidentassignment": "id, at, by_id, incident_id, user_id",
    "incidenttag": "id, at, by_id, incident_id, name",
}


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0026_names_are_merged'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IncidentAssignmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IncidentTagEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('name', models.CharField(max_length=60)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentassignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_incidentassignmentevent" ("at", "by_id", "id", "incident_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."incident_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='b31b4cd21d9210e29cc22e2caf8b9fa205ae1f8e', operation='INSERT', pgid='pgtrigger_insert_insert_01233', table='incidents_incidentassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentassignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "incidents_incidentassignmentevent" ("at", "by_id", "id", "incident_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."incident_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='101df476bfab77323f054374f1d0d43937ffdcbe', operation='UPDATE', pgid='pgtrigger_update_update_52c9b', table='incidents_incidentassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentassignment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_incidentassignmentevent" ("at", "by_id", "id", "incident_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."incident_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='2f6f912ae04287bcfeda9773481022de11e9dcc0', operation='DELETE', pgid='pgtrigger_delete_delete_f2815', table='incidents_incidentassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidenttag',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_incidenttagevent" ("at", "by_id", "id", "incident_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."incident_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c30cbca45d3a64ad22ca8d62be13bf872346af67', operation='INSERT', pgid='pgtrigger_insert_insert_d17d5', table='incidents_incidenttag', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidenttag',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "incidents_incidenttagevent" ("at", "by_id", "id", "incident_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."incident_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='f92bbe0bfb98a6b20c443b37976bfe8929cc1cf0', operation='UPDATE', pgid='pgtrigger_update_update_537ca', table='incidents_incidenttag', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidenttag',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "incidents_incidenttagevent" ("at", "by_id", "id", "incident_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."at", OLD."by_id", OLD."id", OLD."incident_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='01ec9be77272a25ca64ec5f9e620e541a1788588', operation='DELETE', pgid='pgtrigger_delete_delete_daf90', table='incidents_incidenttag', when='AFTER')),
        ),
        migrations.AddField(
            model_name='incidentassignmentevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='incidentassignmentevent',
            name='incident',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='incidents.incident'),
        ),
        migrations.AddField(
            model_name='incidentassignmentevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='incidentassignmentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='incidents.incidentassignment'),
        ),
        migrations.AddField(
            model_name='incidentassignmentevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='incidenttagevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='incidenttagevent',
            name='incident',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='incidents.incident'),
        ),
        migrations.AddField(
            model_name='incidenttagevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='incidenttagevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='incidents.incidenttag'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidentassignmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c4d32ec77fbca347ebceb3517dae52418cc173a0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9cb10', table='incidents_incidentassignmentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incidenttagevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='922274dd77308256f78aafffdf32a42dd958545f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e42f8', table='incidents_incidenttagevent', when='BEFORE')),
        ),
        *(
            migrations.RunSQL(
                f"INSERT INTO incidents_{table}event (pgh_created_at, pgh_label, pgh_obj_id, {columns}) "
                f"SELECT at, 'insert', id, {columns} FROM incidents_{table}",
                migrations.RunSQL.noop,
            )
            for table, columns in COLUMNS.items()
        ),
    ]
