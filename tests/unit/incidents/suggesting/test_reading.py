"""Reports of our own making; none tells of a real attack."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.assessment import Count, OneOf, When, Where
from incidents.suggesting import RULES, Attack, Reader, Reading, Report, Struck
from incidents.terms import Aspect, Group, Stance
from tests.factories import reading

PUBLISHED = date(2016, 6, 1)  # a Wednesday


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return reading.reader(tmp_path_factory.mktemp("gazetteer"))


def read(reader: Reader, text: str) -> Reading:
    return reader.read(Report(text=text, published=PUBLISHED))


def values(attack: Attack, aspect: Aspect) -> list[Any]:
    return list(dict.fromkeys(each.value for each in attack.of(aspect)))


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Russian air strikes hit Kafranbel on Monday.", ["russian-armed-forces"]),
        ("Regime forces shelled Kafranbel on Monday.", ["syrian-government-forces"]),
        ("Kafranbel was bombed by the Russian air force.", ["russian-air-force"]),
        (
            "Warplanes, either Russian or Syrian army, bombed Kafranbel.",
            [OneOf(("russian-armed-forces", "syrian-arab-army"))],
        ),
        ("Rebel shelling killed two civilians in Kafranbel.", ["armed-opposition"]),
        ("Air strikes killed 12 ISIS fighters near Kafranbel.", []),
        ("Jets struck rebel-held Kafranbel.", []),
        ("قصفت قوات النظام مدينة كفر نبل", ["syrian-government-forces"]),
        ("غارات جوية روسية على مدينة كفر نبل", ["russian-armed-forces"]),
    ],
)
def test_actors_are_those_who_did_it(reader: Reader, text: str, actors: list[Any]) -> None:
    found = [value for attack in read(reader, text).attacks for value in values(attack, Aspect.ACTOR)]
    assert found == actors


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("Helicopters dropped barrel bombs on Kafranbel.", ["air-strike", "barrel-bomb"]),
        ("A car bomb exploded in Kafranbel.", ["car-bomb"]),
        ("Mortar shells fell on Kafranbel, killing one man.", ["mortar"]),
        ("The regime's bombing of Kafranbel killed two.", ["air-strike"]),
        ("A bombing in Kafranbel killed two.", ["explosive-device"]),
        ("ألقت المروحيات براميل متفجرة على كفر نبل", ["air-strike", "barrel-bomb"]),
    ],
)
def test_weapons_are_named(reader: Reader, text: str, weapons: list[str]) -> None:
    (attack,) = read(reader, text).attacks
    assert values(attack, Aspect.WEAPON) == weapons


@pytest.mark.parametrize(
    ("text", "facilities", "kinds"),
    [
        (
            "Air strikes hit the national hospital in Idlib city.",
            [Struck("Idlib National Hospital", "hospital", "f1")],
            [],
        ),
        ("A raid on Kafranbel destroyed the Amal Hospital.", [Struck("Amal Hospital", "hospital", "f2")], []),
        ("A raid on Kafranbel destroyed the Yasmin Hospital.", [Struck("Yasmin Hospital", "hospital")], []),
        (
            "Jets bombed both the Warda and Yasmin hospitals in Kafranbel.",
            [Struck("Yasmin hospital", "hospital"), Struck("Warda hospital", "hospital")],
            [],
        ),
        ("An air strike hit a school in Kafranbel.", [], ["school"]),
        ("Those wounded by the air strike were taken to a hospital.", [], []),
        ("A raid hit Kafranbel, hospital officials said.", [], []),
        ("استهدف القصف مستشفى الأمل في كفر نبل", [Struck("Amal Hospital", "hospital", "f2")], []),
        ("قصفت الطائرات سوقًا في مدينة كفر نبل", [], ["market"]),
        ("قصفت الطائرات المشفى، الذي خرج من الخدمة في مدينة كفر نبل", [], ["hospital"]),
    ],
)
def test_facilities_are_what_was_struck(reader: Reader, text: str, facilities: list[Struck], kinds: list[str]) -> None:
    attacks = read(reader, text).attacks
    found = [value for attack in attacks for value in values(attack, Aspect.FACILITY)]
    assert sorted(found, key=str) == sorted(facilities, key=str)
    assert [value for attack in attacks for value in values(attack, Aspect.FACILITY_TYPE)] == kinds


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Air strikes killed six in Kafranbel, the Observatory said.", ["sohr"]),
        (
            "Six people were killed by raids, according to local sources and Turkey's foreign ministry.",
            ["local-sources", "turkish-foreign-ministry"],
        ),
        ("A raid killed six people, Samir al-Sample told Reuters.", ["Samir al-Sample"]),
        ("A raid killed six people.", [""]),
        ("Raids by the Observatory for Elsewhere, it says, killed six people.", [""]),
        ("Samir al-Sample, it says, saw that a raid killed six people.", [""]),
        ("قال الدفاع المدني إن غارة قتلت ستة أشخاص", ["syria-civil-defence"]),
        ("قتل ستة أشخاص في غارة بحسب المرصد السوري", ["sohr"]),
    ],
)
def test_speakers_are_who_says_it(reader: Reader, text: str, speakers: list[str]) -> None:
    (attack,) = read(reader, text).attacks
    killed = list(attack.of(Aspect.KILLED))
    assert [each.speaker or each.voice for each in killed] == speakers


def test_denial_is_of_whom_the_speaker_speaks_for(reader: Reader) -> None:
    text = "Air strikes hit Kafranbel on Monday. The Russian defence ministry denied any role in the attack."
    (attack,) = read(reader, text).attacks
    (denial,) = [each for each in attack.of(Aspect.ACTOR) if each.stance is Stance.DENIES]
    assert (denial.value, denial.speaker) == ("russian-armed-forces", "russian-defence-ministry")


def test_attacks_are_told_apart_by_place_and_the_past_stands_last(reader: Reader) -> None:
    text = (
        "In March an air strike on the town of Saraqib killed nine people. "
        "Air strikes on Kafranbel on Monday killed four people. Two children were among the dead. "
        "On Tuesday shells fell on the city of Raqqa, killing three."
    )
    attacks = read(reader, text).attacks
    assert [attack.letter for attack in attacks] == ["A", "B", "C"]
    assert [values(attack, Aspect.PLACE) for attack in attacks] == [
        [Where("C4068")],
        [Where("C5710")],
        [Where("C3916")],
    ]
    assert values(attacks[0], Aspect.KILLED) == [Count(4, 4, Group.PEOPLE), Count(2, 2, Group.CHILDREN)]


def test_totals_of_a_period_are_not_of_the_attack(reader: Reader) -> None:
    text = "A raid on Kafranbel killed four people. Since the war began 3,000 people were killed in the town."
    (attack,) = read(reader, text).attacks
    assert values(attack, Aspect.KILLED) == [Count(4, 4, Group.PEOPLE)]


def test_day_of_a_statement_is_offered_where_the_attack_has_none(reader: Reader) -> None:
    text = "A raid on Kafranbel killed four people, the Observatory said on Tuesday."
    (attack,) = read(reader, text).attacks
    (day,) = attack.of(Aspect.OCCURRED)
    assert isinstance(day.value, When)
    assert (day.value.date.edtf, day.rule, day.is_certain) == ("2016-05-31", "date_of_statement", False)


HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            [
                *["killed", "12", "one", "hundred", "and", "air", "strikes", "on", "Kafranbel", "Monday", "said"],
                *["Russian", "or", "either", "hospital", ",", ".", "\n", "including", "a", "woman", "May", "2016"],
                *[
                    "قتل",
                    "طفلين",
                    "وأصيب",
                    "غارة",
                    "على",
                    "كفر",
                    "نبل",
                    "مستشفى",
                    "بينهم",
                    "\u200f",
                    "\u0301",
                    "(",
                    "1.5",
                    "❶",
                    "፩",
                    "01-01-0001",
                ],
            ]
        ),
    ),
    max_size=60,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(text=HOSTILE)
def test_any_text_is_read_the_same_way_twice_and_spans_lie_in_it(reader: Reader, text: str) -> None:
    found = read(reader, text)
    assert found == read(reader, text)
    for attack in found.attacks:
        for each in attack.suggestions:
            assert 0 <= each.start < each.end <= len(text)
            assert text[each.start : each.end].strip()
            assert each.rule in RULES


@pytest.mark.parametrize(
    "text",
    ["a" * 5_000_000, "killed 1 and Monday " * 250_000, "قتل طفلين و" * 400_000],
)
def test_five_megabytes_in_one_line_are_read_in_bounded_time(reader: Reader, text: str) -> None:
    read(reader, text)


@pytest.mark.parametrize("numeral", ["❶", "➀", "⓵", "፩", "²"])
def test_signs_that_are_digits_but_no_numbers_are_read_over(reader: Reader, numeral: str) -> None:
    text = f"Shells killed {numeral} children and {numeral} men in Kafranbel on {numeral} May, Ahmad {numeral} said."
    (attack,) = read(reader, text).attacks
    assert values(attack, Aspect.PLACE)


def test_first_day_of_the_calendar_has_none_before_it(reader: Reader) -> None:
    text = "Shells killed two men in Kafranbel today."
    (attack,) = reader.read(Report(text=text, published=date.min)).attacks
    assert values(attack, Aspect.OCCURRED)


def test_every_rule_is_explained_in_a_sentence() -> None:
    assert all(sentence.endswith(".") for sentence in RULES.values())


def test_a_region_in_one_governorate_stands_for_it_and_one_in_several_for_none(reader: Reader) -> None:
    one = read(reader, "Air strikes killed 12 people in Jabal al-Zawiya on Monday.").attacks[0]
    several = read(reader, "Air strikes killed 12 people in the Syrian desert on Monday.").attacks[0]

    (place,) = one.of(Aspect.PLACE)
    assert (place.value, place.rule, place.is_certain) == (Where("SY07"), "place_of_region", False)
    assert one.places == ("SY07",)
    assert list(several.of(Aspect.PLACE)) == []


def test_a_town_in_the_region_is_told_instead_of_its_governorate(reader: Reader) -> None:
    attack = read(reader, "Air strikes on Kafranbel in Jabal al-Zawiya killed 12 people on Monday.").attacks[0]

    assert values(attack, Aspect.PLACE) == [Where("C4068")]
