"""Pages of long lists, without counting a million rows for the number at the bottom."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

COUNTED = 5_000


class BoundedPaginator(Paginator):
    """Counts to `COUNTED`; what lies beyond is reached by searching and filtering."""

    @cached_property
    def count(self) -> int:
        return min(self.object_list[: COUNTED + 1].count(), COUNTED)
