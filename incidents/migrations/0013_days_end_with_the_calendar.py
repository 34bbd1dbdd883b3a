"""Let the days of an EDTF have no end where the calendar ends, as services write them: no date names the day after.

The function of before refused such a claim (9999-12-31), so none is stored and the constraint that asks it still holds.
"""

from django.db import migrations

EDTF_DAYS = r"""
CREATE OR REPLACE FUNCTION edtf_days(edtf text) RETURNS daterange
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    part text[];
    days daterange[];
    first date;
    after_last date;
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
        first := make_date(greatest((part[1] || COALESCE(part[2], '0') || '0')::int, 1), 1, 1);
        after_last := make_date((part[1] || COALESCE(part[2], '9') || '9')::int + 1, 1, 1);
        RETURN daterange(first, CASE WHEN after_last < '10000-01-01' THEN after_last END);
    END IF;
    edtf := regexp_replace(edtf, '^(?:([0-9]{4})-XX(?:-XX)?|([0-9]{4}-(?:0[1-9]|1[0-2]))-XX)$', '\1\2');
    part := regexp_match(edtf, '^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?$');
    IF part IS NULL OR part[1] = '0000' THEN RETURN NULL; END IF;
    IF part[2] BETWEEN '21' AND '24' AND part[3] IS NULL THEN
        first := make_date(part[1]::int, 3 * (part[2]::int - 20), 1);
        after_last := first + interval '3 months';
    ELSIF part[2] NOT BETWEEN '01' AND '12' THEN
        RETURN NULL;
    ELSE
        first := make_date(part[1]::int, COALESCE(part[2], '01')::int, 1);
        after_last := first + CASE WHEN part[2] IS NULL THEN interval '1 year' ELSE interval '1 month' END;
        IF part[3] IS NOT NULL THEN
            IF part[3]::int NOT BETWEEN 1 AND after_last - first THEN RETURN NULL; END IF;
            first := first + part[3]::int - 1;
            after_last := first + 1;
        END IF;
    END IF;
    RETURN daterange(first, CASE WHEN after_last < '10000-01-01' THEN after_last END);
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0012_check_editions_days_and_events'),
    ]

    operations = [
        migrations.RunSQL(EDTF_DAYS, migrations.RunSQL.noop),
    ]
