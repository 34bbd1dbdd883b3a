"""Indexes of spellings read from the database: of a few places, or of all, kept for as long as nothing changes."""

import gc
from collections.abc import Collection
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max

from archive.mentions import MentionFinder
from archive.models import GazetteerFile, Place, PlaceName
from archive.names import skeleton
from archive.names.spelling_index import Spelling, SpellingIndex, Unit

_MOST_SOUNDING = 300
_UNIT = ("id", "pcode", "level", "ancestors")


class Name(NamedTuple):
    """One spelling as it is written, with what is known of it."""

    place_id: int
    name: str
    key: str
    quality: str
    language: str


class Everything:
    """All spellings of the gazetteer, and the finder of mentions built from them at its first use."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, pcode, level, ancestors FROM archive_place ORDER BY id")
            units = [Unit(row[0], row[1], row[2], tuple(row[3])) for row in cursor.fetchall()]
            cursor.execute("SELECT place_id, folded, quality FROM archive_placename ORDER BY place_id, id")
            self.spellings = SpellingIndex(units, (Spelling(*row) for row in cursor.fetchall()))

    @cached_property
    def finder(self) -> MentionFinder:
        finder = MentionFinder(self.spellings)
        gc.freeze()  # half a million objects that stay: the collector need not walk them again and again
        return finder


_lock = Lock()
_kept: dict[tuple[Any, ...], Everything] = {}


def everything() -> Everything:
    """All spellings, from this process's memory: read when first asked for, and when some were added since.

    A spelling that is corrected or deleted by hand is noticed with the next one added, or by a new process.
    """
    stamp = _stamp()
    with _lock:
        if stamp not in _kept:
            _kept.clear()
            _kept[stamp] = Everything()
        return _kept[stamp]


def _stamp() -> tuple[Any, ...]:
    loaded = GazetteerFile.objects.aggregate(Max("loaded_at"))
    added = PlaceName.objects.aggregate(Max("id"))
    return connection.alias, connection.settings_dict["NAME"], *loaded.values(), *added.values()


def bearers(keys: Collection[str]) -> set[int]:
    """Ids of the places that are on record under one of the keys."""
    names = PlaceName.objects
    return set(names.filter(folded__in=keys).values_list("place_id", flat=True)) if keys else set()


def sounding(name: str) -> set[int]:
    """Ids of places a name of which has the consonants of this one, as far as they are few enough to compare."""
    bones = skeleton(name)
    if not bones:
        return set()
    found = PlaceName.objects.filter(skeleton=bones).order_by("place_id").values_list("place_id", flat=True)
    return set(found.distinct()[:_MOST_SOUNDING])


def namesakes(ids: Collection[int]) -> set[int]:
    """Ids of places that bear any name of these places; those among them. As far as their names are few."""
    keys = PlaceName.objects.filter(place__in=ids).order_by("place_id", "folded").values_list("folded", flat=True)
    return bearers(list(keys.distinct()[:_MOST_SOUNDING]))


def of_places(ids: Collection[int]) -> tuple[SpellingIndex, list[Name]]:
    """The index of a few places and of the units above them, and all their spellings as written."""
    if not ids:
        return SpellingIndex([], []), []
    places = Place.objects
    rows = list(places.filter(pk__in=ids).values_list(*_UNIT))
    above = {ancestor for row in rows for ancestor in row[3]} - set(ids)
    rows += places.filter(pk__in=above).values_list(*_UNIT)
    columns = ("place_id", "name", "folded", "quality", "language")
    found = PlaceName.objects.filter(place__in=[row[0] for row in rows])
    names = [Name(*row) for row in found.order_by("place_id", "id").values_list(*columns)]
    units = [Unit(row[0], row[1], row[2], tuple(row[3])) for row in rows]
    return SpellingIndex(units, (Spelling(name.place_id, name.key, name.quality) for name in names)), names
