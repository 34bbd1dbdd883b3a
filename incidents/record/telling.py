"""What tells the town where readers learn only its district: names in titles, in names of facilities, and in prose.

A town may be called as its district is, or have a name that is part of that: then the name tells something in one place
and nothing in another.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import override

from archive import withheld
from archive.localisation import shown_names
from archive.terms import Level
from archive.text.withheld import Withheld, has_enough, holds, letters
from incidents.record.parts import PlaceRecord
from incidents.record.title_words import WORDS, Words
from incidents.record.titles import Label, Labels, place_name

REGIONS = (Level.GOVERNORATE, Level.DISTRICT)
# By these a name that a town and its district share says that it is the town's.
SAYING_WHICH = (
    *("{} city", "{} town", "{} village", "{} neighbourhood", "{} subdistrict"),
    *("city of {}", "town of {}", "village of {}", "neighbourhood of {}"),
    *("مدينة {}", "بلدة {}", "قرية {}", "حي {}", "ناحية {}"),
    *(words.near for words in WORDS.values()),
)


def words_for(names: Iterable[str], *, but: Iterable[str]) -> tuple[Withheld, ...]:
    """The names as words to withhold in prose, but for where they are part of names that readers learn anyway. Of one
    that is such a name itself, only what says that the town is meant.
    """
    shown = list(dict.fromkeys(but))
    found: list[Withheld] = []
    for name in enough(names):
        if is_among(name, shown):
            found += [said_of(pattern, name) for pattern in SAYING_WHICH]
        else:
            found.append(withheld_name(name, shown))
    return tuple(found)


def names_for(names: Iterable[str], *, but: Iterable[str]) -> tuple[Withheld, ...]:
    """The names as words to withhold in titles and in names of facilities. One that is that of a region, too, stays
    where its level stands beside it.
    """
    shown = list(dict.fromkeys(but))
    return tuple(withheld_name(name, as_regions(name) if is_among(name, shown) else shown) for name in enough(names))


def enough(names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if has_enough(name)]


def is_among(name: str, shown: Iterable[str]) -> bool:
    return letters(name) in map(letters, shown)


def withheld_name(name: str, shown: Iterable[str]) -> Withheld:
    word = Withheld(name, withheld.TOWN)
    longer = tuple(one for one in shown if letters(one) != letters(name) and holds(one, [word]))
    return word._replace(but=longer)


def said_of(pattern: str, name: str) -> Withheld:
    return Withheld(pattern.format(name), withheld.TOWN, tuple(pattern.format(one) for one in as_regions(name)))


def as_regions(name: str) -> list[str]:
    """A name with what says that it is that of a region."""
    return [words.levels[level.code].format(name) for words in WORDS.values() for level in REGIONS]


def masked(text: str, words: Sequence[Withheld], language: str) -> str:
    with override(language):
        return withheld.masked(text, words) if text else text


def title_seen(title: str, places: Sequence[PlaceRecord], language: str, names: Sequence[Withheld]) -> str:
    """The title with its places lifted to ``places``: these stand where it says nothing but where it was."""
    words = WORDS[language]
    hidden = masked(title, names, language)
    if hidden == title:
        return title
    regions = list(dict.fromkeys(region_names(places, language)))
    where = words.shorten(regions, words.other_places, limit=2)
    totals = words.totals.format("")
    parts = hidden.removesuffix(totals).split(words.comma)
    seen = words.comma.join(
        dict.fromkeys(where if where and is_where(part, regions, words) else part for part in parts)
    )
    return words.totals.format(seen) if hidden.endswith(totals) else seen


def region_names(places: Iterable[PlaceRecord], language: str) -> Iterator[str]:
    for place in places:
        label = Label(*shown_names(place), place["level"])
        yield place_name(place["pcode"], Labels(places={place["pcode"]: label}), WORDS[language])


def is_where(part: str, regions: Sequence[str], words: Words) -> bool:
    """Whether a part of a masked title says nothing but signs, with names of regions and what joins and counts them."""
    with override(words.language):
        sign = withheld.said(withheld.TOWN)
    if sign not in part:
        return False
    for said in [sign, *sorted(regions, key=len, reverse=True), *beside_places(words)]:
        part = part.replace(said, " ")
    return part.split() in ([], ["and"], ["و"])


def beside_places(words: Words) -> list[str]:
    """What a title says beside the names of places: nearness, levels, how many others."""
    patterns = (words.near, *words.levels.values())
    return [words.other_places(number) for number in range(99, 1, -1)] + [one.format("").strip() for one in patterns]
