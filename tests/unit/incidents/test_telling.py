"""Where readers learn only the district, neither titles nor names tell the town, whatever the two are called."""

import itertools

import pytest

from archive import dates
from archive.models import Place
from archive.terms import Level
from archive.text.withheld import holds
from incidents.assessment import ClaimView, Facts, Vocabulary, When, Where, assess
from incidents.record.generalised import General, Known, facts_seen, general_of, generalised, places_seen
from incidents.record.place_names import place_names
from incidents.record.telling import masked, names_for, title_seen, words_for
from incidents.record.titles import CountedLabel, Label, Labels, Title, make_title

# Pairs of town and district: of one name, of a name in the other, with the level in the name, and of different ones.
CALLED = [
    ("Hawr", "حور", "Hawr", "حور"),
    ("Salam", "سلم", "Salamtown", "سلمية"),
    ("Mill", "مطحنة", "Mill District", "منطقة مطحنة"),
    ("Al-Ghadir", "الغدير", "Al Ghadir", "الغدير"),
    ("Quillhaven", "البلدة المخفية", "Long Meadows", "المروج"),
    ("Quillhaven", "", "Long Meadows", ""),
]
TOWN, SECOND, THIRD, BELOW, DISTRICT, OTHER = "C1", "C2", "C3", "SY990101", "SY9901", "SY9902"


def known(town_en: str, town_ar: str, district_en: str, district_ar: str) -> Known:
    def place(pk: int, pcode: str, level: int, name_en: str, name_ar: str, above: list[int]) -> Place:
        made = Place(pk=pk, pcode=pcode, level=level, name_en=name_en, name_ar=name_ar, ancestors=above)
        made.label_en, made.label_ar = name_en, name_ar
        return made

    places = [
        place(1, "SY", Level.COUNTRY, "Syria", "سوريا", []),
        place(2, "SY99", Level.GOVERNORATE, "Northmoor", "السهل", [1]),
        place(3, DISTRICT, Level.DISTRICT, district_en, district_ar, [1, 2]),
        place(4, OTHER, Level.DISTRICT, "Far Hills", "التلال", [1, 2]),
        place(5, BELOW, Level.SUBDISTRICT, town_en, town_ar, [1, 2, 3]),
        place(6, TOWN, Level.COMMUNITY, town_en, town_ar, [1, 2, 3, 5]),
        place(7, SECOND, Level.COMMUNITY, "Brookside", "الجدول", [1, 2, 3, 5]),
        place(8, THIRD, Level.COMMUNITY, "Ashgrove", "الدردار", [1, 2, 3, 5]),
    ]
    return Known({one.pk: one for one in places}, {})


def titled(where: list[tuple[str, str]], known: Known, general: General | None, scope: str = "attack") -> Title:
    """The title of an attack in these places, each with how exactly it is known."""
    of_place = [
        ClaimView(n, "place", Where(pcode, nearness), "asserts") for n, (pcode, nearness) in enumerate(where, 1)
    ]
    claims = [ClaimView(99, "occurred", When(dates.parse("2019-11-27")), "asserts"), *of_place]
    claims.append(ClaimView(98, "facility", "mill", "asserts"))
    above = {one.pcode: tuple(known.places[pk].pcode for pk in one.ancestors) for one in known.places.values()}
    facts: Facts = assess(claims, Vocabulary(ancestors=above), scope=scope)
    labels = Labels(
        places={one.pcode: Label(one.label_en, one.label_ar, Level(one.level).code) for one in known.places.values()},
        facilities={"mill": Label("Old House", "البيت القديم")},
        weapons={"shell": CountedLabel(Label("shell", "قذيفة"), Label("shells", "قذائف"))},
    )
    return make_title(facts_seen(facts, general) if general else facts, labels, scope=scope)


SHAPES = [
    *([(pcode, nearness)] for pcode in (TOWN, BELOW, SECOND) for nearness in ("in", "near", "part")),
    *map(list, itertools.permutations([(TOWN, "near"), (SECOND, "in")])),
    [(TOWN, "in"), (SECOND, "in"), (THIRD, "near")],
    [(TOWN, "in"), (OTHER, "in")],
    [(OTHER, "in"), (TOWN, "near")],
    [(DISTRICT, "in")],
]


