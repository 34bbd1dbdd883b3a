"""The index of words holds pairs of words; of rows that were made before, it says that it does not."""

import django.contrib.postgres.search
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0012_addresses_name_a_host'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='articlerow',
            name='follow_article',
        ),
        migrations.AddField(
            model_name='articlerow',
            name='pair_vector',
            field=django.contrib.postgres.search.SearchVectorField(default='', editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articlerow',
            trigger=pgtrigger.compiler.Trigger(name='follow_article', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE article record; policy text;', func="\n            SELECT a.visibility, a.source_id, a.published_on, a.language INTO article\n            FROM archive_article a WHERE a.id = NEW.article_id FOR SHARE;\n            SELECT s.text_policy INTO policy FROM archive_source s WHERE s.id = article.source_id FOR SHARE;\n            NEW.is_public := article.visibility = 'public';\n            NEW.source_id := article.source_id;\n            NEW.published_on := article.published_on;\n            NEW.sort_on := coalesce(article.published_on, '0001-01-01');\n            NEW.language := article.language;\n            BEGIN\n                NEW.vector := CASE coalesce(policy, 'passages')\n                    WHEN 'full' THEN NEW.full_vector || strip(NEW.pair_vector)\n                    WHEN 'passages' THEN\n                        ts_filter(NEW.full_vector, '{a,c}') || NEW.cited_vector || strip(NEW.full_vector)\n                        || strip(ts_filter(NEW.pair_vector, '{a,c}'))\n                    ELSE ts_filter(NEW.full_vector, '{a}') || NEW.cited_vector\n                        || strip(ts_filter(NEW.pair_vector, '{a}'))\n                END;\n                IF NEW.pair_vector = '' AND NEW.full_vector <> '' THEN NEW.vector := NEW.vector || '~'; END IF;\n            EXCEPTION WHEN program_limit_exceeded THEN\n                NEW.vector := CASE coalesce(policy, 'passages')\n                    WHEN 'full' THEN NEW.full_vector\n                    WHEN 'passages' THEN strip(NEW.full_vector)\n                    ELSE ts_filter(NEW.full_vector, '{a}')\n                END || '~';\n            END;\n            RETURN NEW;\n        ", hash='5f560eeff1cddd3b5b74448a088c80c8931c36a4', operation='INSERT OR UPDATE', pgid='pgtrigger_follow_article_79416', table='archive_articlerow', when='BEFORE')),
        ),
        # Until the rows are made again (refresh_rows, index_articles), their vectors say that they hold no pairs.
        migrations.RunSQL(
            "UPDATE archive_articlerow SET updated_at = updated_at WHERE full_vector <> ''", migrations.RunSQL.noop
        ),
    ]
