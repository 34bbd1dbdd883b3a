"""Who works on what, and tags, have a history: what stands now was given when its row says, by whom it says."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# What stands when the history begins.
COLUMNS = {
    "articleassignment": "id, at, by_id, article_id, user_id",
    "articletag": "id, at, by_id, article_id, name",
}


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0027_near_copies'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleAssignmentEvent',
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
            name='ArticleTagEvent',
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
            model_name='articleassignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_articleassignmentevent" ("article_id", "at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."article_id", NEW."at", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='1e9111f0eec9700a9d47d2f6a5f40a32e4d8907e', operation='INSERT', pgid='pgtrigger_insert_insert_fbeae', table='archive_articleassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleassignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "archive_articleassignmentevent" ("article_id", "at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."article_id", NEW."at", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='74159698a7a976456f10da71ba4bb1e5919f6d1f', operation='UPDATE', pgid='pgtrigger_update_update_4d2cf', table='archive_articleassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleassignment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_articleassignmentevent" ("article_id", "at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."article_id", OLD."at", OLD."by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='338d7a7caf6fba72faf7bacefe8bbc4b8ec64cd3', operation='DELETE', pgid='pgtrigger_delete_delete_62699', table='archive_articleassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articletag',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_articletagevent" ("article_id", "at", "by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."article_id", NEW."at", NEW."by_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='48f7813bed3a76cb7300b6d4331d3ed04bdc2791', operation='INSERT', pgid='pgtrigger_insert_insert_8a247', table='archive_articletag', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articletag',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "archive_articletagevent" ("article_id", "at", "by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."article_id", NEW."at", NEW."by_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='f30094f5073de1a1e2161f989df9a0e19f8c35b4', operation='UPDATE', pgid='pgtrigger_update_update_712e0', table='archive_articletag', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articletag',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_articletagevent" ("article_id", "at", "by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."article_id", OLD."at", OLD."by_id", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='b4142f3c721cafad7c792fbe14b1fe1ea5b6011c', operation='DELETE', pgid='pgtrigger_delete_delete_e5c30', table='archive_articletag', when='AFTER')),
        ),
        migrations.AddField(
            model_name='articleassignmentevent',
            name='article',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.article'),
        ),
        migrations.AddField(
            model_name='articleassignmentevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articleassignmentevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='articleassignmentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='archive.articleassignment'),
        ),
        migrations.AddField(
            model_name='articleassignmentevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articletagevent',
            name='article',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.article'),
        ),
        migrations.AddField(
            model_name='articletagevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articletagevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='articletagevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='archive.articletag'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleassignmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0736f3e7d1ecab0dcf827ded879ec8aa303e4e9c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d535e', table='archive_articleassignmentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articletagevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d35eb6014170befc213cd1f5ec0b0ade1834a700', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_31820', table='archive_articletagevent', when='BEFORE')),
        ),
        *(
            migrations.RunSQL(
                f"INSERT INTO archive_{table}event (pgh_created_at, pgh_label, pgh_obj_id, {columns}) "
                f"SELECT at, 'insert', id, {columns} FROM archive_{table}",
                migrations.RunSQL.noop,
            )
            for table, columns in COLUMNS.items()
        ),
    ]
