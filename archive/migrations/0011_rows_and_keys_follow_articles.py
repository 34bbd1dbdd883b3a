"""Rows of lists follow the dates and the language of their article; what an article is known by stays."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0010_check_the_reports_and_places'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='followed_by_rows',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='articlerow',
            name='follow_article',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='followed_by_rows', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF NEW.visibility IS DISTINCT FROM OLD.visibility OR NEW.source_id IS DISTINCT FROM OLD.source_id OR NEW.published_on IS DISTINCT FROM OLD.published_on OR NEW.language IS DISTINCT FROM OLD.language THEN UPDATE archive_articlerow SET updated_at = now() WHERE article_id = NEW.id; END IF; RETURN NULL;', hash='91e03583d43b664235ce0f3803d6714ac89318c1', operation='UPDATE', pgid='pgtrigger_followed_by_rows_d8759', table='archive_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articlekey',
            trigger=pgtrigger.compiler.Trigger(name='keep_article_id_scheme', sql=pgtrigger.compiler.UpsertTriggerSql(func='IF NEW."article_id" IS DISTINCT FROM OLD."article_id" OR NEW."scheme" IS DISTINCT FROM OLD."scheme" THEN RAISE EXCEPTION \'article_id, scheme of % never changes\', TG_TABLE_NAME USING ERRCODE = \'restrict_violation\'; END IF; RETURN NEW;', hash='073dc1aa5f5bd4359843ea2e2941ce6b390e93ea', operation='UPDATE', pgid='pgtrigger_keep_article_id_scheme_d36df', table='archive_articlekey', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articlekey',
            trigger=pgtrigger.compiler.Trigger(name='keep_reference', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."scheme" = \'reference\')', func="RAISE EXCEPTION 'a reference key stays as it is' USING ERRCODE = 'restrict_violation';", hash='c0923159e1e550bbde8717832bcc145b89d1306a', operation='UPDATE OR DELETE', pgid='pgtrigger_keep_reference_003f7', table='archive_articlekey', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articlekey',
            trigger=pgtrigger.compiler.Trigger(name='keep_while_addressed', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF EXISTS (SELECT FROM archive_article a WHERE a.id = OLD.article_id AND a.url <> '') AND NOT EXISTS\n               (SELECT FROM archive_articlekey k WHERE k.article_id = OLD.article_id AND k.scheme = OLD.scheme) THEN\n                RAISE EXCEPTION 'the article is known by its address' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ", hash='3806d7637e05344a86f539caa5ebca55ac522c86', operation='DELETE', pgid='pgtrigger_keep_while_addressed_7d8e2', table='archive_articlekey', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articlerow',
            trigger=pgtrigger.compiler.Trigger(name='follow_article', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE article record; policy text;', func="\n            SELECT a.visibility, a.source_id, a.published_on, a.language INTO article\n            FROM archive_article a WHERE a.id = NEW.article_id FOR SHARE;\n            SELECT s.text_policy INTO policy FROM archive_source s WHERE s.id = article.source_id FOR SHARE;\n            NEW.is_public := article.visibility = 'public';\n            NEW.source_id := article.source_id;\n            NEW.published_on := article.published_on;\n            NEW.sort_on := coalesce(article.published_on, '0001-01-01');\n            NEW.language := article.language;\n            BEGIN\n                NEW.vector := CASE coalesce(policy, 'passages')\n                    WHEN 'full' THEN NEW.full_vector\n                    WHEN 'passages' THEN\n                        ts_filter(NEW.full_vector, '{a,c}') || NEW.cited_vector || strip(NEW.full_vector)\n                    ELSE ts_filter(NEW.full_vector, '{a}') || NEW.cited_vector\n                END;\n            EXCEPTION WHEN program_limit_exceeded THEN\n                NEW.vector := CASE policy WHEN 'reference' THEN ts_filter(NEW.full_vector, '{a}')\n                    ELSE strip(NEW.full_vector) END;\n            END;\n            RETURN NEW;\n        ", hash='0311e02a606aabcb4b53736ff3fdac07becd37ba', operation='INSERT OR UPDATE', pgid='pgtrigger_follow_article_79416', table='archive_articlerow', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='refuse_change', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Mentions are immutable: % is refused', TG_OP USING ERRCODE = 'restrict_violation';", hash='04aab91ebd0f92f76dd26b21a602682e06825c59', operation='UPDATE OR DELETE', pgid='pgtrigger_refuse_change_02c3b', table='archive_mention', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='refuse_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Mentions are never deleted: TRUNCATE is refused' USING ERRCODE = 'restrict_violation';", hash='97dbea674138cf2e5164c78c6d982adc58a9f490', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_refuse_truncate_4e67d', table='archive_mention', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stamp',
            trigger=pgtrigger.compiler.Trigger(name='keep_going', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    IF NEW.value <= OLD.value OR NEW."table" <> OLD."table" THEN\n                        RAISE EXCEPTION \'a stamp never goes back\' USING ERRCODE = \'restrict_violation\';\n                    END IF;\n                    RETURN NEW;\n                ', hash='ec92001e058be7ca653bc833e468dd6bc7112d5b', operation='UPDATE', pgid='pgtrigger_keep_going_f424f', table='archive_stamp', when='BEFORE')),
        ),
        migrations.RunSQL(
            "UPDATE archive_articlerow r SET updated_at = r.updated_at FROM archive_article a WHERE a.id = r.article_id "
            "AND (r.published_on, r.language) IS DISTINCT FROM (a.published_on, a.language)",
            migrations.RunSQL.noop,
        ),
    ]
