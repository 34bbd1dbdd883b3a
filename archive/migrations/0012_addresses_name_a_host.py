"""Addresses name a host after two slashes, by the rule of `archive.source_urls.OF_THE_WEB` as it was when this was written.

Addresses of articles are mended as those that come in now are. A capture keeps what it came with for ever: where an old
one breaks the rule, the rule holds for new ones alone.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from archive.obstacles import refuse_while

RULE = r"^https?://[^/?#:@\\\s]"
OF_A_CAPTURE = r"^\W*https?://[^/?#:@\\\s]"
MEND = rf"""
UPDATE archive_article SET url = regexp_replace(url, '^(https?:)[/\\]*', '\1//', 'i')
WHERE url ~* '^https?:' AND url !~* '{RULE}'
"""
VALIDATE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM archive_capture WHERE original_url <> '' AND original_url !~* '{OF_A_CAPTURE}') THEN
        ALTER TABLE archive_capture VALIDATE CONSTRAINT capture_address_of_the_web;
    END IF;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0011_rows_and_keys_follow_articles'),
    ]

    operations = [
        migrations.RunSQL([MEND], migrations.RunSQL.noop),
        refuse_while(
            f"SELECT public_id FROM archive_article WHERE url <> '' AND url !~* '{RULE}' ORDER BY id",
            "The address of an article begins with http:// or https:// and a host. Correct it, or empty it.",
        ),
        refuse_while(
            f"SELECT slug FROM archive_source WHERE homepage <> '' AND homepage !~* '{RULE}' ORDER BY id",
            "The homepage of a source begins with http:// or https:// and a host. Correct it, or empty it.",
        ),
        migrations.RemoveConstraint(
            model_name='article',
            name='article_address_of_the_web',
        ),
        migrations.RemoveConstraint(
            model_name='capture',
            name='capture_address_of_the_web',
        ),
        migrations.RemoveConstraint(
            model_name='source',
            name='source_homepage_of_the_web',
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('url', ''), ('url__iregex', RULE), _connector='OR'), name='article_address_of_the_web'),
        ),
        AddConstraintNotValid(
            model_name='capture',
            constraint=models.CheckConstraint(condition=models.Q(('original_url', ''), ('original_url__iregex', OF_A_CAPTURE), _connector='OR'), name='capture_address_of_the_web'),
        ),
        migrations.RunSQL([VALIDATE], migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('homepage', ''), ('homepage__iregex', RULE), _connector='OR'), name='source_homepage_of_the_web'),
        ),
    ]
