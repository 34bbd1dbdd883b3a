"""Quotes of what becomes hidden leave the search index of incidents at once, whoever changes it and by whatever way.

The services put the quotes of other articles back in the same transaction; after a change by hand `refresh_rows` does.
"""

from django.db import migrations

FORGET = """
CREATE FUNCTION incidents_forget_quotes_of_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.visibility = 'public' AND NEW.visibility <> 'public'
       OR NEW.source_id IS DISTINCT FROM OLD.source_id THEN
        UPDATE incidents_publishedincident i SET vector = ts_filter(i.vector, '{a,b,c}')
        WHERE i.code IN (
            SELECT c.record FROM archive_citation c JOIN archive_passage p ON p.id = c.passage_id
            JOIN archive_textversion t ON t.id = p.text_version_id WHERE t.article_id = NEW.id
        );
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER incidents_forget_quotes AFTER UPDATE ON archive_article
    FOR EACH ROW EXECUTE FUNCTION incidents_forget_quotes_of_article();

CREATE FUNCTION incidents_forget_quotes_of_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.text_policy = 'reference' AND OLD.text_policy <> 'reference' THEN
        UPDATE incidents_publishedincident i SET vector = ts_filter(i.vector, '{a,b,c}')
        WHERE i.code IN (
            SELECT c.record FROM archive_citation c JOIN archive_passage p ON p.id = c.passage_id
            JOIN archive_textversion t ON t.id = p.text_version_id JOIN archive_article a ON a.id = t.article_id
            WHERE a.source_id = NEW.id
        );
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER incidents_forget_quotes AFTER UPDATE ON archive_source
    FOR EACH ROW EXECUTE FUNCTION incidents_forget_quotes_of_source();
"""

BACK = """
DROP TRIGGER incidents_forget_quotes ON archive_article;
DROP TRIGGER incidents_forget_quotes ON archive_source;
DROP FUNCTION incidents_forget_quotes_of_article();
DROP FUNCTION incidents_forget_quotes_of_source();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0008_facility_once_a_place"),
        ("archive", "0007_rows_follow_articles"),
    ]

    operations = [migrations.RunSQL(FORGET, BACK)]
