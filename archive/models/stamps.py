"""When what readers see last changed, so that caches of it know."""

import pgtrigger
from django.db import models


class Stamp(models.Model):
    """The moment (microseconds of the database's clock) at which a table of public rows last changed.

    Written by triggers in the same transaction as the change, so a reader who sees a stamp sees what it stands for.
    """

    table = models.CharField(max_length=63, primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        ordering = ["table"]
        triggers = [
            pgtrigger.Trigger(
                name="keep_going",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.value <= OLD.value OR NEW."table" <> OLD."table" THEN
                        RAISE EXCEPTION 'a stamp never goes back' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.table}: {self.value}"


def stamped() -> pgtrigger.Trigger:
    """Return the trigger that stamps a table once for each statement that changes it."""
    return pgtrigger.Trigger(
        name="stamp",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            INSERT INTO archive_stamp ("table", value)
            VALUES (TG_TABLE_NAME, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
            ON CONFLICT ("table") DO UPDATE SET value = greatest(excluded.value, archive_stamp.value + 1);
            RETURN NULL;
        """,
    )
