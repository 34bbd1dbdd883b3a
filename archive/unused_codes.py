"""Codes that nobody has yet. They are random: of a million claims with nine characters two or three clash."""

from collections.abc import Sequence
from typing import Any

from django.db import models


def give_unused_codes(rows: Sequence[models.Model], name: str = "public_id") -> None:
    """Give other codes to new rows of one model whose codes are taken, or repeated among them. One query.

    Another session may still take one of them before these rows are committed: the unique key then refuses.
    """
    if not rows:
        return
    model = type(rows[0])
    field: Any = model._meta.get_field(name)
    given: set[str] = set()
    unsure = list(rows)
    while unsure:
        offered = [getattr(row, name) for row in unsure]
        taken = given.union(model._default_manager.filter(**{f"{name}__in": offered}).values_list(name, flat=True))
        again = []
        for row, code in zip(unsure, offered, strict=True):
            if code in taken or code in given:
                setattr(row, name, field.get_default())
                again.append(row)
            else:
                given.add(code)
        unsure = again
