"""Keep beside each published row on which days it may have happened and on which it certainly did.

Rows of dates without a qualifier are filled by one statement; the others by the rule itself (`archive.dates`), which is
pure. The records of files get the same days. What `refresh_rows` writes later is the same.
"""

from itertools import islice

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

BATCH = 2_000


def fill(apps, schema_editor):
    from archive import dates
    from incidents.curation.published_rows import day_range
    from incidents.record.flat import date_columns

    rows = apps.get_model("incidents", "PublishedIncident").objects
    records = apps.get_model("incidents", "PublishedRecord").objects
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE incidents_publishedincident SET possible = occurred, "
            "certain = CASE WHEN occurred_edtf = '' THEN NULL ELSE occurred END"
        )
        cursor.execute(
            "UPDATE incidents_publishedrecord SET record = record || jsonb_build_object("
            "'possible_from', record->'occurred_from', 'possible_to', record->'occurred_to', "
            "'date_certain', COALESCE(record->>'occurred_edtf', '') <> '')"
        )
    qualified = rows.filter(occurred_edtf__regex="[~?%]")
    for edtf in qualified.values_list("occurred_edtf", flat=True).distinct().order_by():
        when = dates.parse(edtf)
        certain = dates.certain_days(when)
        rows.filter(occurred_edtf=edtf).update(
            possible=day_range(*dates.possible_days(when)), certain=day_range(*certain) if certain else None
        )
    found = records.filter(record__occurred_edtf__regex="[~?%]").iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        for row in batch:
            row.record |= date_columns(row.record["occurred_edtf"])
        records.bulk_update(batch, ["record"])


class Migration(migrations.Migration):
    dependencies = [("incidents", "0006_refuse_directions_in_names")]

    operations = [
        migrations.AddField(
            model_name="publishedincident",
            name="possible",
            field=django.contrib.postgres.fields.ranges.DateRangeField(default=DateRange(None, None)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publishedincident",
            name="certain",
            field=django.contrib.postgres.fields.ranges.DateRangeField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="publishedincident", name="published_occurred"),
        migrations.AddIndex(
            model_name="publishedincident",
            index=django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="published_possible"),
        ),
        migrations.AddIndex(
            model_name="publishedincident",
            index=django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="published_certain"),
        ),
        migrations.AddConstraint(
            model_name="publishedincident",
            constraint=models.CheckConstraint(
                condition=models.Q(("possible__contains", models.F("occurred"))), name="published_occurred_is_possible"
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedincident",
            constraint=models.CheckConstraint(
                condition=models.Q(("certain__isnull", True), ("certain", models.F("occurred")), _connector="OR"),
                name="published_certain_is_occurred",
            ),
        ),
    ]
