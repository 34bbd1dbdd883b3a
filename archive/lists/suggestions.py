"""Places for a box in which somebody is writing a name: those that lists tell of first."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import pgettext

from archive import gazetteer
from archive.gazetteer.begun import LONGEST, Begun, begun
from archive.lists.place_counts import told_of
from archive.lists.towns import LIKELY, labels
from archive.models import Place
from archive.names import name_key
from archive.terms import Level

MOST = 8
_FEWEST_ALIKE = 4  # letters: fewer are like too many names
_UNTOLD = 1.5  # steps of closeness
_LOOKED_AT = 3 * MOST  # places of which names are read, so that namesakes can be put side by side


class Suggestion(NamedTuple):
    """A place as a list of suggestions shows it: ``name`` is what the box takes and `town` reads back as this place.

    ``spelling`` is the one that was typed, where the name is another; ``within`` what kind of place it is, and where.
    """

    pcode: str
    name: str
    spelling: str
    within: str


def suggestions(typed: str) -> list[Suggestion]:
    """The places that a name may become, best first, in the reader's language; at most `MOST`. Anything can be typed.

    Where no name on record has the letters, the places whose names are like them.
    """
    typed = typed[:LONGEST]
    found = {one.place_id: one for one in begun(typed)}
    chosen = (best(found.values()) if found else namesakes_together(alike(typed)))[:MOST]
    above = Place.objects.in_bulk({pk for place in chosen for pk in place.ancestors})
    return [
        Suggestion(place.pcode, name, other_spelling(place, found.get(place.pk), typed), within(place, name, above))
        for place, name in zip(chosen, labels(chosen), strict=True)
    ]


def best(found: Collection[Begun]) -> list[Place]:
    """The places that stand first, each with its namesakes."""
    told = told_of([one.place_id for one in found])
    ranked = sorted(found, key=lambda one: (standing(one, told[one.place_id]), one.place_id))[:_LOOKED_AT]
    places = Place.objects.in_bulk([one.place_id for one in ranked])
    known = [places[one.place_id] for one in ranked if one.place_id in places]
    return namesakes_together(known, lambda place: told[place.pk] > 0)


def standing(one: Begun, rows: int) -> tuple[float, int, tuple[bool, int], int]:
    """How far behind a place stands: what rows tell of goes before, though not before a closer name that none tells of.

    The whole name that rows tell of, what begins so, the whole name of which none tell, what holds it, and so on; of
    equals the one of which more tell, then the town before the unit, and what is shorter.
    """
    return one.closeness + (0 if rows else _UNTOLD), -rows, by_kind(one.level), len(one.spelling)


def by_kind(level: int) -> tuple[bool, int]:
    """How places of one name follow: a governorate, the town, and the larger the unit around it the later."""
    return level != Level.GOVERNORATE, abs(level - Level.COMMUNITY)


def alike(typed: str) -> list[Place]:
    """The places that the list itself would offer for these letters, if they are enough to be like a name."""
    if len(name_key(typed)) < _FEWEST_ALIKE:
        return []
    return [match.place for match in gazetteer.resolve(typed).matches if match.score >= LIKELY]


def namesakes_together(places: Sequence[Place], is_told: Callable[[Place], bool] = lambda place: False) -> list[Place]:
    """The places in their order, each with its namesakes, as far as all or none of them are told of."""
    groups: dict[tuple[str, bool], list[Place]] = {}
    for place in places:
        groups.setdefault((name_key(place.name), is_told(place)), []).append(place)
    return [place for group in groups.values() for place in sorted(group, key=lambda place: by_kind(place.level))]


def other_spelling(place: Place, one: Begun | None, typed: str) -> str:
    """The spelling that was found, where the name that is shown does not have what was typed."""
    return "" if one is None or name_key(typed) in name_key(place.name) else one.spelling


def within(place: Place, name: str, above: Mapping[int, Place]) -> str:
    """“Maarat al-Numan, Idlib” for a town; for a larger place and among namesakes its kind before it."""
    units = [above[pk] for pk in reversed(place.ancestors) if pk in above]
    names = [unit.name for unit in units if unit.level in (Level.GOVERNORATE, Level.DISTRICT)]
    is_plain = place.level == Level.COMMUNITY and name == place.name
    parts = names if is_plain else [str(place.get_level_display()), *names]
    return pgettext("list of names", ", ").join(dict.fromkeys(parts))
