"""Counts that cost the same whatever is counted: exact up to a limit, “more than” beyond."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, QuerySet

LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Count:
    """``number`` of them, or more than that."""

    number: int
    is_more: bool = False


def count(queryset: QuerySet[Any], limit: int = LIMIT) -> Count:
    """Count up to ``limit``; looks at no more than one row beyond it."""
    found = queryset.order_by()[: limit + 1].count()
    return Count(min(found, limit), is_more=found > limit)


def count_of(found: int, limit: int = LIMIT) -> Count:
    """Read a number that `counted` made."""
    return Count(min(found, limit), is_more=found > limit)


def counted(queryset: QuerySet[Any], limit: int = LIMIT) -> Func:
    """Return an expression that counts a correlated queryset for each row, up to one beyond ``limit``."""
    ids = ArraySubquery(queryset.order_by().values(ids=F("pk"))[: limit + 1])
    return Func(ids, function="cardinality", output_field=IntegerField())
