"""Names of facilities and actors in a query, and how else they are called. What no published incident names is unknown.

A facility is found by its name without the words that many bear as well (`Avicenna` for Avicenna Hospital). The names
are kept in memory until a facility, an actor or what is published changes: a new alias is found at once. There a
misspelt name is compared with them, too (`archive.search.guesses` says when).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, Func, OuterRef, Q

from archive.localisation import localised
from archive.names import name_key
from archive.names.sounds import Sounds
from archive.search import Alike, Expansion, finds_names, likens_names, searches
from archive.search.synonyms import canonical
from archive.search.words import words
from incidents.models import Actor, Facility, FacilityType, PublishedIncident

MOST_WORDS = 5
MOST_BEARERS = 3
MOST_SPELLINGS = 16
MOST_ALIKE = 6
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


class Names:
    """Keys of names with what they stand for; ``written`` is a key as a name on record writes it."""

    def __init__(self, by_key: Mapping[Key, list[Called]], written: Mapping[Key, str]) -> None:
        self.by_key = by_key
        self.written = written

    @cached_property
    def by_fold(self) -> dict[str, Key]:
        """The keys by how their letters are compared."""
        return {folded: key for key in self.by_key if (folded := name_key(" ".join(key)))}

    @cached_property
    def sounds(self) -> Sounds:
        """All of them, ready for what is misspelt; made at the first such word."""
        return Sounds(list(self.by_fold))


class KnownNames:
    """The names of this process's memory."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.stamp: Any = None
        self.names = Names({}, {})

    def current(self) -> Names:
        with connection.cursor() as cursor:
            cursor.execute(STAMP)
            stamp = (connection.settings_dict["NAME"], cursor.fetchone())
        with self.lock:
            if stamp != self.stamp:
                self.names = read()
                self.stamp = stamp
            return self.names


KNOWN = KnownNames()


def key_of(name: str) -> Key:
    return tuple(canonical(word.word) for word in words(name))


def common_words() -> set[str]:
    """The words that many names of facilities bear, as keys have them: one query."""
    kinds = [name for pair in FacilityType.objects.values_list("name_en", "name_ar") for name in pair]
    return {word for name in (COMMON, *kinds) for word in key_of(name)}


def read() -> Names:
    """The names of what published incidents name: four queries."""
    common = common_words()
    as_array = Func(OuterRef("pk"), template="ARRAY[%(expressions)s]")
    published = PublishedIncident.objects.published()
    struck = Facility.objects.filter(Exists(published.filter(facility_ids__contains=as_array)))
    contained = Q(actor_ids__contains=as_array) | Q(actor_possible_ids__contains=as_array)
    named = Actor.objects.filter(Exists(published.filter(contained)))
    found: defaultdict[Key, list[Called]] = defaultdict(list)
    written: dict[Key, str] = {}
    for rows, is_facility in ((struck, True), (named, False)):
        for name_en, name_ar, place, aliases in rows.values_list(
            "name_en", "name_ar", "place__name_en" if is_facility else "slug", "aliases"
        ):
            called = Called(name_en, name_ar, tuple(name for name in (name_en, name_ar, *aliases) if name))
            keys = {key_of(name): name for name in called.names}
            if is_facility:
                around = set(key_of(place))
                keys |= dict(shortened(name, common) for name in called.names)
                keys = {key: name for key, name in keys.items() if not set(key) <= common | around}
            for key in keys.keys() - {()}:
                found[key].append(called)
                written.setdefault(key, keys[key])
    return Names(dict(found), written)


def shortened(name: str, common: Collection[str]) -> tuple[Key, str]:
    """The key of a name without the words that many bear, and that written out."""
    kept = [word for word in words(name) if canonical(word.word) not in common]
    return tuple(canonical(word.word) for word in kept), " ".join(name[word.start : word.end] for word in kept)


def expansions(runs: Sequence[str]) -> Iterator[Expansion]:
    """The names in stretches of a query, the longest first, none inside another."""
    known = KNOWN.current().by_key
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


def alike(typed: Sequence[str]) -> dict[str, list[Alike]]:
    """For each misspelt name those that it is like, the likeliest first; what is called alike comes once."""
    names = KNOWN.current()
    found = {}
    for one in typed if names.by_key else ():
        near = names.sounds.nearest(name_key(" ".join(key_of(one))), MOST_ALIKE)
        found[one] = [alike_one(names, names.by_fold[like.key], like.score) for like in near]
    return found


def alike_one(names: Names, key: Key, score: float) -> Alike:
    """A name that is on record, with its other names; ``key`` is that of the name itself or of its telling words."""
    called = names.by_key[key][:MOST_BEARERS]
    known = expansion(names.written[key], called)
    return Alike(score, known.place, tuple(dict.fromkeys((names.written[key], *known.spellings)))[:MOST_SPELLINGS])


finds_names(expansions)
likens_names(alike)
searches(PublishedIncident.objects.published)
