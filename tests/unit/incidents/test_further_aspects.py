"""What became of buildings, what else happened to people, and how many strikes: assessed and told."""

import pytest
from django.utils import translation

from incidents.assessment import ClaimView, Count, Harm, assess, missing
from incidents.presentation import fact_wording
from incidents.record.titles import Label, Labels, make_title
from incidents.terms import DEEDS, FURTHER, Damage

COUNTER = iter(range(1, 1000))


def claim(aspect, value, **more):
    return ClaimView(id=next(COUNTER), aspect=aspect, value=value, passage="p", **more)


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
