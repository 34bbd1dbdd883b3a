"""Names of what is counted, kept in memory: facets name hundreds of rows on every page.

A vocabulary is read again after a minute, and at once when a row is asked for that it does not have.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from archive.lists.public_sources import public_sources
from archive.localisation import localised
from archive.models import Place

KEPT = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Label:
    """A row as facets show it: ``key`` is its value in addresses, ``above`` the ids over it, the topmost first."""

    pk: int
    key: str
    name_en: str
    name_ar: str
    above: tuple[int, ...] = ()
    level: int = 0
    lat: float | None = None
    lon: float | None = None

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return localised(self.name_en, self.name_ar)

    @property
    def other_name(self) -> str:
        """Its name in the other script, or nothing where it is not known."""
        other = self.name_ar if self.name == self.name_en else self.name_en
        return other if other != self.name else ""


class Labels:
    """The labels of some rows, as they are asked for. ``columns`` says where each part of a label comes from."""

    def __init__(self, rows: Callable[[], QuerySet[Any]], *, is_small: bool = True, **columns: str) -> None:
        """``is_small``: read all rows at once; otherwise only those that are asked for."""
        self.rows = rows
        self.is_small = is_small
        self.columns = {"pk": "pk", "name_en": "name_en", "name_ar": "name_ar", **columns}
        self.lock = threading.Lock()
        self.kept: Mapping[int, Label] = {}
        self.absent: frozenset[int] = frozenset()
        self.until = 0.0

    def of(self, ids: Iterable[int]) -> Mapping[int, Label]:
        """Return labels by id, at least of these rows; those that do not exist are left out."""
        kept, absent = self.kept, self.absent
        missing = set(ids).difference(kept, absent)
        if not missing and time.monotonic() < self.until:
            return kept
        with self.lock:
            is_over = time.monotonic() >= self.until
            read = self.read(set(ids) if is_over else missing)
            self.kept = read if is_over else {**self.kept, **read}
            self.absent = frozenset(set(ids).difference(self.kept))
            self.until = time.monotonic() + KEPT if is_over else self.until
            return self.kept

    def read(self, ids: set[int]) -> dict[int, Label]:
        rows = self.rows().order_by()
        found = (rows if self.is_small else rows.filter(pk__in=ids)).values_list(*self.columns.values())
        return {row[0]: self.label(dict(zip(self.columns, row, strict=True))) for row in found}

    def label(self, values: dict[str, Any]) -> Label:
        above = values.pop("above", None) or ()
        return Label(**values, above=tuple(above) if isinstance(above, list | tuple) else (above,))


PLACES = Labels(
    Place.objects.all,
    is_small=False,
    key="pcode",
    name_en="label_en",
    name_ar="label_ar",
    above="ancestors",
    level="level",
    lat="lat",
    lon="lon",
)
SOURCES = Labels(public_sources, key="slug")
