"""Rows as nobody can write them: what the site makes of an archive in which somebody did."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from archive.postgresql.base import as_owner


@contextmanager
def unguarded(*guarded: type[models.Model]) -> Iterator[None]:
    """Work as the owner, with the triggers asleep that compare rows with editions. For transactional tests."""
    with as_owner():
        for model in guarded:
            switch("DISABLE", model)
        try:
            yield
        finally:
            for model in guarded:
                switch("ENABLE", model)


def switch(how: str, model: type[models.Model]) -> None:
    triggers = [trigger for trigger in model._meta.triggers if trigger.name == "says_what_edition_says"]
    with connection.cursor() as cursor:
        for trigger in triggers:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} {how} TRIGGER {trigger.get_pgid(model)}")
