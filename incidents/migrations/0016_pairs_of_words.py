"""Vectors of incidents hold pairs of words; of those that hold none it is said.

Rows that were made before say so until they are made again (refresh_rows), and so do those whose quotes became hidden:
with the quotes all pairs leave, whichever words they are of.
"""

from django.db import migrations

FORGET = """
CREATE OR REPLACE FUNCTION incidents_forget_quotes_of_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.visibility = 'public' AND NEW.visibility <> 'public'
       OR NEW.source_id IS DISTINCT FROM OLD.source_id THEN
        UPDATE incidents_publishedincident i SET vector = ts_filter(i.vector, '{a,b,c}')MARK
        WHERE i.code IN (
            SELECT c.record FROM archive_citation c JOIN archive_passage p ON p.id = c.passage_id
            JOIN archive_textversion t ON t.id = p.text_version_id WHERE t.article_id = NEW.id
        );
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION incidents_forget_quotes_of_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.text_policy = 'reference' AND OLD.text_policy <> 'reference' THEN
        UPDATE incidents_publishedincident i SET vector = ts_filter(i.vector, '{a,b,c}')MARK
        WHERE i.code IN (
            SELECT c.record FROM archive_citation c JOIN archive_passage p ON p.id = c.passage_id
            JOIN archive_textversion t ON t.id = p.text_version_id JOIN archive_article a ON a.id = t.article_id
            WHERE a.source_id = NEW.id
        );
    END IF;
    RETURN NULL;
END $$;
"""
UNPAIRED = "UPDATE incidents_publishedincident SET vector = vector || '~' WHERE vector <> ''"


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0015_no_date_is_open_at_both_ends'),
    ]

    operations = [
        migrations.RunSQL(FORGET.replace("MARK", " || '~'"), FORGET.replace("MARK", "")),
        migrations.RunSQL(UNPAIRED, migrations.RunSQL.noop),
    ]
