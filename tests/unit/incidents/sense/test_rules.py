"""What an editor is warned of before publishing."""

from dataclasses import replace
from typing import Any

import pytest

from incidents.assessment import ClaimView, Count, KnownPoint, Vocabulary, Where, assess
from incidents.sense import RULES, Doubt, Matter, Placed, Report, Struck, warnings

ABOVE = {"N1": ("SY", "SY07", "C1"), "C1": ("SY", "SY07"), "C2": ("SY", "SY07"), "SY07": ("SY",)}


def matter(*claims: ClaimView, quote: str = "", **given: Any) -> Matter:
    vocabulary = Vocabulary(ancestors=ABOVE)
    return Matter(
        claims=claims,
        facts=assess(claims, vocabulary),
        vocabulary=vocabulary,
        ids={claim.id: f"clm{claim.id}" for claim in claims},
        quotes={claim.passage: quote for claim in claims if claim.passage},
        **given,
    )


def killed(low: int | None, high: int | None, group: str = "people", **given: Any) -> ClaimView:
    given = {"id": 1, "passage": "p1", **given}
    return ClaimView(aspect="killed", value=Count(low, high, group), **given)


def rules(of: Matter) -> list[str]:
    return [warning.rule for warning in warnings(of)]


def test_rules_are_known_by_their_names() -> None:
    assert [rule.__name__ for rule in RULES.values()] == list(RULES)
    assert all(rule.__doc__ for rule in RULES.values())


def test_count_not_in_quote_warns() -> None:
    [warning] = warnings(matter(killed(11, 13), quote="544 civilians were killed"))

    assert (warning.rule, warning.subject) == ("count_not_in_quote", ("claim", "clm1"))
    assert "11 or 13" in warning.message
    assert "they say 544" in warning.message
    assert "544 civilians were killed" in warning.message


@pytest.mark.parametrize(
    ("low", "high", "quote"),
    [
        (11, 13, "eleven to thirteen people"),
        (60, None, "over 60 civilians"),
        (None, 9, "fewer than ten"),
        (3, 3, "a man and two children"),
        (2, 2, "مقتل طفلين"),
        (0, 0, "nobody was killed"),
    ],
)
def test_count_in_its_quote_is_no_warning(low: int | None, high: int | None, quote: str) -> None:
    assert rules(matter(killed(low, high), quote=quote)) == []


def test_count_that_was_set_aside_or_judged_is_no_warning() -> None:
    assert rules(matter(killed(11, 13, rank="deprecated"), quote="544 were killed")) == []
    assert rules(matter(killed(2, 2, passage="", judgement="The council gave us the number."))) == []


@pytest.mark.parametrize(
    ("total", "part", "is_odd"),
    [
        (killed(23, 23), killed(61, None, "civilians", id=2), True),
        (killed(3, 3), killed(7, 7, "children", id=2), True),
        (killed(5, 5, "civilians"), killed(6, 6, "health_workers", id=2), True),
        (killed(7, 7), killed(7, 7, "children", id=2), False),
        (killed(3, None), killed(7, 7, "children", id=2), False),
        (killed(3, 3), killed(None, 7, "children", id=2), False),
        (killed(3, 3, "women"), killed(7, 7, "children", id=2), False),
    ],
)
def test_total_below_part(total: ClaimView, part: ClaimView, is_odd: bool) -> None:
    found = rules(matter(replace(total, passage="", judgement=""), replace(part, passage="")))

    assert found == (["total_below_part"] if is_odd else [])


@pytest.mark.parametrize(
    ("attack", "stands", "is_odd"),
    [("C1", "C2", True), ("C1", "C1", False), ("C1", "N1", False), ("N1", "C1", False), ("C1", "SY07", False)],
)
def test_facility_elsewhere(attack: str, stands: str, is_odd: bool) -> None:
    claims = (ClaimView(1, "place", Where(attack)), ClaimView(2, "facility", "fac1"))
    struck = {"fac1": Struck("Old Mill", stands, f"Town {stands}")}

    found = warnings(matter(*claims, facilities=struck, names={attack: "Upper Town"}))

    assert [warning.rule for warning in found] == (["facility_elsewhere"] if is_odd else [])
    if is_odd:
        assert found[0].message == "Old Mill is in Town C2, the attack in Upper Town."


