"""Records of which readers learn only the district: what a new edition of them states, and what of an older one shows.

A facility may be named in them that people must not find (`Facility.is_generalised`). Each place below the districts is
lifted to its district, wherever the record has it, and a sign stands for the names of what lies below in the title, in
names of facilities, and in all that editors wrote. Quotes stay: their words are withheld by hand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Self, cast

from archive.models import Place, PlaceName
from archive.terms import Level
from archive.text.withheld import Withheld
from incidents.assessment import Facts, PlaceFact
from incidents.evidence import with_ancestors
from incidents.record.parts import PlaceNames, PlaceRecord
from incidents.record.place_names import place_names
from incidents.record.telling import masked, names_for, title_seen, words_for
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
    """What readers learn in place of places: P-code → region, and the names that they do not learn: ``words`` in what
    editors wrote, ``names`` in titles and in names of facilities.
    """

    regions: Mapping[str, Region]
    words: tuple[Withheld, ...]
    names: tuple[Withheld, ...]


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

    def also(self, called: Mapping[int, list[str]]) -> Self:
        """With what else places were called once."""
        keys = {*self.spellings, *called}
        return self._replace(spellings={pk: [*self.spellings.get(pk, ()), *called.get(pk, ())] for pk in keys})


def general_of(keys: Iterable[int], known: Known) -> General:
    """Return what readers learn of these places and of all that lies between them and their districts."""
    branches = {unit for pk in keys for unit in (*known.places[pk].ancestors, pk)}
    above = {pk: region_of(known.places[pk], known.places) for pk in sorted(branches)}
    hidden = [pk for pk, region in above.items() if region.pk != pk]
    names = [name for pk in hidden for name in (*names_of(place_names(known.places[pk])), *known.spellings.get(pk, ()))]
    shown = [name for pk in above if pk not in hidden for name in names_of(place_names(known.places[pk]))]
    regions = {known.places[pk].pcode: written(above[pk], known.places) for pk in hidden}
    return General(regions, words_for(names, but=shown), names_for(names, but=shown))


def region_of(place: Place, known: Mapping[int, Place]) -> Place:
    """The district above a place, else the governorate, else the country; what is no lower stands for itself."""
    above = [known[pk] for pk in place.ancestors if known[pk].level <= Level.DISTRICT]
    return max(above, key=lambda unit: unit.level) if place.level > Level.DISTRICT and above else place


def written(region: Place, known: Mapping[int, Place]) -> Region:
    ancestors = [place_names(known[pk]) for pk in region.ancestors]
    return Region(place_names(region), region.lat, region.lon, ancestors)


def names_of(place: Mapping[str, Any]) -> list[str]:
    return [place[key] for key in NAMES if place.get(key)]


def generalised(content: IncidentRecord, general: General) -> IncidentRecord:
    """Return a record with its places lifted to their districts, in whatever language it is read; once more changes
    nothing. The argument, which may be a part of a record, stays as it is.
    """
    regions, words = general.regions, all_names(content, general)
    lifted_places = places_seen(content.get("places", ()), regions)
    seen: dict[str, Any] = {
        "title_en": lambda title: title_seen(title, lifted_places, "en", words),
        "title_ar": lambda title: title_seen(title, lifted_places, "ar", words),
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
    """What readers do not learn in what editors wrote, with the names that the record itself has of older days."""
    older, shown = older_names(content, general)
    return tuple(dict.fromkeys([*general.words, *words_for(older, but=shown)]))


def all_names(content: IncidentRecord, general: General) -> tuple[Withheld, ...]:
    """As `all_words`, for titles and names of facilities."""
    older, shown = older_names(content, general)
    return tuple(dict.fromkeys([*general.names, *names_for(older, but=shown)]))


def facts_seen(facts: Facts, general: General) -> Facts:
    """The facts with their places lifted, for the title of a new edition."""
    lifted: dict[str, PlaceFact] = {}
    for item in facts.places.items:
        region = general.regions.get(item.pcode)
        seen = replace(item, pcode=region.names["pcode"], precision=Precision.IN) if region else item
        lifted.setdefault(seen.pcode, seen)
    above = general.regions.get(facts.places.pcode)
    common = above.names["pcode"] if above else facts.places.pcode
    return replace(facts, places=replace(facts.places, items=tuple(lifted.values()), pcode=common))


def older_names(content: IncidentRecord, general: General) -> tuple[list[str], list[str]]:
    """The names that a record has of places that readers do not learn, and those that they learn."""
    places: list[Mapping[str, Any]] = [
        unit for place in content.get("places", ()) for unit in (*place["ancestors"], place)
    ]
    places += [claim["value"] for claim in content.get("claims", ()) if "pcode" in claim["value"]]
    older = [name for place in places if place["pcode"] in general.regions for name in names_of(place)]
    units = [unit for one in general.regions.values() for unit in (*one.ancestors, one.names)]
    return older, [name for unit in units for name in names_of(unit)]


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
        return cast(PlaceRecord, without_point(place))
    return {
        **region.names,
        "precision": Precision.IN,
        "lat": region.lat,
        "lon": region.lon,
        "ancestors": region.ancestors,
        "claims": place["claims"],
        "against": place["against"],
    }


def without_point(thing: Mapping[str, Any]) -> dict[str, Any]:
    """A place, or the value of a claim, without the point that tells more than its name."""
    return {key: value for key, value in thing.items() if key != "point"}


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
        return {**without_point(value), **regions[value["pcode"]].names, "precision": Precision.IN}
    if "point" in value:
        return without_point(value)
    return facility_seen(value, regions, words) if "id" in value else value
