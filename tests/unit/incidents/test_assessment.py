"""Each rule of assessment has its tests here, named `test_rule_<key>_<case>`."""

from dataclasses import replace
from datetime import date, time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import dates
from incidents.assessment import (
    RULES,
    ClaimView,
    Count,
    Facts,
    Harm,
    KnownPoint,
    OneOf,
    Vocabulary,
    Voice,
    When,
    Where,
    assess,
    missing,
)
from incidents.terms import HAPPENED, Damage

ANCESTORS = {
    "SY": (),
    "SY07": ("SY",),
    "SY0704": ("SY", "SY07"),
    "C1": ("SY", "SY07", "SY0704"),
    "C2": ("SY", "SY07", "SY0704"),
    "C9": ("SY", "SY02"),
    "SY02": ("SY",),
}
VOCABULARY = Vocabulary(
    ancestors=ANCESTORS, facility_types={1: "hospital", 2: "hospital", 3: "school"}, actor_ancestors={"a-child": ("a",)}
)
_numbers = iter(range(1, 10**9))


def claim(aspect, value, **rest):
    number = next(_numbers)
    return ClaimView(id=number, aspect=aspect, value=value, **{"passage": f"p{number}", **rest})


def occurred(edtf, part_of_day="", at=None, **rest):
    return claim("occurred", When(dates.parse(edtf), part_of_day, at), **rest)


def place(pcode, precision="in", **rest):
    return claim("place", Where(pcode, precision), **rest)


def at_point(within, lat, lon, pcode="C1", **rest):
    return claim("place", Where(pcode, "in", KnownPoint(within, lat, lon)), **rest)


def killed(low=None, high=None, group="people", **rest):
    return claim("killed", Count(low, high, group), **rest)


def assessed(*claims, scope="attack"):
    return assess(claims, VOCABULARY, scope=scope)


def values(found):
    return [item.value for item in found.asserted]


def test_every_rule_has_a_test():
    tested = {name for name in globals() if name.startswith("test_rule_")}

    assert [rule.key for rule in RULES if not any(name.startswith(f"test_rule_{rule.key}_") for name in tested)] == []


def test_rules_are_told_in_both_languages_under_distinct_keys():
    assert len({rule.key for rule in RULES}) == len(RULES)
    assert all(all(part.strip() for part in rule) for rule in RULES)


def test_assess_of_nothing_knows_nothing():
    assert assess([]) == Facts()
    assert assess([]).occurred.date is None
    assert assess([]).killed.headline is None


def test_assess_refuses_an_unknown_scope():
    with pytest.raises(ValueError, match="scope"):
        assess([], scope="war")


@pytest.mark.parametrize(
    "parts",
    [
        {"aspect": "killed", "value": "some"},
        {"aspect": "actor", "value": Count(1, 1)},
        {"aspect": "mood", "value": "bad"},
        {"aspect": "actor", "value": "a", "stance": "hopes"},
        {"aspect": "actor", "value": "a", "rank": "best"},
    ],
)
def test_claim_refuses_what_is_not_in_the_vocabulary(parts):
    with pytest.raises(ValueError, match="Claim 5"):
        ClaimView(id=5, **parts)


def test_rule_deprecated_claims_count_neither_for_nor_against():
    asserted, denied = claim("actor", "a"), claim("actor", "a", stance="denies", rank="deprecated")
    facts = assessed(asserted, denied, killed(5, 5, rank="deprecated"), place("C1", rank="deprecated"))

    assert facts.actors.items[0].against == ()
    assert facts.killed.items == ()
    assert facts.places.items == ()


def test_rule_preferred_claims_decide_alone():
    chosen, other = occurred("2019-11-25", rank="preferred"), occurred("2019-11-27")
    facts = assessed(chosen, other)

    assert facts.occurred.date.edtf == "2019-11-25"
    assert facts.occurred.claims == (chosen.id,)
    assert facts.occurred.alternatives == (other.id,)
    assert not facts.occurred.is_contested


def test_rule_preferred_is_weighed_per_group():
    facts = assessed(killed(5, 5, rank="preferred"), killed(9, 9), killed(2, 3, "children"))

    people, children = facts.killed.items
    assert (people.low, people.high) == (5, 5)
    assert (children.low, children.high, children.best) == (2, 3, None)


