"""Titles say what, on what, where and when, in both languages, and leave out what is not known."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import dates
from incidents.assessment import ClaimView, Count, Vocabulary, When, Where, assess
from incidents.record.titles import CountedLabel, Label, Labels, make_title

LABELS = Labels(
    places={
        "C1": Label("Kansafra", "كنصفرة"),
        "C2": Label("Kafr Nobol", "كفر نبل"),
        "C3": Label("Hazano"),
        "SY07": Label("Idlib", "إدلب", "governorate"),
        "SY08": Label("Idlib Governorate", "محافظة إدلب", "governorate"),
    },
    facilities={
        1: Label("Kiwan Hospital", "مستشفى كيوان"),
        2: Label("Amal Hospital", "مستشفى الأمل"),
        3: Label("Olive Market", "سوق الزيتون"),
        4: Label("River Hospital"),
        5: Label("Hill Hospital", "مستشفى التل"),
    },
    facility_types={
        "hospital": CountedLabel(Label("hospital", "مستشفى"), Label("hospitals", "مستشفيات")),
        "health": CountedLabel(Label("health facility", "منشأة صحية"), Label("health facilities", "منشآت صحية")),
        "ambulance": CountedLabel(Label("ambulance", "سيارة إسعاف"), Label("ambulances", "سيارات إسعاف")),
        "market": CountedLabel(Label("market", "سوق"), Label("markets", "أسواق")),
        "school": CountedLabel(Label("school", "مدرسة"), Label("schools", "مدارس")),
    },
    weapons={
        "air_strike": CountedLabel(Label("air strike", "غارة جوية"), Label("air strikes", "غارات جوية")),
        "barrel_bomb": CountedLabel(Label("barrel bomb", "برميل متفجر"), Label("barrel bombs", "براميل متفجرة")),
        "rocket": CountedLabel(Label("rocket", "صاروخ"), Label("rockets", "صواريخ")),
    },
)
VOCABULARY = Vocabulary(
    ancestors={"C1": ("SY", "SY07"), "C2": ("SY", "SY07"), "C3": ("SY", "SY07"), "SY07": ("SY",)},
    facility_types={1: "hospital", 2: "hospital", 3: "market", 4: "hospital", 5: "hospital"},
)


def _value(aspect, value, part_of_day):
    if aspect == "occurred":
        return When(dates.parse(value), part_of_day)
    return Where(value) if aspect == "place" and isinstance(value, str) else value


def title(*values, scope="attack", part_of_day=""):
    """The title of claims given as (aspect, value), dates in EDTF, places as P-codes."""
    claims = [
        ClaimView(number, aspect, _value(aspect, value, part_of_day), stance[0] if stance else "asserts")
        for number, (aspect, value, *stance) in enumerate(values, 1)
    ]
    return make_title(assess(claims, VOCABULARY, scope=scope), LABELS, scope=scope)


def test_title_names_two_facilities_by_their_shared_noun():
    found = title(
        ("weapon", "air_strike"), ("facility", 1), ("facility", 2), ("place", "C1"), ("occurred", "2019-11-25")
    )

    assert found.en == "Air strikes on Kiwan and Amal hospitals, Kansafra, 25 November 2019"
    assert found.ar == "غارات جوية على مستشفى كيوان ومستشفى الأمل، كنصفرة، 25 تشرين الثاني/نوفمبر 2019"


@pytest.mark.parametrize(
    ("values", "english", "arabic"),
    [
        ([], "Attack", "هجوم"),
        ([("facility_type", "hospital")], "Attack on a hospital", "هجوم على مستشفى"),
        ([("facility_type", "ambulance")], "Attack on an ambulance", "هجوم على سيارة إسعاف"),
        ([("facility_type", "unheard-of")], "Attack", "هجوم"),
        ([("facility", 1)], "Attack on Kiwan Hospital", "هجوم على مستشفى كيوان"),
        ([("facility", 99)], "Attack", "هجوم"),
        ([("weapon", "air_strike"), ("facility", 1)], "Air strike on Kiwan Hospital", "غارة جوية على مستشفى كيوان"),
        ([("weapon", "air_strike"), ("weapon", "barrel_bomb")], "Air strike and barrel bomb", "غارة جوية وبرميل متفجر"),
        ([("weapon", "air_strike"), ("weapon", "barrel_bomb"), ("weapon", "rocket")], "Attack", "هجوم"),
        ([("weapon", "air_strike"), ("weapon", "air_strike", "denies")], "Attack", "هجوم"),
        ([("facility", 1), ("facility_type", "school")], "Attack on Kiwan Hospital and a school", None),
        ([("facility", 1), ("facility_type", "hospital")], "Attack on Kiwan Hospital", None),
        (
            [("facility", 1), ("facility", 3)],
            "Attacks on Kiwan Hospital and Olive Market",
            "هجمات على مستشفى كيوان وسوق الزيتون",
        ),
        ([("facility", n) for n in (1, 2, 5)], "Attacks on Kiwan, Amal and Hill hospitals", None),
        (
            [("facility", n) for n in (1, 2, 3, 4, 5)],
            "Attacks on Kiwan Hospital, Amal Hospital and 3 others",
            "هجمات على مستشفى كيوان ومستشفى الأمل و3 منشآت أخرى",
        ),
        (
            [("facility", n) for n in (1, 2, 3, 5)],
            "Attacks on Kiwan Hospital, Amal Hospital and 2 others",
            "هجمات على مستشفى كيوان ومستشفى الأمل ومنشأتين أخريين",
        ),
        ([("facility", 1), ("facility", 4)], None, "هجمات على مستشفى كيوان و River Hospital"),
        ([("facility", 1, "denies")], "Attack", "هجوم"),
        ([("killed", Count(3, 3)), ("place", "C2")], "Attack, Kafr Nobol", "هجوم، كفر نبل"),
        (
            [("place", "SY07"), ("occurred", "2019-11")],
            "Attack, Idlib Governorate, November 2019",
            "هجوم، محافظة إدلب، تشرين الثاني/نوفمبر 2019",
        ),
        ([("place", "SY08")], "Attack, Idlib Governorate", "هجوم، محافظة إدلب"),
        ([("place", "C3")], "Attack, Hazano", "هجوم، Hazano"),
        ([("place", Where("C1", "near"))], "Attack, near Kansafra", "هجوم، قرب كنصفرة"),
        ([("place", "C1"), ("place", "C2")], "Attacks, Kansafra and Kafr Nobol", "هجمات، كنصفرة وكفر نبل"),
        ([("place", "C1"), ("place", "C2"), ("place", "C3")], "Attacks, Idlib Governorate", "هجمات، محافظة إدلب"),
        ([("occurred", "2019~")], "Attack, about 2019", "هجوم، حوالي 2019"),
    ],
)
def test_title_says_what_is_known(values, english, arabic):
    found = title(*values)

    assert english is None or found.en == english
    assert arabic is None or found.ar == arabic


def test_title_of_a_night():
    found = title(("place", "C1"), ("occurred", "2016-05-30/2016-05-31"), part_of_day="night")

    assert found.en == "Attack, Kansafra, night of 30–31 May 2016"
    assert found.ar == "هجوم، كنصفرة، ليلة 30–31 أيار/مايو 2016"


def test_title_of_a_tally_says_that_it_is_totals():
    found = title(("facility_type", "health"), ("place", "SY07"), ("occurred", "2017-09-23/2017-09-30"), scope="tally")

    assert found.en == "Attacks on health facilities, Idlib Governorate, 23–30 September 2017: totals"
    assert found.ar == "هجمات على منشآت صحية، محافظة إدلب، 23–30 أيلول/سبتمبر 2017: حصيلة"


def test_title_of_a_series_is_plural_and_counts_kinds():
    kinds = [("facility_type", kind) for kind in ("hospital", "health", "market", "school")]
    found = title(("weapon", "air_strike"), *kinds, scope="series")

    assert found.en == "Air strikes on hospitals, health facilities and 2 other kinds of facility"
    assert found.ar == "غارات جوية على مستشفيات ومنشآت صحية ونوعين آخرين من المنشآت"


def test_title_of_places_without_a_shared_name():
    places = {pcode: Label(f"Town {pcode}", f"بلدة {pcode}") for pcode in ("A", "B", "D", "E")}
    claims = [ClaimView(number, "place", Where(pcode)) for number, pcode in enumerate(places)]

    three = make_title(assess(claims[:3], scope="series"), Labels(places=places), scope="series")
    four = make_title(assess(claims, scope="series"), Labels(places=places), scope="series")

    assert three.en == "Attacks, Town A and 2 other places"
    assert four.en == "Attacks, Town A, Town B and 2 other places"
    assert four.ar == "هجمات، بلدة A وبلدة B ومكانين آخرين"


@pytest.mark.parametrize(("number", "arabic"), [(3, "3 منشآت أخرى"), (10, "10 منشآت أخرى"), (11, "11 منشأة أخرى")])
def test_title_counts_others_in_arabic(number, arabic):
    facilities = {n: Label(f"Name {n}", f"اسم {n}") for n in range(number + 2)}
    claims = [ClaimView(n, "facility", n) for n in facilities]

    assert make_title(assess(claims), Labels(facilities=facilities)).ar.endswith(f"و{arabic}")


_values = st.lists(
    st.one_of(
        st.tuples(st.just("facility"), st.integers(1, 7)),
        st.tuples(st.just("facility_type"), st.sampled_from([*LABELS.facility_types, "other"])),
        st.tuples(st.just("weapon"), st.sampled_from([*LABELS.weapons, "other"])),
        st.tuples(st.just("place"), st.sampled_from([*LABELS.places, "C77"])),
        st.tuples(st.just("occurred"), st.sampled_from(["2016", "2016-05-18~", "../2015", "2019/.."])),
    ),
    max_size=12,
)


@given(_values, st.sampled_from(["attack", "series", "tally"]))
def test_title_is_a_clean_line_whatever_the_facts(values, scope):
    found = title(*values, scope=scope)

    for text in (found.en, found.ar):
        assert text
        assert text == " ".join(text.split())
        assert not re.search(r", ,|،\s*،|,$|،$|\{|\}| and$| on$", text)
    assert found.en[0].isupper()
