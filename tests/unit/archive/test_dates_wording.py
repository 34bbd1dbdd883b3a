"""Uncertain dates in words, and words of reports as dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import dates

THURSDAY = date(2019, 11, 28)


@pytest.mark.parametrize(
    ("edtf", "english", "arabic"),
    [
        ("2019-11-25", "25 November 2019", "25 تشرين الثاني/نوفمبر 2019"),
        ("2016-05-30/2016-05-31", "30–31 May 2016", "30–31 أيار/مايو 2016"),
        ("2016-05-31/2016-06-01", "31 May – 1 June 2016", "31 أيار/مايو – 1 حزيران/يونيو 2016"),
        ("2016-12-31/2017-01-01", "31 December 2016 – 1 January 2017", None),
        ("2019-11", "November 2019", "تشرين الثاني/نوفمبر 2019"),
        ("2019-11-XX", "November 2019", None),
        ("2016-21", "March–May 2016", "آذار/مارس – أيار/مايو 2016"),
        ("2016-24", "December 2016 – February 2017", None),
        ("2016", "2016", "2016"),
        ("201X", "2010–2019", "2010–2019"),
        ("../2016", "2016 or earlier", "2016 أو قبل ذلك"),
        ("../2016-05-18", "18 May 2016 or earlier", None),
        ("2016-05/..", "May 2016 or later", "أيار/مايو 2016 أو بعد ذلك"),
        ("2016-05-18~", "about 18 May 2016", "حوالي 18 أيار/مايو 2016"),
        ("2016-05?", "possibly May 2016", "ربما أيار/مايو 2016"),
        ("2016%", "possibly about 2016", "ربما حوالي 2016"),
    ],
)
def test_describe_in_both_languages(edtf, english, arabic):
    when = dates.parse(edtf)

    assert dates.describe(when, "en") == english
    assert arabic is None or dates.describe(when, "ar") == arabic


@pytest.mark.parametrize(
    ("edtf", "part_of_day", "english"),
    [
        ("2016-05-30/2016-05-31", "night", "night of 30–31 May 2016"),
        ("2016-05-30", "night", "night of 30 May 2016"),
        ("2016-05-30", "morning", "morning of 30 May 2016"),
        ("2016-05-30/2016-05-31", "morning", "30–31 May 2016"),
        ("2016-05-29/2016-05-31", "night", "29–31 May 2016"),
        ("2016-05", "night", "May 2016"),
        ("2016-05-30", "unheard-of", "30 May 2016"),
    ],
)
def test_describe_says_the_part_of_day_of_a_day(edtf, part_of_day, english):
    assert dates.describe(dates.parse(edtf), "en", part_of_day) == english


@given(st.dates(), st.dates())
def test_describe_english_of_two_days_can_be_read_again(one, other):
    when = dates.between(*sorted((one, other)))

    described = dates.describe(when)

    assert str(when.lower.year) in described
    assert str(when.upper.year) in described


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["en", "ar"]))
def test_describe_of_a_day_is_suggested_back(day, language):
    when = dates.between(day, day)

    assert dates.suggest(dates.describe(when, language)) == (when.edtf,)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on Monday", "2019-11-25"),
        ("Monday", "2019-11-25"),
        ("Monday's", "2019-11-25"),
        ("Friday", "2019-11-22"),
        ("Thursday", "2019-11-28"),
        ("earlier on Monday", "2019-11-25"),
        ("late on Monday", "2019-11-25"),
        ("Monday evening", "2019-11-25"),
        ("last Thursday", "2019-11-21?"),
        ("last Monday", "2019-11-25?"),
        ("Wednesday night", "2019-11-27"),
        ("on Wednesday Night", "2019-11-27"),
        ("overnight Monday", "2019-11-25/2019-11-26"),
        ("overnight into Wednesday", "2019-11-26/2019-11-27"),
        ("the night of Tuesday to Wednesday", "2019-11-26/2019-11-27"),
        ("yesterday", "2019-11-27"),
        ("yesterday morning", "2019-11-27"),
        ("today", "2019-11-28"),
        ("this morning", "2019-11-28"),
        ("last night", "2019-11-27/2019-11-28"),
        ("the day before yesterday", "2019-11-26"),
        ("two days ago", "2019-11-26~"),
        ("last month", "2019-10"),
        ("this month", "2019-11-01/2019-11-28"),
        ("in October", "2019-10"),
        ("in December", "2018-12"),
        ("in November", "2019-11"),
        ("28 November", "2019-11-28"),
        ("29 November", "2018-11-29"),
        ("26 April", "2019-04-26"),
        ("on December 3", "2018-12-03"),
        ("Wednesday, 27 November", "2019-11-27"),
        ("27 November 2019", "2019-11-27"),
        ("الاثنين", "2019-11-25"),
        ("يوم الإثنين", "2019-11-25"),
        ("مساء الاثنين", "2019-11-25"),
        ("فجر يوم الأربعاء", "2019-11-27"),
        ("الاثنين الماضي", "2019-11-25?"),
        ("ليل الأربعاء", "2019-11-27"),
        ("ليلة الأربعاء", "2019-11-26/2019-11-28"),
        ("ليل الثلاثاء - الأربعاء", "2019-11-26/2019-11-27"),
        ("أمس", "2019-11-27"),
        ("صباح أمس", "2019-11-27"),
        ("أول أمس", "2019-11-26"),
        ("صباح اليوم", "2019-11-28"),
        ("قبل يومين", "2019-11-26~"),
        ("قبل ثلاثة أيام", "2019-11-25~"),
        ("الشهر الماضي", "2019-10"),
        ("في 25 تشرين الثاني/نوفمبر", "2019-11-25"),
    ],
)
def test_relative_works_out_the_date(words, edtf):
    assert str(dates.relative(words, THURSDAY)) == edtf


@pytest.mark.parametrize(
    "words",
    [
        "",
        "recently",
        "next Monday",
        "since Monday",
        "until Monday",
        "before Monday",
        "Monday and Tuesday",
        "Mondays",
        "tonight",
        "tomorrow",
        "2019",
        "may",
        "5/6/2019",
        "Thursday 27 November",
        "Thursday, 27 November 2019",
        "30 February",
        "30 November 2019",
        "the night of Monday to Wednesday",
        "a shop that was hit on Monday",
        "منذ الاثنين",
        "الاثنين القادم",
    ],
)
def test_relative_is_none_when_unsure(words):
    assert dates.relative(words, THURSDAY) is None


@given(st.dates(min_value=date(2000, 1, 1)), st.sampled_from(["Monday", "الجمعة", "Sunday"]))
def test_relative_weekday_is_within_a_week_and_not_after_publication(published, word):
    found = dates.relative(word, published)

    assert published - timedelta(days=6) <= found.lower <= published


@given(st.text(max_size=60), st.dates())
def test_relative_never_fails(words, published):
    found = dates.relative(words, published)

    assert found is None or dates.parse(found.edtf) == found


def test_relative_on_the_first_day_of_time_is_none():
    assert dates.relative("yesterday", date.min) is None
