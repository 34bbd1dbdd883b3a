from datetime import date

import pytest

from incidents.suggesting.days import dateline, find_days
from incidents.suggesting.wording import read_sentences

PUBLISHED = date(2016, 6, 1)  # a Wednesday


def days(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str, str]]:
    return [
        (sentence.exact(day.first, day.last), day.when.edtf, day.part_of_day)
        for sentence in read_sentences(text)
        for day in find_days(sentence, published)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jets struck on Monday.", [("on Monday", "2016-05-30", "")]),
        ("Overnight raids Monday hit the town.", [("Overnight raids Monday", "2016-05-30/2016-05-31", "night")]),
        ("It was hit on Tuesday night.", [("on Tuesday night", "2016-05-31", "night")]),
        ("A shell fell yesterday evening.", [("yesterday evening", "2016-05-31", "evening")]),
        ("Raids in late April killed four.", [("in late April", "2016-04-21/2016-04-30", "")]),
        ("Raids on 30 and 31 May hit it.", [("on 30 and 31 May", "2016-05-30/2016-05-31", "")]),
        ("It fell on 12 March 2015.", [("on 12 March 2015", "2015-03-12", "")]),
        ("It may march on.", []),
        ("قصفت الطائرات البلدة مساء الثلاثاء", [("مساء الثلاثاء", "2016-05-31", "evening")]),
        ("في 12 آذار/مارس 2015 سقطت قذيفة", [("في 12 آذار/مارس 2015", "2015-03-12", "")]),
        ("في 5 تشرين الثاني 2015 سقطت قذيفة", [("في 5 تشرين الثاني 2015", "2015-11-05", "")]),
        ("سقطت قذيفة أواخر نيسان", [("أواخر نيسان", "2016-04-21/2016-04-30", "")]),
    ],
)
def test_dates_are_read_from_the_day_of_publication(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert days(text) == expected


def test_days_without_a_year_are_not_read_without_publication() -> None:
    assert days("Jets struck on Monday, as on 12 March 2015.", None) == [("on 12 March 2015", "2015-03-12", "")]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Date of publication 26 October 2016 A test of ours.", "2016-10-26"),
        ("Last updated at Jul 282016 A test of ours.", "2016-07-28"),
        ("18.04.2017(updated 1140) A test of ours.", "2017-04-18"),
        ("On 21 August 2013 a rocket fell.", None),
        ("01-01-0001 A test of ours.", None),
        ("A test of ours.", None),
    ],
)
def test_dateline_is_the_date_that_a_report_prints_at_its_head(text: str, printed: str | None) -> None:
    found = dateline(read_sentences(text))
    assert (found[1].when.edtf if found else None) == printed


def test_of_a_list_of_dates_the_first_few_are_read() -> None:
    assert 0 < len(days("Raids: " + "; ".join(f"on {day} March 2015" for day in range(1, 29)))) <= 12
