import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.published import read_date, read_dateline

DATELINES = [
    ("14 March, 2018", "2018-03-14"),
    ("01 May, 2018", "2018-05-01"),
    ("March 14, 2018", "2018-03-14"),
    ("Mar. 14 2018", "2018-03-14"),
    ("14th Sept 2018", "2018-09-14"),
    ("Wednesday, 14 March 2018", "2018-03-14"),
    ("Wed 14 Mar 2018 10:05 GMT", "2018-03-14"),
    ("Published: March 14, 2018, 3:44 PM", "2018-03-14"),
    ("Posted on 14-Mar-2018", "2018-03-14"),
    ("2018-03-14", "2018-03-14"),
    ("2018/3/14", "2018-03-14"),
    ("14/03/2018", "2018-03-14"),
    ("03/14/2018", "2018-03-14"),
    ("04.04.2018", "2018-04-04"),
    ("14 آذار 2018", "2018-03-14"),
    ("١٤ آذار ٢٠١٨", "2018-03-14"),
    ("14 مارس 2018", "2018-03-14"),
    ("الأربعاء، 14 آذار/مارس 2018", "2018-03-14"),
    ("14 تشرين الثاني 2018", "2018-11-14"),
    ("14 كانون الأول (ديسمبر) 2018", "2018-12-14"),
    ("14 أيلول\\سبتمبر 2018", "2018-09-14"),
    ("نُشر في: 14 نيسان 2018 - 14:30", "2018-04-14"),
    ("1 آب 2018", "2018-08-01"),
    ("10:05 GMT, 14 March 2018", "2018-03-14"),
    ("14 March 2018 | 10:05 EEST+3", "2018-03-14"),
]
NO_DATELINES = [
    "",
    "3 min read",
    "The mill on 14 March 2018 [Our photographer]",
    "Shells fell on 14 March 2018.",
    "Date: 14 March 2018",  # in reports the day of the attack stands so
    "- Date: 14/03/2018",
    "Updated 14 March 2018",
    "March 2018",
    "14 March 2018 10:05 here",
    "2018",
    "03/04/2018",  # two days it could be
    "31 February 2018",
    "14 آذار/نيسان 2018",  # two months
    "14 March 2018 " + "x" * 200,
]
VALUES = [
    ("2018-03-14T23:59:59.055Z", "2018-03-14"),
    ("2018-03-14 10:00:00+02:00", "2018-03-14"),
    ("20180314", "2018-03-14"),
    ("2018-03", "2018-03"),
    ("2018", "2018"),
    ("March 2018", "2018-03"),
    ("آذار 2018", "2018-03"),
    ("2018-03-14~", "2018-03-14~"),
    ("2018?", "2018?"),
    ("2018-03-XX", "2018-03-XX"),
    ("2018-13", ""),
    ("2018-02-30", ""),
    ("yesterday", ""),
    ("4/5/17", ""),
    ("²0²18", ""),
]


@pytest.mark.parametrize(("line", "day"), DATELINES)
def test_read_dateline_pair(line, day):
    assert read_dateline(line) == day


@pytest.mark.parametrize("line", NO_DATELINES)
def test_read_dateline_refuses(line):
    assert read_dateline(line) == ""


@pytest.mark.parametrize(("value", "day"), VALUES + DATELINES)
def test_read_date_pair(value, day):
    assert read_date(value) == day


def test_read_date_with_a_format():
    assert read_date("4/5/17", "%m/%d/%y") == "2017-04-05"


def test_read_date_with_a_format_that_does_not_fit_reads_other_forms():
    assert read_date("5 April 2017", "%m/%d/%y") == "2017-04-05"


@given(st.dates())
def test_read_date_iso_is_itself(day):
    assert read_date(day.isoformat()) == day.isoformat()


@given(st.text(alphabet="0123456789 /-.,:TZ?~%Xمarch\u200f٣", max_size=30))
def test_read_date_any_text_answers(text):
    assert read_date(text) == read_date(read_date(text)) or read_date(text) == ""
