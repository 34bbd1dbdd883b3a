"""Columns for titles and names: words on one line, without the invisible characters that turn the direction of writing.

A right-to-left override shows `exe.txt` as `txt.exe`, and a mark makes two names differ that look the same. They are
taken out wherever a value comes in (forms, services, files, `.update()`); a constraint refuses them from all others.
"""

from typing import Any

from django.db import models

from archive.text.bidi import DIRECTIONS, without_directions


class NameField(models.CharField):
    """A title or a name. The text of an article keeps such characters; what is called by a name does not need them."""

    def to_python(self, value: Any) -> Any:
        return _cleaned(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return _cleaned(super().get_prep_value(value))


def _cleaned(value: Any) -> Any:
    return without_directions(value) if isinstance(value, str) else value


def no_directions(*fields: str, name: str) -> models.CheckConstraint:
    """A constraint that refuses the characters in these columns."""
    condition = models.Q()
    for field in fields:
        condition &= ~models.Q(**{f"{field}__regex": f"[{DIRECTIONS}]"})
    return models.CheckConstraint(condition=condition, name=name)