def test_rule_preferred_actor_leaves_the_other_as_alternative():
    chosen, other = claim("actor", "a", rank="preferred"), claim("actor", "b", speaker="x")
    facts = assessed(other, chosen)

    assert values(facts.actors) == ["a"]
    outranked = facts.actors.items[1]
    assert (outranked.value, outranked.is_asserted, outranked.alternatives) == ("b", False, (other.id,))
    assert outranked.asserted_by == (Voice("x", ""),)


def test_rule_preferred_denial_refutes_only_its_value():
    facts = assessed(
        claim("actor", "a"), claim("actor", "b"), claim("actor", "a", stance="denies", rank="preferred", speaker="a")
    )

    assert values(facts.actors) == ["b"]
    assert facts.actors.items[1].denied_by == (Voice("a", ""),)


def test_rule_preferred_denial_is_more_than_a_preferred_dispute():
    facts = assessed(claim("actor", "a"), claim("actor", "a", stance="disputes", rank="preferred"))

    assert values(facts.actors) == ["a"]
    assert facts.actors.items[0].is_disputed


def test_rule_preferred_denial_of_a_place_ignores_its_precision():
    facts = assessed(place("C1", "near"), place("C2"), place("C1", stance="denies", rank="preferred"))

    assert [item.pcode for item in facts.places.items] == ["C2"]


def test_rule_denials_stand_beside_the_fact():
    said = claim("actor", "a", speaker="witness", source="outlet")
    denial = claim("actor", "a", stance="denies", speaker="ministry")
    doubt = claim("actor", "a", stance="disputes", speaker="analyst")
    facts = assessed(said, denial, doubt)

    (actor,) = facts.actors.items
    assert actor.is_asserted
    assert actor.is_disputed
    assert (actor.claims, actor.against) == ((said.id,), (denial.id, doubt.id))
    assert actor.denied_by == (Voice("ministry", ""),)
    assert actor.disputed_by == (Voice("analyst", ""),)
    assert facts.actors.disputed == (actor,)


def test_rule_denials_of_a_place_stand_beside_that_place_alone():
    denials = [place("C1", stance="denies"), place("C2", "near", stance="disputes"), place("C9", stance="denies")]

    facts = assessed(place("C1"), place("C2"), *denials)

    assert [(item.pcode, item.against) for item in facts.places.items] == [
        ("C1", (denials[0].id,)),
        ("C2", (denials[1].id,)),
    ]
    assert facts.places.against == tuple(denial.id for denial in denials)


def test_rule_preferred_place_leaves_what_others_say_of_it_as_alternative():
    preferred = [place(pcode, rank="preferred", passage="p") for pcode in ("C1", "C2")]
    others = [place("C2", "near"), place("C1", "near"), place("C9")]

    facts = assessed(*preferred, *others)

    assert [(item.pcode, item.alternatives) for item in facts.places.items] == [
        ("C1", (others[1].id,)),
        ("C2", (others[0].id,)),
    ]


def test_rule_denials_alone_make_no_fact():
    facts = assessed(claim("actor", "a", stance="denies"), claim("facility", 1, stance="denies"))

    assert facts.actors.asserted == ()
    assert facts.actors.items[0].denied_by == (Voice("", ""),)
    assert facts.facilities.asserted == ()
    assert facts.facility_types.items == ()


def test_rule_denials_of_a_count_are_kept():
    denial = killed(60, None, stance="denies")
    facts = assessed(denial)

    (people,) = facts.killed.items
    assert (people.low, people.high, people.claims, people.against) == (None, None, (), (denial.id,))
    assert facts.killed.headline is None


@pytest.mark.parametrize(
    ("edtfs", "expected"),
    [
        (["2016-05-30/2016-05-31", "2016-05"], "2016-05-30/2016-05-31"),
        (["2016-05-29/2016-05-30", "2016-05-30/2016-05-31"], "2016-05-30"),
        (["2016-05-XX", "2016"], "2016-05-XX"),
        (["2016-05-18/..", "../2016-05-20"], "2016-05-18/2016-05-20"),
        (["2016-05-18/..", "2016-05-20/.."], "2016-05-20/.."),
    ],
)
def test_rule_date_overlap_is_the_days_shared(edtfs, expected):
    facts = assessed(*map(occurred, edtfs))

    assert facts.occurred.date.edtf == expected
    assert not facts.occurred.is_contested


