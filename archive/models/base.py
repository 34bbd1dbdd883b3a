"""What many models share: public ids, optimistic locking, and the triggers that make rows immutable."""

from functools import partial
from typing import TypeVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from archive.codes import new_code

passage_code = partial(new_code, 9)
article_code = partial(new_code, 8)
facility_code = partial(new_code, 6)
claim_code = partial(new_code, 9)
incident_code = partial(new_code, 6)


Model = TypeVar("Model", bound=models.Model)


def tracked(model: type[Model]) -> type[Model]:
    """Keep the history of a model: triggers write an event for each INSERT, UPDATE and DELETE, by whatever way."""
    kept: type[Model] = pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())(
        model
    )
    return kept


class Created(models.Model):
    """Says when a row was made and by whom; the user is empty for a command."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True


class Editable(Created):
    """A row that editors change: every UPDATE, by whatever way, counts `lock_version` up (a trigger).

    Whoever saves says which `lock_version` was seen; `archive.locking.lock_row` refuses a stale one. Each such model is
    `tracked`: from its events `archive.versions` knows what was seen, and who changed it since.
    """

    updated_at = models.DateTimeField(auto_now=True, editable=False)
    lock_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="count_lock_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="NEW.lock_version = OLD.lock_version + 1; RETURN NEW;",
            )
        ]


def append_only(noun: str) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse UPDATE, DELETE and TRUNCATE of a table."""
    refuse = f"RAISE EXCEPTION '{noun} are immutable: % is refused', TG_OP USING ERRCODE = 'restrict_violation';"
    return [
        pgtrigger.Trigger(
            name="refuse_change", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=refuse
        ),
        no_truncate(noun),
    ]


def no_delete(noun: str, advice: str) -> list[pgtrigger.Trigger]:
    """Return triggers that refuse DELETE and TRUNCATE of a table, saying what to do instead."""
    refuse = f"RAISE EXCEPTION '{noun} are never deleted: {advice}' USING ERRCODE = 'restrict_violation';"
    return [
        pgtrigger.Trigger(name="refuse_delete", when=pgtrigger.Before, operation=pgtrigger.Delete, func=refuse),
        no_truncate(noun),
    ]


def no_truncate(noun: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="refuse_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"RAISE EXCEPTION '{noun} are never deleted: TRUNCATE is refused' USING ERRCODE = 'restrict_violation';",
    )


def fixed(*fields: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses to change identifiers once they are given."""
    changed = " OR ".join(f'NEW."{field}" IS DISTINCT FROM OLD."{field}"' for field in fields)
    return pgtrigger.Trigger(
        name="keep_" + "_".join(fields),
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"IF {changed} THEN RAISE EXCEPTION '{', '.join(fields)} of % never changes', TG_TABLE_NAME "
        "USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
    )
