"""When what readers see last changed, and which rows, so that caches of it know."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

MOST_NAMED = 5_000  # rows that one entry names
KEPT = 86_400_000_000  # microseconds


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


class Change(models.Model):
    """What led from one stamp of a table (``before``) to the next: the keys of the rows, null where they are too many.

    Whoever writes a table holds its stamp until the transaction ends, so these are a chain in the order of commits: who
    knows a stamp from which it leads to the present one knows all that changed since. Kept for a day.
    """

    table = models.CharField(max_length=63)
    stamp = models.BigIntegerField()
    before = models.BigIntegerField()
    pks = ArrayField(models.BigIntegerField(), null=True)

    class Meta:
        ordering = ["table", "stamp"]
        constraints = [models.UniqueConstraint(fields=["table", "stamp"], name="change_unique")]

    def __str__(self) -> str:
        return f"{self.table}: {self.before} → {self.stamp}"


def stamped(key: str) -> list[pgtrigger.Trigger]:
    """Return the triggers that stamp a table once for each statement that changes rows; ``key`` is its primary key."""
    return [
        stamping(key, pgtrigger.Insert, new="given"),
        stamping(key, pgtrigger.Delete, old="taken"),
        stamping(key, pgtrigger.Update, new="given", old="taken"),
    ]


def stamping(key: str, operation: pgtrigger.Operation, **tables: str) -> pgtrigger.Trigger:
    changed = " UNION ".join(f"SELECT {key} FROM {name}" for name in tables.values())  # noqa: S608
    return pgtrigger.Trigger(  # all names are written in code
        name=f"stamp_{str(operation).lower()}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        declare=[("changed", "bigint[]"), ("last", "bigint"), ("now", "bigint")],
        func=f"""
            changed := ARRAY(SELECT {key} FROM ({changed}) rows LIMIT {MOST_NAMED + 1});
            IF cardinality(changed) = 0 THEN
                RETURN NULL;
            END IF;
            SELECT value INTO last FROM archive_stamp WHERE "table" = TG_TABLE_NAME FOR UPDATE;
            INSERT INTO archive_stamp ("table", value)
            VALUES (TG_TABLE_NAME, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
            ON CONFLICT ("table") DO UPDATE SET value = greatest(excluded.value, archive_stamp.value + 1)
            RETURNING value INTO now;
            INSERT INTO archive_change ("table", stamp, before, pks) VALUES (
                TG_TABLE_NAME, now, COALESCE(last, 0), CASE WHEN cardinality(changed) <= {MOST_NAMED} THEN changed END
            );
            DELETE FROM archive_change WHERE "table" = TG_TABLE_NAME AND stamp < now - {KEPT};
            RETURN NULL;
        """,  # noqa: S608
    )
