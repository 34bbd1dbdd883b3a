"""What the database itself works out to check a record: the canonical JSON of an edition, the days that an EDTF says.

Both are rules of Python as well (`incidents.record.writing.canonical`, `archive.dates`); `tests/integration/test_same_rules.py`
holds each pair together on random values. A function that changes gets another name in a new migration: constraints
that were checked with the old one keep it.
"""

import incidents.models.claim_rules
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from archive.obstacles import refuse_while

# Keys in the order of their code points; PostgreSQL writes strings and short floats as Python does, but for a whole
# number of a float ("36") and the range from 1e15 to 1e16, in which Python still writes all digits.
CANONICAL_JSON = """
CREATE FUNCTION canonical_json(value jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE number text;
BEGIN
    CASE jsonb_typeof(value)
    WHEN 'object' THEN
        RETURN '{' || COALESCE((
            SELECT string_agg(to_json(e.key)::text || ':' || canonical_json(e.value), ',' ORDER BY e.key COLLATE "C")
            FROM jsonb_each(value) e), '') || '}';
    WHEN 'array' THEN
        RETURN '[' || COALESCE((
            SELECT string_agg(canonical_json(e.value), ',' ORDER BY e.place)
            FROM jsonb_array_elements(value) WITH ORDINALITY e (value, place)), '') || ']';
    WHEN 'number' THEN
        number := value::text;
        IF strpos(number, '.') = 0 THEN RETURN number; END IF;
        number := number::float8::text;
        IF number LIKE '%e+15' THEN number := number::numeric::text; END IF;
        RETURN CASE WHEN number ~ '[.e]' THEN number ELSE number || '.0' END;
    ELSE
        RETURN value::text;
    END CASE;
END $$
"""
# The setting would otherwise be the session's, and could round what is digested.
CONTENT_DIGEST = """
CREATE FUNCTION content_digest(content jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp SET extra_float_digits = 1 AS $$
BEGIN
    RETURN encode(sha256(convert_to(canonical_json(content), 'UTF8')), 'hex');
END $$
"""
# NULL for what is no date. An interval goes from the first day of its first date to the last day of its second.
EDTF_DAYS = r"""
CREATE FUNCTION edtf_days(edtf text) RETURNS daterange
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    part text[];
    days daterange[];
    first date;
BEGIN
    IF strpos(edtf, '/') > 0 THEN
        IF edtf ~ '^[^/]+/[^/]+$' AND edtf <> '../..' AND edtf !~ 'X' THEN
            days := ARRAY[edtf_days(split_part(edtf, '/', 1)), edtf_days(split_part(edtf, '/', 2))];
            IF days[1] IS NOT NULL AND days[2] IS NOT NULL AND NOT (lower(days[1]) >= upper(days[2])) IS TRUE THEN
                RETURN daterange(lower(days[1]), upper(days[2]));
            END IF;
        END IF;
        RETURN NULL;
    END IF;
    IF edtf = '..' THEN RETURN daterange(NULL, NULL); END IF;
    part := regexp_match(edtf, '^([0-9]{2})(?:XX|([0-9])X)$');
    IF part IS NOT NULL THEN
        RETURN daterange(
            make_date(greatest((part[1] || COALESCE(part[2], '0') || '0')::int, 1), 1, 1),
            make_date((part[1] || COALESCE(part[2], '9') || '9')::int + 1, 1, 1));
    END IF;
    edtf := regexp_replace(edtf, '^(?:([0-9]{4})-XX(?:-XX)?|([0-9]{4}-(?:0[1-9]|1[0-2]))-XX)$', '\1\2');
    part := regexp_match(edtf, '^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?$');
    IF part IS NULL OR part[1] = '0000' THEN RETURN NULL; END IF;
    IF part[2] BETWEEN '21' AND '24' AND part[3] IS NULL THEN
        first := make_date(part[1]::int, 3 * (part[2]::int - 20), 1);
        RETURN daterange(first, least((first + interval '3 months')::date, '10000-01-01'));
    END IF;
    IF part[2] NOT BETWEEN '01' AND '12' THEN RETURN NULL; END IF;
    first := make_date(part[1]::int, COALESCE(part[2], '01')::int, 1);
    IF part[3] IS NULL THEN
        RETURN daterange(
            first, (first + CASE WHEN part[2] IS NULL THEN interval '1 year' ELSE interval '1 month' END)::date);
    END IF;
    IF part[3]::int NOT BETWEEN 1 AND (first + interval '1 month')::date - first THEN RETURN NULL; END IF;
    RETURN daterange(first + part[3]::int - 1, first + part[3]::int);
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0010_check_the_reports_and_places'),
        ('incidents', '0011_name_actors_as_one_of_several'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(CANONICAL_JSON, "DROP FUNCTION canonical_json"),
        migrations.RunSQL(CONTENT_DIGEST, "DROP FUNCTION content_digest"),
        migrations.RunSQL(EDTF_DAYS, "DROP FUNCTION edtf_days"),
        refuse_while(
            "SELECT content->>'code' || ' version ' || number FROM incidents_edition "
            "WHERE sha256 <> content_digest(content) ORDER BY id",
            "The sha256 of an edition is that of its content. Editions never change: find out who wrote this one.",
        ),
        refuse_while(
            "SELECT i.code FROM incidents_incident i WHERE i.status IN ('draft', 'in_review', 'published') "
            "AND (i.status = 'published') <> EXISTS (SELECT FROM incidents_edition e WHERE e.incident_id = i.id) "
            "ORDER BY i.id",
            "What is published has an edition, what is a draft has none. Correct the status.",
        ),
        refuse_while(
            "SELECT public_id FROM incidents_claim "
            "WHERE edtf_days(occurred_edtf) IS DISTINCT FROM occurred ORDER BY id",
            "The days of a claim are those that its date says in EDTF. Correct them.",
        ),
        refuse_while(
            "SELECT id FROM incidents_editorialevent "
            "WHERE action NOT IN ('created', 'published', 'withdrawn', 'restored', 'merged') ORDER BY id",
            "An event of an incident is one of those that the services write.",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='edition',
            trigger=pgtrigger.compiler.Trigger(name='check_support', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE claims text[]; passages text[];', func='\n            IF NEW.sha256 IS DISTINCT FROM content_digest(NEW.content) THEN\n                RAISE EXCEPTION \'the sha256 is not that of the content\' USING ERRCODE = \'check_violation\';\n            END IF;\n            claims := ARRAY(SELECT jsonb_path_query(NEW.content, \'lax $.claims[*].id\') #>> \'{}\');\n            IF claims = \'{}\' OR jsonb_path_exists(NEW.content, \'lax $.claims[*] ? (!exists(@.id))\')\n               OR EXISTS (SELECT unnest(claims) EXCEPT SELECT c.public_id FROM incidents_claim c\n                          WHERE c.incident_id = NEW.incident_id) THEN\n                RAISE EXCEPTION \'the claims of an edition are claims of its incident\' USING ERRCODE = \'check_violation\';\n            END IF;\n            IF NOT jsonb_path_exists(NEW.content, \'lax $.places[*].pcode\')\n               OR NOT jsonb_path_exists(NEW.content, \'lax $.claims[*] ? (@.aspect == "occurred")\') THEN\n                RAISE EXCEPTION \'an edition says where it was, and by a claim when\' USING ERRCODE = \'check_violation\';\n            END IF;\n            IF EXISTS (SELECT jsonb_path_query(NEW.content, \'lax $.**.claims[*] ? (@.type() == "string")\') #>> \'{}\'\n                       UNION ALL SELECT jsonb_path_query(NEW.content, \'lax $.**.against[*]\') #>> \'{}\'\n                       EXCEPT SELECT unnest(claims)) THEN\n                RAISE EXCEPTION \'a fact rests on a claim that the edition has not\' USING ERRCODE = \'check_violation\';\n            END IF;\n            passages := ARRAY(SELECT p.public_id FROM jsonb_each(NEW.content->\'passages\') e JOIN archive_passage p\n                              ON p.public_id = e.key AND p.exact = e.value->>\'exact\');\n            IF EXISTS (SELECT jsonb_object_keys(NEW.content->\'passages\') UNION ALL\n                       SELECT jsonb_path_query(NEW.content, \'lax $.claims[*].passage ? (@ != null)\') #>> \'{}\' UNION ALL\n                       SELECT jsonb_path_query(NEW.content, \'lax $.summary[*].passages[*]\') #>> \'{}\'\n                       EXCEPT SELECT unnest(passages)) THEN\n                RAISE EXCEPTION \'an edition cites a passage that is not there\' USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ', hash='390d024b35ad2c45a99573e7f5804cab56c010a9', operation='INSERT', pgid='pgtrigger_check_support_c794f', table='incidents_edition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='edition',
            trigger=pgtrigger.compiler.Trigger(name='editions_fit_status', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE said text;', func="\n            SELECT i.status INTO said FROM incidents_incident i WHERE i.id = NEW.incident_id;\n            IF said IN ('draft', 'in_review', 'published') AND (said = 'published') <>\n               EXISTS (SELECT 1 FROM incidents_edition e WHERE e.incident_id = NEW.incident_id) THEN\n                RAISE EXCEPTION 'what is published has an edition, what is a draft has none: % is %',\n                    NEW.incident_id, said USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ", hash='a2cf8ad7249b1ce18c781aa259cbec8d05d66af8', operation='INSERT', pgid='pgtrigger_editions_fit_status_01e8a', table='incidents_edition', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incident',
            trigger=pgtrigger.compiler.Trigger(name='editions_fit_status', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE said text;', func="\n            SELECT i.status INTO said FROM incidents_incident i WHERE i.id = NEW.id;\n            IF said IN ('draft', 'in_review', 'published') AND (said = 'published') <>\n               EXISTS (SELECT 1 FROM incidents_edition e WHERE e.incident_id = NEW.id) THEN\n                RAISE EXCEPTION 'what is published has an edition, what is a draft has none: % is %',\n                    NEW.id, said USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ", hash='6517c37f4685f0d04e3179d4346c749c2ea1e320', operation='INSERT OR UPDATE OF "status"', pgid='pgtrigger_editions_fit_status_65607', table='incidents_incident', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=incidents.models.claim_rules.SaidByEdtf('occurred_edtf', 'occurred'), name='claim_occurred_is_of_its_edtf'),
        ),
        migrations.AddConstraint(
            model_name='editorialevent',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['created', 'published', 'withdrawn', 'restored', 'merged'])), name='editorial_event_action_known'),
        ),
    ]
