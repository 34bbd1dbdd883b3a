"""What speaks for one attack, and what editors are warned of, in Arabic."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from incidents.attack_likeness import Facts, Where, compare
from incidents.reading_back import likeness, warnings
from tests.factories.said import said_by

ROOT = Path(settings.BASE_DIR)
ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")
DAY = date(2016, 5, 31)
HERE, NEAR = Where(1, "Upper", 5, (9,), 35.0, 36.0), Where(2, "Lower", 5, (9,), 35.05, 36.0)
PAIRS = (
    (Facts(days=((DAY, DAY),)), Facts(days=((DAY, DAY),))),
    (Facts(days=((DAY, DAY),)), Facts(days=((date(2016, 6, 1), date(2016, 6, 1)),))),
    (Facts(days=((DAY, DAY),)), Facts(days=((date(2016, 6, 2), date(2016, 6, 2)),))),
    (Facts(days=((DAY, DAY),)), Facts(days=((date(2017, 6, 2), date(2017, 6, 2)),))),
    (Facts(days=((DAY, DAY),)), Facts(days=((DAY, date(2016, 6, 3)),))),
    (Facts(days=((DAY, DAY),)), Facts(days=((DAY, date(2016, 9, 3)),))),
    (Facts(places=(HERE,)), Facts(places=(HERE,))),
    (Facts(places=(HERE,)), Facts(places=(NEAR,))),
    (Facts(places=(HERE,)), Facts(places=(Where(9, "Around", 2),))),
    (Facts(places=(HERE,)), Facts(places=(Where(3, "Far", 5),))),
    (Facts(facilities={1: "Old Mill"}), Facts(facilities={1: "Old Mill"})),
    (Facts(facilities={1: "Old Mill"}), Facts(facilities={2: "New Mill"})),
    (Facts(kinds={1: "mill"}), Facts(kinds={2: "well"})),
    (Facts(actors={1: "One"}), Facts(actors={2: "Other"})),
    (Facts(actors={1: "One"}), Facts(actors={2: "Other"}, parents=frozenset({1}))),
    (Facts(weapons={1: "shells"}), Facts(weapons={2: "rockets"})),
    (Facts(weapons={1: "shells"}), Facts(weapons={2: "rockets"}, weapon_parents=frozenset({1}))),
    (Facts(killed=((4, 4),)), Facts(killed=((4, 4),))),
    (Facts(killed=((4, 4),)), Facts(killed=((5, 5),))),
    (Facts(injured=((4, 4),)), Facts(injured=((40, 40),))),
    (Facts(injured=((4, 4),)), Facts(injured=((4, None),))),
)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_what_speaks_for_one_attack_is_read_back(one: Facts, other: Facts) -> None:
    reasons = compare(one, other).reasons

    assert reasons
    with translation.override("ar"):
        told = [ISOLATED.sub("", likeness.read_back(reason)) for reason in reasons]
    assert [reason for reason in told if re.search("[A-Za-z]{3}", reason)] == []


def test_every_warning_and_what_is_missing_is_read_back() -> None:
    said = [
        *said_by(ROOT / "incidents/sense/rules.py", calls=("Doubt",), keyword="message"),
        *said_by(ROOT / "incidents/assessment/requirements.py", calls=("Missing",)),
        "Claim 3 (killed) cites no passage and gives no judgement.",
    ]

    assert len(said) > 9
    assert [sentence for sentence in said if not warnings.read_back.knows(as_said(sentence))] == []


def as_said(sentence: str) -> str:
    """With what rules put together of pieces."""
    for piece, whole in (
        ("At most X", "At most 7"),
        ("at least X", "at least 7"),
        ("; X: “", "; they say no number: “"),
        ("has X wordX", "has 7 words"),
    ):
        sentence = sentence.replace(piece, whole)
    return sentence


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        (
            "Killed: 11–13 people. Its words do not say 11 or 13; they say 544: “and the same day”",
            "القتلى: 11–13 people. لا تقول كلماته 11 أو 13، بل تقول 544: «and the same day»",
        ),
        (
            "At most 5 people killed, but at least 7 health workers.",
            "القتلى: 5 على الأكثر (أشخاص)، لكن 7 على الأقل (عاملون صحيون).",
        ),
        ("The point 36.5, 35.6 is 90 km from Upper.", "النقطة 36.5, 35.6 تبعد 90 كم عن Upper."),
        (
            "The point 36.5, 35.6 is 90 km from Upper. With latitude and longitude exchanged it would be 6 km.",
            "النقطة 36.5, 35.6 تبعد 90 كم عن Upper. ولو بُدّل خط العرض بخط الطول لكانت على بعد 6 كم.",
        ),
        ("The report “A mill” has no date and no source.", "ينقص التقرير «A mill»: التاريخ والمصدر."),
        ("Old Mill is in Upper, the attack in Lower and Far.", "المنشأة Old Mill في Upper، والهجوم في Lower وFar."),
    ],
)
def test_a_warning_keeps_its_quote_and_says_the_rest_in_arabic(english: str, arabic: str) -> None:
    with translation.override("ar"):
        assert re.sub("[\u2068\u2069]", "", warnings.read_back(english)) == arabic
    with translation.override("en"):
        assert warnings.read_back(english) == english
