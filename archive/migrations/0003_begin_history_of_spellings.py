"""Write down what the spellings say now: their history begins here, and locks know what was seen."""

from django.db import migrations

COLUMNS = (
    "id, created_at, updated_at, created_by_id, lock_version, place_id, name, folded, skeleton, script, language, "
    "source, quality, is_official"
)


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_keep_history_of_spellings")]

    operations = [
        migrations.RunSQL(
            f"INSERT INTO archive_placenameevent (pgh_created_at, pgh_label, pgh_obj_id, {COLUMNS}) "
            f"SELECT now(), 'insert', id, {COLUMNS} FROM archive_placename",
            migrations.RunSQL.noop,
        )
    ]