def test_facility_elsewhere_of_one_of_several_places_is_none() -> None:
    claims = (ClaimView(1, "place", Where("C1")), ClaimView(2, "place", Where("C2")), ClaimView(3, "facility", "fac1"))

    assert rules(matter(*claims, facilities={"fac1": Struck("Old Mill", "C2", "Lower Town")})) == []


EXCHANGED = "With latitude and longitude exchanged"
TOWN = {"C1": Placed("Upper Town", 4, 35.60, 36.50)}
COUNTY = {"C1": Placed("Upper County", 2, 35.60, 36.50)}


@pytest.mark.parametrize(
    ("place", "point", "message"),
    [
        (TOWN, (500, 35.61, 36.56), ""),
        (TOWN, (500, 35.60, 36.72), ""),
        (TOWN, (500, 35.60, 36.80), "The point 35.6000, 36.8000 is 27 km from Upper Town."),
        (TOWN, (8_000, 35.60, 36.80), ""),
        (COUNTY, (500, 35.60, 36.80), ""),
        (
            TOWN,
            (500, 36.56, 35.61),
            f"The point 36.5600, 35.6100 is 133 km from Upper Town. {EXCHANGED} it would be 6 km.",
        ),
        (TOWN, (500, 36.56, 120.0), "The point 36.5600, 120.0000 is 7241 km from Upper Town."),
        ({}, (500, 0.0, 0.0), ""),
    ],
)
def test_point_far(place: dict[str, Placed], point: tuple[int, float, float], message: str) -> None:
    claim = ClaimView(1, "place", Where("C1", "in", KnownPoint(*point)))

    found = warnings(matter(claim, placed=place))

    assert [warning.message for warning in found] == ([message] if message else [])
    assert all((warning.rule, warning.subject[0]) == ("point_far", "claim") for warning in found)
    assert rules(matter(replace(claim, rank="deprecated"), placed=place)) == []


def test_actor_by_nobody() -> None:
    denial = ClaimView(1, "actor", "north", stance="denies", speaker="ministry")
    assertion = ClaimView(2, "actor", "north", speaker="council")

    assert rules(matter(denial)) == ["actor_by_nobody"]
    assert rules(matter(denial, assertion)) == []
    assert rules(matter(denial, replace(assertion, rank="deprecated"))) == ["actor_by_nobody"]


@pytest.mark.parametrize(("has_source", "has_date"), [(True, True), (False, True), (True, False), (False, False)])
def test_report_without_date_or_source(has_source: bool, has_date: bool) -> None:
    found = warnings(matter(reports=[Report("art1", "Shells on a mill", has_source, has_date)]))

    assert len(found) == (not (has_source and has_date))
    assert all(("no source" in w.message, "no date" in w.message) == (not has_source, not has_date) for w in found)


@pytest.mark.parametrize(("judgement", "is_odd"), [("x", True), ("We know it well", True), ("a b c d e", False)])
def test_judgement_short(judgement: str, is_odd: bool) -> None:
    assert rules(matter(ClaimView(1, "actor", "north", judgement=judgement))) == ["judgement_short"] * is_odd


def test_key_changes_with_what_is_warned_of() -> None:
    first, again, other, quoted = (
        warnings(matter(claim, quote=quote))[0].key
        for claim, quote in (
            (killed(11, 13), "544 died"),
            (killed(11, 13), "544 died"),
            (killed(11, 14), "544 died"),
            (killed(11, 13), "545 died"),
        )
    )

    assert first == again
    assert len({first, other, quoted}) == 3
    assert first.startswith("count_not_in_quote:")


def test_key_does_not_depend_on_how_the_message_is_put() -> None:
    one = Doubt(rule="r", message="One way.", subject=("claim", "c"), about=("c", 1))

    assert replace(one, message="Another way.").key == one.key
    assert replace(one, about=("c", 2)).key != one.key
