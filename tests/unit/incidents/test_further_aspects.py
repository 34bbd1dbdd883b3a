"""What became of buildings, what else happened to people, and how many strikes: assessed and told."""

import pytest
from django.utils import translation

from incidents.assessment import ClaimView, Count, Harm, assess, missing
from incidents.presentation import fact_wording
from incidents.record.titles import Label, Labels, make_title
from incidents.terms import DEEDS, FURTHER, HAPPENED, Aspect, Damage

COUNTER = iter(range(1, 1000))


def claim(aspect, value, **more):
    return ClaimView(id=next(COUNTER), aspect=aspect, value=value, passage="p", **more)


def harm(damage, facility="", **more):
    return claim(Aspect.DAMAGE, Harm(Damage(damage), facility), **more)


def test_damage_shows_every_degree_of_each_facility_the_worst_first():
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
def test_damage_is_contested_where_both_cannot_be_right(one, other, is_contested):
    of_one_facility = assess([harm(one, "a"), harm(other, "a")])
    of_two = assess([harm(one, "a"), harm(other, "b")])

    assert {fact.is_contested for fact in of_one_facility.damage} == {is_contested}
    assert {fact.is_contested for fact in of_two.damage} == {False}


def test_damage_preferred_decides_for_its_facility_alone():
    preferred, other, elsewhere = harm("damaged", "a", rank="preferred"), harm("destroyed", "a"), harm("damaged", "b")
    facts = assess([preferred, other, elsewhere])

    assert [(fact.facility, fact.damage, fact.is_asserted) for fact in facts.damage] == [
        ("a", "destroyed", False),
        ("a", "damaged", True),
        ("b", "damaged", True),
    ]


@pytest.mark.parametrize("aspect", HAPPENED)
def test_happened_is_a_fact_without_a_number_and_refuted_whatever_the_number(aspect):
    said = claim(aspect, Count(3, 3, ""))
    plain = assess([claim(aspect, Count(None, None, ""))]).counts[aspect]
    denied = assess([said, claim(aspect, Count(None, None, ""), stance="denies", rank="preferred")]).counts[aspect]

    assert plain.items[0].claims
    assert not plain.items[0].is_known
    assert denied.items[0].claims == ()
    assert denied.items[0].alternatives == (said.id,)


def test_strikes_are_one_range_and_its_headline():
    counts = assess([claim("strikes", Count(2, 3, "")), claim("strikes", Count(5, 5, ""))]).counts["strikes"]

    assert (counts.headline.low, counts.headline.high, counts.headline.is_contested) == (2, 5, True)


@pytest.mark.parametrize("aspect", [*FURTHER, "damage"])
def test_further_aspect_is_enough_to_say_what_happened(aspect):
    value = Harm(Damage.DAMAGED) if aspect == "damage" else Count(1, 1, "")

    assert "what" not in {one.key for one in missing([claim(aspect, value)])}


@pytest.mark.parametrize(
    ("aspect", "english", "arabic"),
    [
        ("abducted", "Abduction at River Clinic", "اختطاف في عيادة النهر"),
        ("detained", "Detention at River Clinic", "احتجاز في عيادة النهر"),
        ("looted", "Looting of River Clinic", "نهب عيادة النهر"),
        ("obstructed", "Obstruction of River Clinic", "عرقلة عمل عيادة النهر"),
        ("threatened", "Threats against River Clinic", "تهديدات ضد عيادة النهر"),
    ],
)
def test_title_names_the_one_thing_that_was_done(aspect, english, arabic):
    labels = Labels(facilities={"a": Label("River Clinic", "عيادة النهر")})
    said = [claim("facility", "a"), claim(aspect, Count(2, 2, "people" if aspect in DEEDS[:2] else ""))]

    title = make_title(assess(said), labels)
    with_killed = make_title(assess([*said, claim("killed", Count(1, 1))]), labels)

    assert (title.en, title.ar) == (english, arabic)
    assert with_killed.en == "Attack on River Clinic"


@pytest.mark.parametrize(
    ("said", "english", "arabic"),
    [
        (("strikes", 1, 1, ""), "1 strike", "ضربة واحدة"),
        (("strikes", 2, 2, ""), "2 strikes", "ضربتان"),
        (("strikes", 4, None, ""), "at least 4 strikes", "4 ضربات على الأقل"),
        (("strikes", None, 12, ""), "up to 12 strikes", "12 ضربة على الأكثر"),
        (("looted", None, None, ""), "reported", "ورد ذلك"),
        (("threatened", 3, 3, ""), "3 times", "3 مرات"),
        (("displaced", 300, 500, "civilians"), "300–500 civilians", "من 300 إلى 500 مدني"),
    ],
)
def test_numbers_in_words(said, english, arabic):
    with translation.override("en"):
        assert fact_wording.numbered(*said) == english
    with translation.override("ar"):
        assert fact_wording.numbered(*said) == arabic
