"""Sentences of our own making; none tells of a real attack."""

import pytest

from incidents.assessment import Count
from incidents.suggesting.counts import find_counts
from incidents.suggesting.wording import read_sentences
from incidents.terms import Aspect, Group

KILLED, INJURED = Aspect.KILLED, Aspect.INJURED
PEOPLE, CIVILIANS, CHILDREN, WOMEN, FIGHTERS = (
    Group.PEOPLE,
    Group.CIVILIANS,
    Group.CHILDREN,
    Group.WOMEN,
    Group.FIGHTERS,
)


def counts(text: str) -> list[tuple[Aspect, int | None, int | None, Group, str]]:
    found = [(sentence, each) for sentence in read_sentences(text) for each in find_counts(sentence)]
    values = [
        (each.aspect, each.value, sentence.exact(each.first, each.last))
        for sentence, each in found
        if isinstance(each.value, Count)
    ]
    return [(aspect, value.low, value.high, Group(value.group), words) for aspect, value, words in values]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed 12 people.", [(KILLED, 12, 12, PEOPLE, "12 people")]),
        ("At least nine civilians were killed.", [(KILLED, 9, None, CIVILIANS, "At least nine civilians")]),
        ("More than 60 died.", [(KILLED, 60, None, PEOPLE, "More than 60")]),
        ("It killed nearly 200 civilians.", [(KILLED, None, 200, CIVILIANS, "nearly 200 civilians")]),
        ("Up to 30 people were wounded.", [(INJURED, None, 30, PEOPLE, "Up to 30 people")]),
        (
            "Ten people were killed and 25 injured.",
            [(KILLED, 10, 10, PEOPLE, "Ten people"), (INJURED, 25, 25, PEOPLE, "25 injured")],
        ),
        (
            "Shells killed four civilians, wounding 10 others.",
            [(KILLED, 4, 4, CIVILIANS, "four civilians"), (INJURED, 10, 10, PEOPLE, "10 others")],
        ),
        (
            "Eight people, including two women and three children, were killed.",
            [
                (KILLED, 8, 8, PEOPLE, "Eight people"),
                (KILLED, 2, 2, WOMEN, "two women"),
                (KILLED, 3, 3, CHILDREN, "three children"),
            ],
        ),
        (
            "Five children were among the 21 people killed.",
            [(KILLED, 5, 5, CHILDREN, "Five children"), (KILLED, 21, 21, PEOPLE, "21 people")],
        ),
        (
            "The shell killed a woman and her two children.",
            [
                (KILLED, 1, 1, WOMEN, "a woman"),
                (KILLED, 2, 2, CHILDREN, "two children"),
                (KILLED, 3, 3, PEOPLE, "a woman and her two children"),
            ],
        ),
        ("The death toll rose to 44.", [(KILLED, 44, 44, PEOPLE, "44")]),
        ("The blast claimed the lives of 7 soldiers.", [(KILLED, 7, 7, FIGHTERS, "7 soldiers")]),
        ("Three members of a militia were killed.", [(KILLED, 3, 3, FIGHTERS, "Three members")]),
        ("They ambushed a group of gunmen, killing 15.", [(KILLED, 15, 15, FIGHTERS, "15")]),
        ("Dozens were injured.", [(INJURED, 12, None, PEOPLE, "Dozens")]),
        ("قُتل 23 شخصًا وأصيب 40 آخرون", [(KILLED, 23, 23, PEOPLE, "23 شخصًا"), (INJURED, 40, 40, PEOPLE, "40 آخرون")]),
        (
            "استشهد ما لا يقل عن خمسة عشر مدنيًا بينهم ثلاثة أطفال",
            [
                (KILLED, 15, None, CIVILIANS, "ما لا يقل عن خمسة عشر مدنيًا"),
                (KILLED, 3, 3, CHILDREN, "ثلاثة أطفال"),
            ],
        ),
        (
            "مقتل طفلين وامرأة",
            [
                (KILLED, 2, 2, CHILDREN, "طفلين"),
                (KILLED, 1, 1, WOMEN, "وامرأة"),
                (KILLED, 3, 3, PEOPLE, "طفلين وامرأة"),
            ],
        ),
    ],
)
def test_counts_are_read(text: str, expected: list[tuple[Aspect, int | None, int | None, Group, str]]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A 5-year-old boy waited 12 kilometres away.",
        "The planes made 14 sorties.",
        "About 20 people were killed or wounded.",
        "No one was killed.",
        "The war has killed 500,000 people.",
        "Many have fled.",
        "نُقل المصابين إلى المشفى",
        "The market opened at 7.30 on 14 May 2016.",
    ],
)
def test_numbers_that_count_no_victims_are_passed_over(text: str) -> None:
    assert counts(text) == []