@pytest.mark.parametrize(
    ("edtfs", "expected"),
    [
        (["2016-05-18", "2016-05-20~"], "2016-05-18"),
        (["2016-05-20~", "2016-05-22", "2016-05"], "2016-05-22"),
        (["2016-05-18~", "2016-05-22~"], "2016-05-20~"),
        (["2016-05-18~", "2016-05-20~"], "2016-05-18~/2016-05-20~"),
        (["2016-04~", "2016-05-14"], "2016-05-14"),
        (["2016-05-10/2016-05-18", "2016-05-20~"], "2016-05-18~"),  # not certain: the margin alone says that day
        (["2016-05-18?", "2016-05-20~"], "2016-05-18?"),
    ],
)
def test_rule_date_overlap_goes_by_the_days_on_which_it_may_have_been(edtfs, expected):
    for order in permutations(edtfs):
        facts = assessed(*map(occurred, order))

        assert facts.occurred.date.edtf == expected
        assert not facts.occurred.is_contested


@pytest.mark.parametrize("edtfs", [["2016-05-17", "2016-05-20~"], ["2016-05-18?", "2016-05-20"]])
def test_rule_date_overlap_ends_where_the_margin_does(edtfs):
    assert assessed(*map(occurred, edtfs)).occurred.is_contested


@pytest.mark.parametrize(
    ("edtfs", "lower", "upper"),
    [
        (["2016-05-18", "2016-05-20"], date(2016, 5, 18), date(2016, 5, 20)),
        (["2016-05-18", "2016-05", "2016-06-02"], date(2016, 5, 1), date(2016, 6, 2)),
        (["../2015", "2016-06-02"], None, date(2016, 6, 2)),
        (["../2015", "2016/.."], None, None),
    ],
)
def test_rule_date_apart_reaches_from_first_to_last_and_is_contested(edtfs, lower, upper):
    facts = assessed(*map(occurred, edtfs))

    assert (facts.occurred.lower, facts.occurred.upper) == (lower, upper)
    assert facts.occurred.is_contested


@pytest.mark.parametrize("scope", ["series", "tally"])
def test_rule_date_series_spans_all_without_contest(scope):
    facts = assessed(occurred("2017-09-23"), occurred("2017-09-23/2017-09-30"), scope=scope)

    assert facts.occurred.date.edtf == "2017-09-23/2017-09-30"
    assert not facts.occurred.is_contested


def test_rule_date_certain_only_without_a_qualifier():
    known, about = (assessed(occurred(edtf)).occurred.date for edtf in ("2016-05-30", "2016-05-30~"))

    assert dates.certain_days(known) == dates.possible_days(known) == (date(2016, 5, 30), date(2016, 5, 30))
    assert dates.certain_days(about) is None
    assert dates.possible_days(about) == (date(2016, 5, 28), date(2016, 6, 1))


@pytest.mark.parametrize(
    ("edtfs", "expected"),
    [
        (["2016-05-30~", "2016-05"], "2016-05-30~"),
        (["2016-05-30", "2016-05~"], "2016-05-30"),
        (["2016-05-30~", "2016-05-30"], "2016-05-30"),
        (["2016-05-30~", "2016-05-30?"], "2016-05-30"),
        (["2016-05-30%", "2016-05-30%"], "2016-05-30%"),
        (["2016-05-18~/2016-05-25~", "2016-05-10/2016-05-20"], "2016-05-18~/2016-05-20~"),
    ],
)
def test_rule_date_flags_stay_where_nothing_firmer_is_known(edtfs, expected):
    assert assessed(*map(occurred, edtfs)).occurred.date.edtf == expected


def test_rule_part_of_day_only_where_all_who_say_agree():
    agreed = assessed(
        occurred("2016-05-30", "night", time(23)), occurred("2016-05-30"), occurred("2016-05-30", "night")
    )
    differing = assessed(occurred("2016-05-30", "night"), occurred("2016-05-30", "morning"))

    assert (agreed.occurred.part_of_day, agreed.occurred.time) == ("night", time(23))
    assert differing.occurred.part_of_day == ""