@pytest.mark.parametrize("scope", ["attack", "tally"])
@pytest.mark.parametrize("called", CALLED)
def test_telling_title_of_an_older_edition_is_as_that_of_a_new_one(
    called: tuple[str, str, str, str], scope: str
) -> None:
    """But for its first words, which may tell of attacks in the older one: there they were in several places."""
    units = known(*called)
    general = general_of(units.places, units)
    by_pcode = {one.pcode: place_names(one) for one in units.places.values()}
    for where in SHAPES:
        old, new = titled(where, units, None, scope), titled(where, units, general, scope)
        records = [{**by_pcode[pcode], "precision": nearness, "claims": [], "against": []} for pcode, nearness in where]
        places = places_seen(records, general.regions)  # type: ignore[arg-type]
        for language, comma in (("en", ", "), ("ar", "، ")):
            before, after = getattr(old, language), getattr(new, language)
            seen = title_seen(before, places, language, general.names)
            assert seen.split(comma)[1:] == after.split(comma)[1:], where
            assert title_seen(after, places, language, general.names) == after
            assert "District" in seen or "منطقة" in seen


def test_telling_title_of_a_record_is_lifted_by_its_own_places() -> None:
    units = known(*CALLED[0])
    general = general_of([6], units)
    place = {**place_names(units.places[6]), "precision": "near", "lat": 1.0, "lon": 2.0, "ancestors": []}
    record = {
        "title_en": "Attack on Hawr Hospital, near Hawr, 27 November 2019",
        "title_ar": "هجوم على مستشفى حور، قرب حور، 27 تشرين الثاني 2019",
        "places": [{**place, "claims": [], "against": []}],
        "facilities": [{"id": "x", "name_en": "Hawr Hospital", "name_ar": "مستشفى حور", "pcode": TOWN}],
    }

    seen = generalised(record, general)  # type: ignore[arg-type]

    assert seen["title_en"] == "Attack on [withheld: name of a place] Hospital, Hawr District, 27 November 2019"
    assert seen["title_ar"].split("، ")[1] == "منطقة حور"
    assert seen["facilities"][0]["name_en"] == "[withheld: name of a place] Hospital"
    assert "حور" not in seen["facilities"][0]["name_ar"]


@pytest.mark.parametrize(
    ("name", "town", "shown", "tells"),
    [
        ("Hawr City Hospital", "Hawr", ["Hawr"], True),
        ("Hawr Hospital", "Hawr", ["Hawr"], True),
        ("Hospital of the Hawr District", "Hawr", ["Hawr"], False),
        ("Hospital of Hawr Sub-district", "Hawr", ["Hawr"], True),
        ("مستشفى حور الوطني", "حور", ["حور"], True),
        ("Salam Hospital", "Salam", ["Salamtown"], True),
        ("Salamtown Hospital", "Salam", ["Salamtown"], False),
        ("Salamtown Hospital of Salam", "Salam", ["Salamtown"], True),
        ("A hospital", "Hawr", ["Hawr"], False),
    ],
)
def test_telling_names_of_facilities(name: str, town: str, shown: list[str], tells: bool) -> None:
    assert holds(name, names_for([town], but=shown)) is tells


@pytest.mark.parametrize(
    ("text", "town", "shown", "seen"),
    [
        ("It hit Hawr.", "Hawr", ["Hawr"], "It hit Hawr."),
        ("It hit Hawr city, in Hawr.", "Hawr", ["Hawr"], "It hit █, in Hawr."),
        ("Near Hawr, in the town of Hawr.", "Hawr", ["Hawr"], "█, in the █."),
        ("Near Hawr District.", "Hawr", ["Hawr"], "Near Hawr District."),
        ("It hit Salam in Salamtown.", "Salam", ["Salamtown"], "It hit █ in Salamtown."),
        ("All of Salamtowners.", "Salam", ["Salamtown"], "All of Salamtowners."),
    ],
)
def test_telling_words_in_prose(text: str, town: str, shown: list[str], seen: str) -> None:
    assert masked(text, words_for([town], but=shown), "en").replace("[withheld: name of a place]", "█") == seen
