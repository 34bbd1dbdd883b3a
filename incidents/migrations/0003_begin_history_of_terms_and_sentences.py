"""Write down what terms and sentences say now: their history begins here, and locks know what was seen."""

from django.db import migrations

ROW = "id, created_at, updated_at, created_by_id, lock_version"
TERM = f"{ROW}, slug, name_en, name_ar"
COLUMNS = {
    "weapon": f"{TERM}, plural_en, plural_ar, parent_id",
    "facilitytype": f"{TERM}, plural_en, plural_ar",
    "speaker": f"{TERM}, actor_id",
    "summarysentence": f"{ROW}, incident_id, position, text_en, text_ar, cited",
}
CITED = """
UPDATE incidents_summarysentence s SET cited = j.cited
FROM (SELECT j.summarysentence_id AS id, array_agg(p.public_id ORDER BY p.public_id) AS cited
      FROM incidents_summarysentence_passages j JOIN archive_passage p ON p.id = j.passage_id GROUP BY 1) j
WHERE s.id = j.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0002_keep_history_of_terms_and_sentences"),
    ]

    operations = [
        *(
            migrations.RunSQL(
                f"INSERT INTO incidents_{table}event (pgh_created_at, pgh_label, pgh_obj_id, {columns}) "
                f"SELECT now(), 'insert', id, {columns} FROM incidents_{table}",
                migrations.RunSQL.noop,
            )
            for table, columns in COLUMNS.items()
        ),
        migrations.RunSQL(CITED, migrations.RunSQL.noop),
    ]