def test_rule_place_branch_takes_the_town():
    town, province = place("C1", "near"), place("SY07")
    facts = assessed(province, town)

    (found,) = facts.places.items
    assert (found.pcode, found.precision) == ("C1", "near")
    assert set(found.claims) == {town.id, province.id}
    assert not facts.places.is_contested
    assert facts.places.pcode == "C1"


def test_rule_place_several_are_all_listed_and_contested():
    facts = assessed(place("C1"), place("C2"))

    assert [item.pcode for item in facts.places.items] == ["C1", "C2"]
    assert facts.places.pcode == "SY0704"
    assert facts.places.is_contested


def test_rule_place_several_in_one_statement_are_not_contested():
    assert not assessed(place("C1", passage="p"), place("C9", passage="p")).places.is_contested
    assert not assessed(place("C1"), place("C9"), scope="series").places.is_contested
    assert assessed(place("C1"), place("C9")).places.pcode == "SY"


def test_rule_place_several_are_not_joined_by_their_province():
    assert assessed(place("C1"), place("C2"), place("SY07")).places.is_contested


def points(*claims, **rest):
    return [fact.point for fact in assessed(*claims, **rest).places.items]


def test_rule_place_point_is_the_more_exact_of_those_that_agree():
    wide, near, bare = at_point(5_000, 35.61, 36.56), at_point(100, 35.64, 36.56), place("C1")

    [point] = points(wide, near, bare)

    assert point.point == near.value.point
    assert (point.claims, point.is_contested) == ((wide.id, near.id), False)
    assert points(bare) == [None]


def test_rule_place_point_is_none_where_reports_differ():
    one, other = at_point(500, 35.61, 36.56), at_point(500, 35.62, 36.56)

    [point] = points(one, other)

    assert (point.point, point.is_contested, point.claims) == (None, True, (one.id, other.id))
    assert [(p.point, p.is_contested) for p in points(one, other, scope="series")] == [(None, False)]


def test_rule_place_point_counts_as_other_claims_do():
    one, other = at_point(500, 35.61, 36.56), at_point(500, 35.62, 36.56)

    assert points(replace(one, rank="preferred"), other)[0].point == one.value.point
    assert points(one, replace(other, rank="deprecated"))[0].point == one.value.point


def test_rule_place_point_of_a_unit_above_counts_for_one_place_in_it():
    above, town = at_point(500, 35.61, 36.56, pcode="SY0704"), place("C1")

    assert points(above, town)[0].point == above.value.point
    assert points(above, town, at_point(50, 35.70, 36.56))[0].is_contested
    assert points(above, town, place("C2")) == [None, None]


def test_rule_union_lists_every_facility_and_weapon():
    facts = assessed(
        claim("facility", 1), claim("facility", 2), claim("weapon", "air_strike"), claim("weapon", "rocket")
    )

    assert values(facts.facilities) == [1, 2]
    assert values(facts.weapons) == ["air_strike", "rocket"]
    assert not facts.facilities.is_contested


def test_rule_union_flags_a_facility_that_somebody_denies():
    facts = assessed(claim("facility", 1), claim("facility", 1, stance="denies"))

    assert facts.facilities.disputed == facts.facilities.items


def test_rule_facility_types_come_from_facilities_and_claims():
    facility, market = claim("facility", 1), claim("facility_type", "market")
    facts = assessed(facility, market)

    derived = {item.value: (item.is_derived, item.claims) for item in facts.facility_types.asserted}
    assert derived == {"hospital": (True, (facility.id,)), "market": (False, (market.id,))}


def test_rule_actors_said_names_every_voice_once():
    facts = assessed(
        claim("actor", "a", source="one"), claim("actor", "a", source="one"), claim("actor", "a", speaker="w")
    )

    assert facts.actors.items[0].asserted_by == (Voice("", "one"), Voice("w", ""))
    assert len(facts.actors.items[0].claims) == 3


