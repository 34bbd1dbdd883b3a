"""The numbers of the box of facts: each with who gives it, parts below their whole, and what excludes what."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from incidents.presentation import casualties, fact_sections, voices
from incidents.presentation.casualties import lines, notes

HERALD = {"slug": "herald", "name_en": "Herald", "name_ar": "هيرالد"}
GAZETTE = {"slug": "gazette", "name_en": "Gazette", "name_ar": "غازيت"}
ARTICLES = {"a1": {"source": HERALD, "title": "T"}, "a2": {"source": GAZETTE, "title": "U"}}
WARDENS = {"slug": "wardens", "name_en": "the wardens", "name_ar": "الحراس"}


def said(
    low: int | None, high: int | None, group: str, article: str | None = "a1", speaker: dict | None = None
) -> dict[str, Any]:
    return {
        "aspect": "killed",
        "value": {"low": low, "high": high, "group": group},
        "stance": "asserts",
        "rank": "normal",
        "speaker": speaker,
        "article": article,
        "passage": None,
    }


def content_of(*claims: dict[str, Any], scope: str = "attack") -> dict[str, Any]:
    numbered = [{"id": f"c{number}", **claim} for number, claim in enumerate(claims)]
    groups = dict.fromkeys(claim["value"].get("group") for claim in numbered if claim["aspect"] == "killed")
    of_groups = [
        {"group": group, "low": None, "high": None, "best": None, "contested": False,
         "claims": [claim["id"] for claim in numbered if claim["value"].get("group") == group]}
        for group in groups
    ]  # fmt: skip
    return {
        "scope": scope,
        "claims": numbered,
        "articles": ARTICLES,
        "passages": {},
        "killed": {"groups": of_groups, "low": None, "high": None} if of_groups else None,
    }


def printed(*claims: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    made = lines(content_of(*claims), "killed")
    return [(line.counted, line.said_by, [part.counted for part in line.parts]) for line in made]


def test_part_of_the_same_voice_stands_below_the_whole() -> None:
    assert printed(said(23, 23, "people"), said(7, 7, "children")) == [
        ("23 people", "according to Herald", ["7 children"])
    ]


def test_part_of_another_voice_stands_alone_with_its_own() -> None:
    assert printed(said(23, 23, "people"), said(60, None, "civilians", "a2", WARDENS)) == [
        ("23 people", "according to Herald", []),
        ("at least 60 civilians", "according to the wardens", []),
    ]


def test_part_that_a_second_report_repeats_stays_below_the_whole() -> None:
    whole, part = said(23, 23, "people", speaker=WARDENS), said(7, 7, "children", speaker=WARDENS)
    again = said(7, 7, "children", "a2", WARDENS)

    for claims in ([whole, part, again], [whole, again, part], [again, whole, part]):
        assert printed(*claims) == [("23 people", "according to the wardens", ["7 children"])]


def test_others_who_give_the_part_alone_keep_a_line_of_their_own() -> None:
    assert printed(said(23, 23, "people"), said(7, 7, "children"), said(7, 7, "children", "a2")) == [
        ("23 people", "according to Herald", ["7 children"]),
        ("7 children", "according to Gazette", []),
    ]


def test_part_that_is_larger_than_the_whole_is_none() -> None:
    assert printed(said(3, 3, "people"), said(7, 7, "children")) == [
        ("3 people", "according to Herald", []),
        ("7 children", "according to Herald", []),
    ]


def test_number_that_two_give_is_printed_once() -> None:
    assert printed(said(4, 4, "people"), said(4, 4, "people", "a2")) == [
        ("4 people", "according to Herald and Gazette", [])
    ]


def test_judgement_goes_by_the_editors() -> None:
    assert printed(said(4, 4, "people", None)) == [("4 people", "according to the editors’ judgement", [])]


@pytest.mark.parametrize(
    ("claims", "is_said"),
    [
        ([said(4, 4, "people"), said(5, 5, "people", "a2")], True),
        ([said(4, None, "people"), said(5, 5, "people", "a2")], False),
        ([said(23, 23, "people"), said(7, 7, "children", "a2")], False),
        ([said(23, 23, "people"), said(60, None, "civilians", "a2")], True),
        ([said(60, None, "civilians", "a2"), said(23, 23, "people")], True),
        ([said(4, 4, "women"), said(5, 5, "children", "a2")], False),
    ],
)
def test_reports_differ_only_where_numbers_exclude_each_other(claims: list[dict], is_said: bool) -> None:
    assert any("Reports differ" in note for note in notes(content_of(*claims), "killed")) is is_said


def test_report_that_contradicts_itself_is_named() -> None:
    told = list(notes(content_of(said(4, 4, "people"), said(5, 5, "people")), "killed"))

    assert told == ["One report contradicts itself on this (Herald); what it says stands in the evidence."]


def test_report_that_contradicts_itself_is_named_though_editors_prefer_one_number() -> None:
    content = content_of({**said(12, 12, "people"), "rank": "preferred"}, said(2, 2, "people"))
    content["killed"]["groups"][0]["claims"] = ["c0"]  # as the rules decide

    (note,) = notes(content, "killed")

    assert note.startswith("One report contradicts itself on this (Herald)")
    content["claims"][1]["rank"] = "deprecated"
    assert list(notes(content, "killed")) == []


def actor(slug: str, passage: str, article: str = "a1", **rest: Any) -> dict[str, Any]:
    claim = {"aspect": "actor", "value": {"slug": slug}, "stance": "asserts", "rank": "normal", "speaker": None}
    return {**claim, "article": article, "passage": passage, **rest}


@pytest.mark.parametrize(
    ("claims", "is_said"),
    [
        ([actor("north", "p1"), actor("south", "p2")], True),
        ([actor("north", "p1"), actor("south", "p1")], False),  # named together
        ([actor("north", "p1"), actor("south", "p2", "a2")], False),
        ([actor("north", "p1"), actor("south", "p2", speaker=WARDENS)], False),
        ([actor("north", "p1"), actor("unknown", "p2")], False),
        ([actor("north", "p1"), actor("south", "p2", stance="denies")], False),
        ([actor("north", "p1"), actor("south", "p2", rank="deprecated")], False),
    ],
)
def test_report_that_names_other_actors_elsewhere_is_named(claims: list[dict], is_said: bool) -> None:
    assert bool(voices.actors_apart(content_of(*claims))) is is_said


def test_reports_of_one_outlet_are_told_once() -> None:
    content = content_of(
        actor("north", "p1"), actor("south", "p2"), actor("north", "p3", "a3"), actor("south", "p4", "a3")
    )
    content["articles"] = {**ARTICLES, "a3": {"source": HERALD, "title": "V"}}

    assert len(voices.actors_apart(content)) == 1


def test_nothing_reported_of_an_attack_is_said_and_not_of_a_tally() -> None:
    assert [(section.aspect, section.items) for section in fact_sections.sections(content_of())] == [
        ("killed", []),
        ("injured", []),
    ]
    assert fact_sections.sections(content_of(scope="tally")) == []


CLAIMS = st.builds(
    lambda low, more, group, article, speaker: said(low, None if more is None else low + more, group, article, speaker),
    st.integers(0, 90),
    st.none() | st.integers(0, 9),
    st.sampled_from(["people", "civilians", "children", "women", "fighters"]),
    st.sampled_from(["a1", "a2", None]),
    st.sampled_from([None, WARDENS]),
)


@given(st.lists(CLAIMS, max_size=8), st.sampled_from(["en", "ar"]))
def test_every_number_is_printed_once_with_who_gives_it(claims: list[dict], language: str) -> None:
    content = content_of(*claims)
    with translation.override(language):
        pending, found = lines(content, "killed"), []
        while pending:
            line = pending.pop()
            found.append(line)
            pending += line.parts
            for part in line.parts:
                assert casualties.largest(part) <= casualties.largest(line)
            assert line.said_by
            assert line.counted

    assert sorted(claim["id"] for line in found for claim in line.claims) == sorted(c["id"] for c in content["claims"])
