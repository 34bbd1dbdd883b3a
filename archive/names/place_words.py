"""Words beside a place's name that say what kind of place is meant: `Idlib province`, `ريف حلب`.

Levels are numbered as P-codes are layered: 0 country, 1 governorate, 2 district, 3 sub-district, 4 community,
5 neighbourhood. Words are given as `archive.names.letters.fold_characters` leaves them.
"""

from typing import NamedTuple

from archive.names.letters import fold_characters

COUNTRY, GOVERNORATE, DISTRICT, SUBDISTRICT, COMMUNITY, NEIGHBOURHOOD = range(6)


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold_characters(words)[0].split())


COUNTRYSIDE = _folded("countryside rural rif reef ريف وريف بريف أرياف")
DIRECTIONS = _folded(
    "north south east west northern southern eastern western central northwest northeast southwest southeast "
    "northwestern northeastern southwestern southeastern "
    "شمال جنوب شرق غرب شمالي جنوبي شرقي غربي الشمالي الجنوبي الشرقي الغربي وسط"
)
_LEVELS_OF_WORDS = {
    "province provinces governorate governorates muhafazah muhafazat region محافظة محافظتي محافظات بمحافظة": {
        GOVERNORATE
    },
    "district districts mintaqah mintaqat mantiqat منطقة": {DISTRICT, SUBDISTRICT, NEIGHBOURHOOD},
    "subdistrict subdistricts nahiyah nahiyat nahia nahya ناحية": {SUBDISTRICT},
    "city cities town towns village villages hamlet madinat qaryat "
    "مدينة مدينتي مدن بلدة بلدتي بلدات قرية قريتي قرى بمدينة ببلدة بقرية": {COMMUNITY},
    "neighbourhood neighborhood neighbourhoods neighborhoods quarter hayy حي حيي أحياء بحي": {NEIGHBOURHOOD},
}
LEVELS_OF: dict[str, frozenset[int]] = {
    word: frozenset(levels) for words, levels in _LEVELS_OF_WORDS.items() for word in _folded(words)
}
LEVELS_OF |= dict.fromkeys(COUNTRYSIDE | DIRECTIONS, frozenset({GOVERNORATE}))
_LINKS = frozenset({"of", "the", "in", "sub"})


class Described(NamedTuple):
    """A name apart from the words that describe it; ``levels`` is empty when none did.

    ``is_unit_named`` when one of them is a kind of unit, and not only a direction, which may belong to the name.
    """

    name: str
    levels: frozenset[int]
    is_unit_named: bool
    is_countryside: bool


def describe(query: str) -> Described:
    """Take the describing words off both ends: `southern Idlib province` is Idlib, a governorate.

    A query of nothing but such words is a name. Words that name a unit outrank directions.
    """
    words = query.replace("_", " ").replace("sub-district", "subdistrict").split()
    folded = [fold_characters(word)[0].strip(",.'’") for word in words]
    first, last = 0, len(words)
    while first < last and (folded[first] in LEVELS_OF or folded[first] in _LINKS):
        first += 1
    while last > first and (folded[last - 1] in LEVELS_OF or folded[last - 1] in _LINKS):
        last -= 1
    if first == last:
        return Described(query, frozenset(), is_unit_named=False, is_countryside=False)
    taken = [word for word in folded[:first] + folded[last:] if word in LEVELS_OF]
    units = [word for word in taken if word not in DIRECTIONS]
    named = units or taken
    levels = frozenset[int]().union(*(LEVELS_OF[word] for word in named))
    return Described(" ".join(words[first:last]), levels, bool(units), bool(COUNTRYSIDE & set(taken)))