@pytest.mark.parametrize(
    ("claims", "is_contested"),
    [
        ([("a", "p1"), ("b", "p2")], True),
        ([("a", "p1"), ("b", "p1")], False),
        ([("a", "p1"), ("b", "p1"), ("a", "p2")], False),
        ([("a", "p1"), ("b", "p1"), ("c", "p2")], True),
        ([("a", "p1"), ("a-child", "p2")], False),
        ([("a", "p1"), ("b", "p1"), ("a-child", "p2")], False),
        ([("a", "p1"), ("unknown", "p2")], False),
    ],
)
def test_rule_actors_several_are_contested_unless_said_together(claims, is_contested):
    facts = assessed(*(claim("actor", actor, passage=passage) for actor, passage in claims))

    assert facts.actors.is_contested is is_contested
    assert set(values(facts.actors)) == {actor for actor, _ in claims}


def test_rule_actors_several_by_one_judgement_are_said_together():
    facts = assessed(*(claim("actor", actor, passage="", judgement="both flew") for actor in "ab"))

    assert not facts.actors.is_contested


def test_rule_actors_one_of_denied_leaves_the_others_possible_only():
    either, denial = claim("actor", OneOf(("a", "b"))), claim("actor", "b", stance="denies", rank="preferred")

    facts = assessed(either, denial).actors

    assert [(one.actors, one.disputed, one.against) for one in facts.one_of] == [(("a", "b"), ("b",), (denial.id,))]
    assert facts.asserted == ()


@pytest.mark.parametrize(
    ("other", "is_contested"),
    [("state", False), ("air-force", False), ("group", False), ("others", True), ("unknown", False)],
)
def test_rule_actors_one_of_contested_only_by_who_has_nothing_to_do_with_them(other, is_contested):
    vocabulary = Vocabulary(actor_ancestors={"air-force": ("state",)})
    claims = [claim("actor", OneOf(("group", "state")), passage="p1"), claim("actor", other, passage="p2")]

    assert assess(claims, vocabulary).actors.is_contested is is_contested


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ([(5, 5)], 5, 5),
        ([(5, 5), (7, 9)], 5, 9),
        ([(3, 8), (5, 6)], 3, 8),
    ],
)
def test_rule_count_range_is_lowest_to_highest(counts, low, high):
    (people,) = assessed(*(killed(*count) for count in counts)).killed.items

    assert (people.low, people.high) == (low, high)
    assert people.best is None


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ([(60, None)], 60, None),
        ([(60, None), (70, 80)], 60, None),
        ([(None, 10)], None, 10),
        ([(None, 10), (5, 6)], None, 10),
        ([(None, None)], None, None),
        ([(None, None), (5, 6)], 5, 6),
    ],
)
def test_rule_count_open_ends_stay_open(counts, low, high):
    (people,) = assessed(*(killed(*count) for count in counts)).killed.items

    assert (people.low, people.high) == (low, high)
    assert len(people.claims) == len(counts)


def test_rule_count_zero_is_a_number():
    facts = assessed(killed(0, 0))

    assert (facts.killed.headline.low, facts.killed.headline.high) == (0, 0)
    assert facts.injured.headline is None


@pytest.mark.parametrize(
    ("counts", "is_contested"),
    [
        ([(5, 5), (7, 7)], True),
        ([(5, 7), (7, 9)], False),
        ([(23, 23), (60, None)], True),
        ([(60, None), (70, 80)], False),
        ([(None, 10), (11, None)], True),
        ([(None, None), (11, 11)], False),
    ],
)
def test_rule_count_contested_where_ranges_exclude_each_other(counts, is_contested):
    (people,) = assessed(*(killed(*count) for count in counts)).killed.items

    assert people.is_contested is is_contested


