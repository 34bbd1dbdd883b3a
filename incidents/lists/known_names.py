"""Names of facilities and actors in a query, and how else they are called. What no published incident names is unknown.

A facility is found by its name without the words that many bear as well (`Avicenna` for Avicenna Hospital). The names
are kept in memory until a facility, an actor or what is published changes: a new alias is found at once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, Func, OuterRef, Q

from archive.localisation import localised
from archive.search import Expansion, finds_names, searches
from archive.search.synonyms import canonical
from archive.search.words import words
from incidents.models import Actor, Facility, FacilityType, PublishedIncident

MOST_WORDS = 5
MOST_BEARERS = 3
MOST_SPELLINGS = 16
#: Words that tell no facility from others; the kinds of facilities are added to them.
COMMON = (
    "hospital hospitals clinic school market centre center medical health surgical national central general university "
    "children maternity field primary secondary camp mosque church bakery city town new old "
    "مستشفى مشفى مستوصف عيادة مدرسة سوق مركز صحي طبي جراحي وطني مركزي عام جامعي جامعة أطفال نسائية ميداني مخيم "
    "مسجد جامع كنيسة فرن مدينة جديد قديم"
)
STAMP = """
    SELECT (SELECT value FROM archive_stamp WHERE "table" = 'incidents_publishedincident'),
           (SELECT (count(*), sum(lock_version))::text FROM incidents_facility),
           (SELECT (count(*), sum(lock_version))::text FROM incidents_actor)
"""
Key = tuple[str, ...]


class Called(NamedTuple):
    """What a name stands for: its name in both languages, and all its names."""

    name_en: str
    name_ar: str
    names: tuple[str, ...]


class KnownNames:
    """The names of this process's memory."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.stamp: Any = None
        self.by_key: dict[Key, list[Called]] = {}

    def current(self) -> dict[Key, list[Called]]:
        with connection.cursor() as cursor:
            cursor.execute(STAMP)
            stamp = (connection.settings_dict["NAME"], cursor.fetchone())
        with self.lock:
            if stamp != self.stamp:
                self.by_key = read()
                self.stamp = stamp
            return self.by_key


KNOWN = KnownNames()


def key_of(name: str) -> Key:
    return tuple(canonical(word.word) for word in words(name))


def read() -> dict[Key, list[Called]]:
    """Keys of the names of what published incidents name: four queries."""
    kinds = [name for pair in FacilityType.objects.values_list("name_en", "name_ar") for name in pair]
    common = {word for name in (COMMON, *kinds) for word in key_of(name)}
    as_array = Func(OuterRef("pk"), template="ARRAY[%(expressions)s]")
    published = PublishedIncident.objects.published()
    struck = Facility.objects.filter(Exists(published.filter(facility_ids__contains=as_array)))
    contained = Q(actor_ids__contains=as_array) | Q(actor_possible_ids__contains=as_array)
    named = Actor.objects.filter(Exists(published.filter(contained)))
    found: defaultdict[Key, list[Called]] = defaultdict(list)
    for rows, is_facility in ((struck, True), (named, False)):
        for name_en, name_ar, place, aliases in rows.values_list(
            "name_en", "name_ar", "place__name_en" if is_facility else "slug", "aliases"
        ):
            called = Called(name_en, name_ar, tuple(name for name in (name_en, name_ar, *aliases) if name))
            keys = {key_of(name) for name in called.names}
            if is_facility:
                around = set(key_of(place))
                keys |= {tuple(word for word in key if word not in common) for key in keys}
                keys = {key for key in keys if not set(key) <= common | around}
            for key in keys - {()}:
                found[key].append(called)
    return dict(found)


def expansions(runs: Sequence[str]) -> Iterator[Expansion]:
    """The names in stretches of a query, the longest first, none inside another."""
    known = KNOWN.current()
    for run in runs if known else ():
        placed = list(words(run))
        first = 0
        while first < len(placed):
            for size in range(min(MOST_WORDS, len(placed) - first), 0, -1):
                stretch = placed[first : first + size]
                called = known.get(tuple(canonical(word.word) for word in stretch))
                if called:
                    yield expansion(run[stretch[0].start : stretch[-1].end], called[:MOST_BEARERS])
                    break
            first += size


def expansion(typed: str, called: Sequence[Called]) -> Expansion:
    spellings = dict.fromkeys(name for one in called for name in one.names if key_of(name) != key_of(typed))
    shown = dict.fromkeys(localised(one.name_en, one.name_ar) for one in called)
    return Expansion(typed, " / ".join(shown), tuple(spellings)[:MOST_SPELLINGS])


finds_names(expansions)
searches(PublishedIncident.objects.published)
