"""Who changed what (`pghistory_context`) is added to and never rewritten.

django-pghistory's own function updates a context whose metadata grew meanwhile; that would need a right to UPDATE. Here
the grown metadata becomes a context of its own, with an id that follows from both.
"""

from django.db import migrations

APPEND = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    context uuid = NULLIF(current_setting('pghistory.context_id', true), '');
    said jsonb = NULLIF(current_setting('pghistory.context_metadata', true), '');
    stored jsonb;
BEGIN
    IF context IS NULL OR said IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT metadata INTO stored FROM pghistory_context WHERE id = context;
    IF stored <> said THEN
        context = md5(context::text || said::text)::uuid;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (context, said, now(), now())
    ON CONFLICT (id) DO NOTHING;
    RETURN context;
END $$;

CREATE FUNCTION refuse_change_of_context() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Contexts are immutable: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_context();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON pghistory_context
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_context();
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0007_rows_follow_articles"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunSQL(APPEND)]
