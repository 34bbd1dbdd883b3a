"""Refuse `..` alone as a date, as Python does: it says nothing, and stands only for one end of an interval.

No service ever stored it, so the constraint that asks the function still holds for every claim.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("incidents.migrations.0013_days_end_with_the_calendar").EDTF_DAYS
ALONE = "    IF edtf = '..' THEN RETURN daterange(NULL, NULL); END IF;\n"
END = "edtf_days(split_part(edtf, '/', {}))"
OPEN_END = "CASE split_part(edtf, '/', {0}) WHEN '..' THEN daterange(NULL, NULL) ELSE edtf_days(split_part(edtf, '/', {0})) END"
EDTF_DAYS = (
    BEFORE.replace(ALONE, "")
    .replace(END.format(1), OPEN_END.format(1))
    .replace(END.format(2), OPEN_END.format(2))
)


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0014_rows_say_what_editions_say'),
    ]

    operations = [
        migrations.RunSQL(EDTF_DAYS, migrations.RunSQL.noop),
    ]
