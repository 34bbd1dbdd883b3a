"""Reading, bounding and describing uncertain dates."""

import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import dates

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import is_valid_edtf

days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
qualifiers = st.sampled_from(["", "~", "?", "%"])


@st.composite
def singles(draw: st.DrawFn) -> str:
    day = draw(days).isoformat()
    form = draw(st.sampled_from([day, day[:7], day[:4]]))
    return form + draw(qualifiers)


@st.composite
def accepted(draw: st.DrawFn) -> str:
    """Strings of every accepted form; some intervals are reversed."""
    year = draw(st.integers(1, 9999))
    season = f"{year:04d}-{draw(st.integers(21, 24))}"
    month = f"{year:04d}-{draw(st.integers(1, 12)):02d}"
    unspecified = st.sampled_from([f"{month}-XX", f"{year:04d}-XX", f"{year:04d}-XX-XX", f"{year // 10:03d}X"])
    end = st.one_of(singles(), st.just(season))
    interval = st.one_of(st.tuples(end, end).map("/".join), end.map(lambda e: f"../{e}"), end.map(lambda e: f"{e}/.."))
    return draw(st.one_of(end, unspecified, interval))


@pytest.mark.parametrize(
    ("edtf", "lower", "upper"),
    [
        ("2016-05-18", date(2016, 5, 18), date(2016, 5, 18)),
        ("2016-05", date(2016, 5, 1), date(2016, 5, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-05-XX", date(2016, 5, 1), date(2016, 5, 31)),
        ("2016-XX", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-XX-XX", date(2016, 1, 1), date(2016, 12, 31)),
        ("201X", date(2010, 1, 1), date(2019, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        ("2016-21", date(2016, 3, 1), date(2016, 5, 31)),
        ("2016-22", date(2016, 6, 1), date(2016, 8, 31)),
        ("2016-23", date(2016, 9, 1), date(2016, 11, 30)),
        ("2015-24", date(2015, 12, 1), date(2016, 2, 29)),
        ("2016-05-18/2016-05-20", date(2016, 5, 18), date(2016, 5, 20)),
        ("2016-05/2016-06", date(2016, 5, 1), date(2016, 6, 30)),
        ("2016-05-31/2016-05", date(2016, 5, 31), date(2016, 5, 31)),
        ("../2016", None, date(2016, 12, 31)),
        ("2016-05/..", date(2016, 5, 1), None),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9998-24", date(9998, 12, 1), date(9999, 2, 28)),
        ("9999-24", date(9999, 12, 1), date(9999, 12, 31)),
        ("  2016-05-18\n", date(2016, 5, 18), date(2016, 5, 18)),
        ("٢٠١٦-٠٥-١٨", date(2016, 5, 18), date(2016, 5, 18)),
    ],
)
def test_parse_bounds(edtf, lower, upper):
    found = dates.parse(edtf)

    assert (found.lower, found.upper) == (lower, upper)


@pytest.mark.parametrize(
    ("edtf", "approximate", "uncertain"),
    [
        ("2016-05-18", False, False),
        ("2016-05-18~", True, False),
        ("2016-05-18?", False, True),
        ("2016-05-18%", True, True),
        ("2016-05-18~/2016-05-20?", True, True),
        ("2016-05-18/2016-05-20~", True, False),
    ],
)
def test_parse_qualifiers_are_flags_and_do_not_widen(edtf, approximate, uncertain):
    found = dates.parse(edtf)

    assert (found.is_approximate, found.is_uncertain) == (approximate, uncertain)
    assert found.lower == date(2016, 5, 18)
    assert found.upper in {date(2016, 5, 18), date(2016, 5, 20)}


def test_parse_takes_a_qualified_season():
    found = dates.parse("2016-21~")

    assert found == dates.UncertainDate("2016-21~", date(2016, 3, 1), date(2016, 5, 31), is_approximate=True)


def test_parse_keeps_the_normalised_text():
    assert dates.parse(" ٢٠١٦-٠٥~ ").edtf == "2016-05~"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("2016-02-30", "impossible"),
        ("2015-02-29", "impossible"),
        ("2016-13", "impossible"),
        ("2016-00-10", "impossible"),
        ("2016-25", "impossible"),
        ("0000", "year"),
        ("-0044", "year"),
        ("Y20160", "year"),
        ("20160-01", "unreadable"),
        ("2016/", "unknown_end"),
        ("/2016", "unknown_start"),
        ("../..", "no_bounds"),
        ("/", "no_bounds"),
        ("2017/2016", "reversed"),
        ("2016-06/2016-05-10", "reversed"),
        ("201X/2017", "unspecified_end"),
        ("[2016-05-18,2016-05-20]", "set"),
        ("{2016..2017}", "set"),
        ("2016-05-18T10:00:00Z", "datetime"),
        ("2016-05-18 10:00", "datetime"),
        ("2016-05-XX~", "unspecified"),
        ("2016-05-1X", "level"),
        ("2016-1X", "level"),
        ("2016-1X~", "level"),
        ("2016-X1/2016-05-1X", "level"),
        ("XXXX-12-XX", "level"),
        ("1950S2", "level"),
        ("2016-05-3S", "unreadable"),
        ("2016-1X/hello", "unreadable"),
        ("?2016-05", "level"),
        ("18.5.2016", "human"),
        ("yesterday", "unreadable"),
        ("2016-05-18/", "unknown_end"),
        ("2016/hello", "unreadable"),
        ("2016/2017/2018", "unreadable"),
        ("x" * 5000, "too_long"),
        ("\x00", "unreadable"),
        ("\ud800", "unreadable"),
    ],
)
def test_parse_refuses_with_a_code(text, code):
    with pytest.raises(dates.DateError) as refusal:
        dates.parse(text)

    assert refusal.value.code == code
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("18.5.2016", ("2016-05-18",)),
        ("18/5/2016", ("2016-05-18",)),
        ("5/18/2016", ("2016-05-18",)),
        ("5/6/2016", ("2016-06-05", "2016-05-06")),
        ("2016/05/18", ("2016-05-18",)),
        ("2016-5-8", ("2016-05-08",)),
        ("20160518", ("2016-05-18",)),
        ("May 2016", ("2016-05",)),
        ("5/2016", ("2016-05",)),
        ("18 May 2016", ("2016-05-18",)),
        ("May 18th, 2016", ("2016-05-18",)),
        ("Wednesday, 18 May 2016", ("2016-05-18",)),
        ("18–20 May 2016", ("2016-05-18/2016-05-20",)),
        ("30 May - 2 June 2016", ("2016-05-30/2016-06-02",)),
        ("2016-05-18/20", ("2016-05-18/2016-05-20",)),
        ("2016-05-18..2016-05-20", ("2016-05-18/2016-05-20",)),
        ("[2016-05-18..2016-05-20]", ("2016-05-18/2016-05-20",)),
        ("25 تشرين الثاني/نوفمبر 2019", ("2019-11-25",)),
        ("٢٥ تشرين الثاني ٢٠١٩", ("2019-11-25",)),
        ("4 نيسان / أبريل 2017", ("2017-04-04",)),
        ("about 2016", ("2016~",)),
        ("since May 2016", ("2016-05/..",)),
        ("until 18 May 2016", ("../2016-05-18",)),
        ("spring 2016", ("2016-21",)),
        ("2010s", ("201X",)),
        ("2016-05-xx", ("2016-05",)),
        ("2016/", ("2016/..",)),
        ("2017/2016", ("2016/2017",)),
        ("2016-05-18T10:00", ("2016-05-18",)),
        ("?2016-05", ("2016-05?",)),
        ("31 February 2016", ()),
    ],
)
def test_parse_suggests_what_to_write(text, suggestions):
    with pytest.raises(dates.DateError) as refusal:
        dates.parse(text)

    assert refusal.value.suggestions == suggestions
    assert all(suggestion in str(refusal.value) or refusal.value.code == "reversed" for suggestion in suggestions)


@given(accepted())
def test_parse_takes_nothing_that_the_library_refuses(edtf):
    try:
        found = dates.parse(edtf)
    except dates.DateError as refusal:
        assert refusal.code in {"reversed", "impossible", "year"}  # noqa: PT017
    else:
        assert is_valid_edtf(edtf)
        assert found.lower is None or found.upper is None or found.lower <= found.upper


@given(st.text(max_size=40) | st.text(alphabet="0123456789-/.XTY~?%[]{} mMay,", max_size=24))
def test_parse_answers_any_text_with_a_date_or_a_date_error(text):
    try:
        found = dates.parse(text)
    except dates.DateError as refusal:
        suggested = [dates.parse(suggestion) for suggestion in refusal.suggestions]
        assert all(suggested)
    else:
        assert dates.parse(found.edtf) == found


@given(days, days, st.booleans(), st.booleans())
def test_between_reads_back_with_the_same_bounds(one, other, approximate, uncertain):
    lower, upper = sorted((one, other))

    found = dates.between(lower, upper, is_approximate=approximate, is_uncertain=uncertain)

    assert (found.lower, found.upper) == (lower, upper)
    assert (found.is_approximate, found.is_uncertain) == (approximate, uncertain)
    assert dates.parse(found.edtf) == found


@pytest.mark.parametrize(
    ("lower", "upper", "edtf"),
    [
        (date(2016, 5, 18), date(2016, 5, 18), "2016-05-18"),
        (date(2016, 5, 1), date(2016, 5, 31), "2016-05"),
        (date(2016, 1, 1), date(2016, 12, 31), "2016"),
        (date(2016, 5, 1), date(2016, 6, 30), "2016-05-01/2016-06-30"),
        (None, date(2016, 5, 18), "../2016-05-18"),
        (date(2016, 5, 18), None, "2016-05-18/.."),
    ],
)
def test_between_writes_short_edtf(lower, upper, edtf):
    assert dates.between(lower, upper).edtf == edtf


def test_between_refuses_two_open_ends():
    with pytest.raises(dates.DateError):
        dates.between(None, None)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2019-11-25", date(2019, 11, 25), date(2019, 11, 25)),
        ("٢٠١٩-١١", date(2019, 11, 1), date(2019, 11, 30)),
        ("۲۰۱۹", date(2019, 1, 1), date(2019, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_parse_bound_takes_the_first_or_last_day(value, first, last):
    assert dates.parse_bound(value, end=False) == first
    assert dates.parse_bound(value, end=True) == last


@pytest.mark.parametrize(
    "value",
    [
        "",
        "19",
        "2019-1",
        "2019-13",
        "2019-02-30",
        "2019-00",
        "2019-05-00",
        "0000",
        "2019-11-25T00:00",
        "yesterday",
        "2019/11",
        "\x00",
        "9" * 9000,
    ],
)
@pytest.mark.parametrize("end", [True, False])
def test_parse_bound_refuses_and_names_what_it_takes(value, end):
    with pytest.raises(dates.DateError, match="write YYYY, YYYY-MM or YYYY-MM-DD") as refusal:
        dates.parse_bound(value, end=end)

    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("length", "name", "ucdp", "acled"),
    [
        (1, "day", 1, 1),
        (2, "days", 2, 2),
        (6, "days", 2, 2),
        (7, "week", 3, 2),
        (8, "month", 4, 3),
        (31, "month", 4, 3),
        (32, "year", 5, None),
        (366, "year", 5, None),
        (367, "longer", 5, None),
    ],
)
def test_precision_follows_the_length(length, name, ucdp, acled):
    lower = date(2016, 1, 1)
    upper = lower + timedelta(days=length - 1)

    assert dates.precision(lower, upper) == name
    assert dates.ucdp_date_prec(dates.between(lower, upper)) == ucdp
    assert dates.acled_time_precision(dates.between(lower, upper)) == acled


@pytest.mark.parametrize(
    ("edtf", "ucdp", "acled"),
    [("2016-05-18~", 2, 2), ("2016-05-18?", 2, 2), ("2016-05-17~/2016-05-18~", 2, 2), ("2016-05~", 5, None)],
)
def test_precision_codes_never_call_an_approximate_or_uncertain_date_exact(edtf, ucdp, acled):
    when = dates.parse(edtf)

    assert (dates.ucdp_date_prec(when), dates.acled_time_precision(when)) == (ucdp, acled)


def test_precision_of_an_open_end_is_longer():
    assert dates.precision(None, date(2016, 1, 1)) == "longer"
    assert dates.precision(date(2016, 1, 1), None) == "longer"
