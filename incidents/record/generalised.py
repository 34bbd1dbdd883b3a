"""Records of which readers learn only the district: what a new edition of them states, and what of an older one shows.

A facility may be named in them that people must not find (`Facility.is_generalised`). Each place below the districts is
lifted to its district, wherever the record has it, and a sign stands for the names of what lies below in the title, in
names of facilities, and in all that editors wrote. Quotes stay: their words are withheld by hand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Self, cast

from django.utils.translation import override

from archive import withheld
from archive.localisation import shown_names
from archive.models import Place, PlaceName
from archive.terms import Level
from archive.text.withheld import Withheld, has_enough, holds
from incidents.evidence import with_ancestors
from incidents.record.parts import PlaceNames, PlaceRecord
from incidents.record.place_names import place_names
from incidents.record.title_words import WORDS
from incidents.record.titles import Label, Labels, place_name
from incidents.record.whole import IncidentRecord
from incidents.terms import Precision

NAMES = ("label_en", "label_ar", "name_en", "name_ar")


class Region(NamedTuple):
    """A district, or what stands for one, as records have it."""

    names: PlaceNames
    lat: float | None
    lon: float | None
    ancestors: list[PlaceNames]


class General(NamedTuple):
    """What readers learn in place of places: P-code → region, and the names that they do not learn."""

    regions: Mapping[str, Region]
    words: tuple[Withheld, ...]


class Known(NamedTuple):
    """Places with all above them, and how else those below the districts are spelt, by primary key."""

    places: Mapping[int, Place]
    spellings: Mapping[int, list[str]]

    @classmethod
    def of(cls, places: Iterable[Place]) -> Self:
        """Look them up: two queries."""
        known: dict[int, Place] = with_ancestors(Place, places)
        below = [pk for pk, place in known.items() if place.level > Level.DISTRICT]
        spellings: dict[int, list[str]] = {}
        for pk, name in PlaceName.objects.filter(place__in=below).order_by("pk").values_list("place", "name"):
            spellings.setdefault(pk, []).append(name)
        return cls(known, spellings)


def general_of(keys: Iterable[int], known: Known) -> General:
    """Return what readers learn of these places and of all that lies between them and their districts."""
    branches = {unit for pk in keys for unit in (*known.places[pk].ancestors, pk)}
    above = {pk: region_of(known.places[pk], known.places) for pk in sorted(branches)}
    hidden = [pk for pk, region in above.items() if region.pk != pk]
    names = [name for pk in hidden for name in (*names_of(place_names(known.places[pk])), *known.spellings.get(pk, ()))]
    shown = [name for pk in above if pk not in hidden for name in names_of(place_names(known.places[pk]))]
    regions = {known.places[pk].pcode: written(above[pk], known.places) for pk in hidden}
    return General(regions, words_for(names, but=shown))


def region_of(place: Place, known: Mapping[int, Place]) -> Place:
    """The district above a place, else the governorate, else the country; what is no lower stands for itself."""
    above = [known[pk] for pk in place.ancestors if known[pk].level <= Level.DISTRICT]
    return max(above, key=lambda unit: unit.level) if place.level > Level.DISTRICT and above else place


def written(region: Place, known: Mapping[int, Place]) -> Region:
    ancestors = [place_names(known[pk]) for pk in region.ancestors]
    return Region(place_names(region), region.lat, region.lon, ancestors)


def names_of(place: Mapping[str, Any]) -> list[str]:
    return [place[key] for key in NAMES if place.get(key)]


def words_for(names: Iterable[str], *, but: Iterable[str]) -> tuple[Withheld, ...]:
    """The names as words to withhold; those that stand in names which readers learn anyway tell nothing."""
    shown = "\n".join(but)
    words = [Withheld(name, withheld.TOWN) for name in dict.fromkeys(names) if has_enough(name)]
    return tuple(word for word in words if not holds(shown, [word]))


def generalised(content: IncidentRecord, general: General) -> IncidentRecord:
    """Return a record with its places lifted to their districts, in whatever language it is read; once more changes
    nothing. The argument, which may be a part of a record, stays as it is.
    """
    regions, words = general.regions, all_words(content, general)
    seen: dict[str, Any] = {
        "title_en": lambda _title: title_seen(content, "en", general, words),
        "title_ar": lambda _title: title_seen(content, "ar", general, words),
        "places": lambda places: places_seen(places, regions),
        "facilities": lambda facilities: [facility_seen(one, regions, words) for one in facilities],
        "claims": lambda claims: [{**one, "value": value_seen(one["value"], regions, words)} for one in claims],
        "damage": lambda harms: [
            {**one, "facility": one["facility"] and facility_seen(one["facility"], regions, words)} for one in harms
        ],
    }
    lifted = {key: seen[key](value) if key in seen else value for key, value in content.items()}
    return cast(IncidentRecord, {**lifted, "place_generalised": True})


def all_words(content: IncidentRecord, general: General) -> tuple[Withheld, ...]:
    """The names that readers do not learn, with those that the record itself has of older days."""
    places: list[Mapping[str, Any]] = [
        unit for place in content.get("places", ()) for unit in (*place["ancestors"], place)
    ]
    places += [claim["value"] for claim in content.get("claims", ()) if "pcode" in claim["value"]]
    older = [name for place in places if place["pcode"] in general.regions for name in names_of(place)]
    units = [unit for one in general.regions.values() for unit in (*one.ancestors, one.names)]
    shown = [name for unit in units for name in names_of(unit)]
    return tuple(dict.fromkeys([*general.words, *words_for(older, but=shown)]))


def places_seen(places: Iterable[PlaceRecord], regions: Mapping[str, Region]) -> list[PlaceRecord]:
    """The places, lifted; those that come to be one have the claims of all."""
    found: dict[str, PlaceRecord] = {}
    for place in places:
        seen = place_seen(place, regions)
        before = found.get(seen["pcode"])
        if before:
            seen = {**before, "claims": both(before, seen, "claims"), "against": both(before, seen, "against")}
        found[seen["pcode"]] = seen
    return list(found.values())


def both(one: PlaceRecord, other: PlaceRecord, key: str) -> list[str]:
    return list(dict.fromkeys([*one[key], *other[key]]))  # type: ignore[literal-required]


def place_seen(place: PlaceRecord, regions: Mapping[str, Region]) -> PlaceRecord:
    region = regions.get(place["pcode"])
    if region is None:
        return place
    return {
        **region.names,
        "precision": Precision.IN,
        "lat": region.lat,
        "lon": region.lon,
        "ancestors": region.ancestors,
        "claims": place["claims"],
        "against": place["against"],
    }


def facility_seen(
    facility: Mapping[str, Any], regions: Mapping[str, Region], words: Sequence[Withheld]
) -> dict[str, Any]:
    """A facility or its names; that of a language is masked in that language, whoever reads it."""
    seen = {
        **facility,
        **{f"name_{code}": masked(facility[f"name_{code}"], words, code) for code in ("en", "ar")},
    }
    if region := regions.get(facility.get("pcode", "")):
        seen["pcode"] = region.names["pcode"]
    return seen


def value_seen(value: Any, regions: Mapping[str, Region], words: Sequence[Withheld]) -> dict[str, Any]:
    """The value of a claim: a place, a facility, or anything else as it is."""
    if "pcode" in value and value["pcode"] in regions:
        return {**value, **regions[value["pcode"]].names, "precision": Precision.IN}
    return facility_seen(value, regions, words) if "id" in value else value


def masked(text: str, words: Sequence[Withheld], language: str) -> str:
    with override(language):
        return withheld.masked(text, words) if text else text


def title_seen(content: IncidentRecord, language: str, general: General, words: Sequence[Withheld]) -> str:
    """The title with its place lifted: where only signs would stand between commas, the district does."""
    title: str = content[f"title_{language}"]  # type: ignore[literal-required]
    hidden = masked(title, words, language)
    if hidden == title:
        return title
    comma = WORDS[language].comma
    regions = WORDS[language].join(list(dict.fromkeys(region_names(content["places"], general, language))))
    parts = hidden.split(comma)
    seen = [regions if regions and is_all_signs(part, language) else part for part in parts]
    return comma.join(dict.fromkeys(seen))


def region_names(places: Iterable[PlaceRecord], general: General, language: str) -> Iterator[str]:
    for place in places:
        names = general.regions[place["pcode"]].names if place["pcode"] in general.regions else place
        label = Label(*shown_names(names), names["level"])
        yield place_name(names["pcode"], Labels(places={names["pcode"]: label}), WORDS[language])


def is_all_signs(part: str, language: str) -> bool:
    """Whether a part of a title says nothing but signs, with what joins them and what levels they are of."""
    words = WORDS[language]
    with override(language):
        sign = withheld.said(withheld.TOWN)
    if sign not in part:
        return False
    rest = part.replace(sign, " ")
    for pattern in (words.near, *words.levels.values()):
        rest = rest.replace(pattern.format("").strip(), " ")
    return rest.split() in ([], ["and"], ["و"])