@pytest.mark.parametrize(
    ("preferred", "best"),
    [
        ([(5, 5)], 5),
        ([(60, None)], 60),
        ([(5, 7)], None),
        ([(None, 7)], None),
        ([(5, 5), (5, 5)], 5),
        ([(5, 5), (6, 6)], None),
    ],
)
def test_rule_count_best_only_from_preferred_claims(preferred, best):
    (people,) = assessed(*(killed(*count, rank="preferred") for count in preferred), killed(1, 1)).killed.items

    assert people.best == best
    assert people.is_preferred


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ([(5, 6, "people"), (3, 3, "civilians")], ("people", 5, 6, False)),
        ([(3, 4, "civilians"), (2, 2, "children")], ("civilians", 3, 4, False)),
        ([(2, 2, "children"), (3, 3, "women")], ("women", 3, None, False)),
        ([(0, 0, "children")], None),
        ([(None, None, "people"), (3, 3, "civilians")], ("civilians", 3, 3, False)),
        ([(23, 23, "people"), (60, None, "civilians")], ("people", 23, None, True)),
        ([(23, 23, "people"), (60, 70, "civilians"), (24, 24, "women")], ("people", 23, 70, True)),
    ],
)
def test_rule_headline_names_its_group(counts, headline):
    found = assessed(*(killed(*count) for count in counts)).killed.headline

    assert (found and (found.group, found.low, found.high, found.is_contested)) == headline


def test_rule_headline_follows_preferred_people():
    found = assessed(killed(23, 23, rank="preferred"), killed(60, None, "civilians")).killed.headline

    assert (found.low, found.high, found.best, found.is_contested) == (23, 23, 23, False)


def test_rule_never_summed_whatever_the_groups():
    facts = assessed(killed(23, 23, "children"), killed(24, 24, "women"), killed(52, 52, "fighters"))

    assert [(item.group, item.low) for item in facts.killed.items] == [
        ("children", 23),
        ("women", 24),
        ("fighters", 52),
    ]
    assert facts.killed.headline.low == 52


def test_rule_publishing_lists_all_that_is_missing():
    assert [found.key for found in missing([])] == ["occurred", "place", "what"]


def test_rule_publishing_names_the_claim_without_support():
    complete = [occurred("2016"), place("C1"), killed(1, 1)]
    bare = claim("actor", "a", passage="", judgement="  ")

    assert missing(complete) == []
    assert missing([*complete, replace(bare, judgement="known pattern")]) == []
    assert [(found.key, found.claim) for found in missing([*complete, bare])] == [("unsupported", bare.id)]


def test_rule_publishing_wants_claims_that_count():
    claims = [occurred("2016", rank="deprecated"), place("C1", stance="denies"), claim("actor", "a")]

    assert [found.key for found in missing(claims)] == ["occurred", "place", "what"]


_ends = st.integers(0, 100)
_counts = st.tuples(_ends, _ends).map(sorted).map(tuple)
_spans = st.tuples(st.dates(), st.dates()).map(lambda pair: dates.between(*sorted(pair)))


@given(st.lists(_counts, min_size=1, max_size=6))
def test_counts_hold_every_claim_and_are_contested_only_apart(counts):
    (people,) = assessed(*(killed(*count) for count in counts)).killed.items

    assert all(people.low <= low <= high <= people.high for low, high in counts)
    shared = max(low for low, _ in counts) <= min(high for _, high in counts)
    assert people.is_contested is not shared


@given(st.lists(_spans, min_size=1, max_size=6))
def test_occurred_is_within_every_claim_or_around_all(spans):
    found = assessed(*(claim("occurred", When(span)) for span in spans)).occurred

    if found.is_contested:
        assert all(found.lower <= span.lower and span.upper <= found.upper for span in spans)
    else:
        assert all(span.lower <= found.lower and found.upper <= span.upper for span in spans)


_claims = st.lists(
    st.builds(
        lambda value, rank, stance, passage: claim(*value, rank=rank, stance=stance, passage=passage),
        st.one_of(
            st.tuples(st.just("actor"), st.sampled_from(["a", "a-child", "b", "unknown"])),
            st.tuples(st.just("place"), st.sampled_from([*ANCESTORS]).map(Where)),
            st.tuples(st.just("facility"), st.integers(1, 4)),
            st.tuples(st.just("injured"), _counts.map(lambda pair: Count(*pair))),
            st.tuples(st.just("occurred"), _spans.map(When)),
        ),
        st.sampled_from(["normal", "preferred", "deprecated"]),
        st.sampled_from(["asserts", "denies", "disputes"]),
        st.sampled_from(["", "p", "q"]),
    ),
    max_size=10,
)


