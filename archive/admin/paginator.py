"""Pages of long lists, without counting a million rows for the number at the bottom."""

from typing import cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

COUNTED = 5_000


class BoundedPaginator(Paginator):
    """Counts to `COUNTED`; what lies beyond is reached by searching and filtering."""

    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet, self.object_list)
        return min(rows[: COUNTED + 1].count(), COUNTED)
