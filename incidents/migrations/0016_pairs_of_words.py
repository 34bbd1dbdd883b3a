"""Until the rows of incidents are made again (refresh_rows), their vectors say that they hold no pairs of words."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0015_no_date_is_open_at_both_ends'),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE incidents_publishedincident SET vector = vector || '~' WHERE vector <> ''", migrations.RunSQL.noop
        ),
    ]