@given(_claims, st.randoms(use_true_random=False))
def test_assess_does_not_depend_on_the_order_of_claims(claims, random):
    shuffled = random.sample(claims, len(claims))
    one, other = assessed(*claims), assessed(*shuffled)

    assert (one.occurred.lower, one.occurred.upper) == (other.occurred.lower, other.occurred.upper)
    assert one.places.pcode == other.places.pcode
    assert one.actors.is_contested == other.actors.is_contested
    assert sorted(values(one.facilities)) == sorted(values(other.facilities))
    assert [(item.low, item.high) for item in one.injured.items] == [
        (item.low, item.high) for item in other.injured.items
    ]


@given(_claims)
def test_assess_accounts_for_every_claim_that_counts(claims):
    facts = assessed(*claims)
    parts = [facts.occurred, facts.places, *facts.actors.items, *facts.facilities.items, *facts.injured.items]

    seen = {number for part in parts for number in (*part.claims, *part.against, *part.alternatives)}

    assert seen == {each.id for each in claims if each.rank != "deprecated"}


def harm(damage, facility="", **rest):
    return claim("damage", Harm(Damage(damage), facility), **rest)


def test_rule_damage_shows_every_degree_of_each_facility_the_worst_first():
    facts = assess([harm("out_of_service", "a"), harm("destroyed", "a"), harm("damaged", "b")])

    assert [(fact.facility, fact.damage) for fact in facts.damage] == [
        ("a", "destroyed"),
        ("a", "out_of_service"),
        ("b", "damaged"),
    ]
    assert not any(fact.is_contested for fact in facts.damage)


@pytest.mark.parametrize(
    ("one", "other", "is_contested"),
    [
        ("not_damaged", "damaged", True),
        ("not_damaged", "out_of_service", False),
        ("destroyed", "lightly_damaged", True),
        ("destroyed", "damaged", False),
    ],
)
def test_rule_damage_is_contested_where_both_cannot_be_right(one, other, is_contested):
    of_one_facility = assess([harm(one, "a"), harm(other, "a")])
    of_two = assess([harm(one, "a"), harm(other, "b")])

    assert {fact.is_contested for fact in of_one_facility.damage} == {is_contested}
    assert {fact.is_contested for fact in of_two.damage} == {False}


def test_rule_damage_preferred_decides_for_its_facility_alone():
    preferred, other, elsewhere = harm("damaged", "a", rank="preferred"), harm("destroyed", "a"), harm("damaged", "b")
    facts = assess([preferred, other, elsewhere])

    assert [(fact.facility, fact.damage, fact.is_asserted) for fact in facts.damage] == [
        ("a", "destroyed", False),
        ("a", "damaged", True),
        ("b", "damaged", True),
    ]


@pytest.mark.parametrize("aspect", HAPPENED)
def test_rule_happened_is_a_fact_without_a_number_and_refuted_whatever_the_number(aspect):
    said = claim(aspect, Count(3, 3, ""))
    plain = assess([claim(aspect, Count(None, None, ""))]).counts[aspect]
    denied = assess([said, claim(aspect, Count(None, None, ""), stance="denies", rank="preferred")]).counts[aspect]

    assert plain.items[0].claims
    assert not plain.items[0].is_known
    assert denied.items[0].claims == ()
    assert denied.items[0].alternatives == (said.id,)


def test_rule_strikes_are_one_range_and_its_headline():
    counts = assess([claim("strikes", Count(2, 3, "")), claim("strikes", Count(5, 5, ""))]).counts["strikes"]

    assert (counts.headline.low, counts.headline.high, counts.headline.is_contested) == (2, 5, True)


@pytest.mark.parametrize("aspect", ["detained", "abducted", "displaced"])
def test_rule_people_further_are_ranges_by_group_and_apart_from_the_killed(aspect):
    said = [claim(aspect, Count(2, 2, "women")), claim(aspect, Count(5, None)), claim(aspect, Count(6, 6))]

    facts = assessed(killed(1, 1), *said)

    assert [(one.group, one.low, one.high) for one in facts.counts[aspect].items] == [
        ("people", 5, None),
        ("women", 2, 2),
    ]
    assert (facts.killed.headline.low, facts.killed.headline.high) == (1, 1)
