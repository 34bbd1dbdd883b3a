"""“A or B”: what follows of actors of whom one did it, and the columns that lists read, against a plain reading."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from incidents.assessment import ClaimView, OneOf, Vocabulary, assess
from incidents.curation.published_rows import actor_keys
from incidents.presentation.fact_sections import together
from incidents.record.flat import in_words, one_of_columns

NAMES = ("a", "b", "c", "d", "e")


@st.composite
def trees(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Actors with all above them, the topmost first; each may be part of one before it."""
    above: dict[str, tuple[str, ...]] = {}
    for index, name in enumerate(NAMES):
        parent = draw(st.sampled_from([None, *NAMES[:index]]))
        above[name] = (*above[parent], parent) if parent else ()
    return above


@st.composite
def claims(draw: st.DrawFn) -> list[ClaimView]:
    made = []
    for pk in range(draw(st.integers(0, 6))):
        several = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
        value: Any = several[0] if len(several) == 1 else OneOf(tuple(sorted(several)))
        stance = draw(st.sampled_from(["asserts", "asserts", "denies", "disputes"])) if len(several) == 1 else "asserts"
        rank = draw(st.sampled_from(["normal", "normal", "preferred", "deprecated"]))
        made.append(ClaimView(id=pk, aspect="actor", value=value, stance=stance, rank=rank, passage=f"p{pk}"))
    return made


def content_of(views: Sequence[ClaimView], above: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The parts of a record that speak of actors."""
    facts = assess(views, Vocabulary(actor_ancestors=above)).actors
    return {
        "actors": [
            {"slug": one.value, "asserted": one.is_asserted, "disputed": one.is_disputed} for one in facts.items
        ],
        "actors_one_of": [
            {"actors": [{"slug": slug, "disputed": slug in one.disputed} for slug in one.actors]}
            for one in facts.one_of
        ],
    }


def counting(views: Sequence[ClaimView]) -> list[ClaimView]:
    """The assertions that count, read from the rules as the method page prints them."""
    asserted = [view for view in views if view.stance == "asserts" and view.rank != "deprecated"]
    if preferred := [view for view in asserted if view.rank == "preferred"]:
        return preferred
    refuted = {view.value for view in views if view.stance == "denies" and view.rank == "preferred"}
    return [view for view in asserted if not set(named(view)) <= refuted]


def named(view: ClaimView) -> tuple[str, ...]:
    return view.value.actors if isinstance(view.value, OneOf) else (str(view.value),)


@given(trees(), claims())
def test_columns_are_those_of_a_plain_reading(above: dict[str, tuple[str, ...]], views: list[ClaimView]) -> None:
    ids = {name: index for index, name in enumerate(NAMES)}
    branch = {name: [ids[one] for one in (*above[name], name)] for name in NAMES}

    found = actor_keys(content_of(views, above), branch)

    certain: set[int] = set()
    possible: set[int] = set()
    for view in counting(views):
        branches = [set(branch[name]) for name in named(view)]
        certain |= set.intersection(*branches)
        possible |= set.union(*branches)
    assert set(found["actor_ids"]) == certain
    assert set(found["actor_possible_ids"]) == possible - certain
    assert not set(found["actor_disputed_ids"]) & set(found["actor_possible_disputed_ids"])
    assert set(found["actor_disputed_ids"]) <= certain
    assert set(found["actor_possible_disputed_ids"]) <= certain | possible
    together_at_most = max((len(named(view)) for view in counting(views)), default=0)
    assert found["most_alternatives"] == (together_at_most if together_at_most > 1 else 0)
    for values in (found["actor_ids"], found["actor_possible_ids"], found["actor_possible_disputed_ids"]):
        assert len(values) == len(set(values))


@given(trees(), claims())
def test_order_of_claims_does_not_matter(above: dict[str, tuple[str, ...]], views: list[ClaimView]) -> None:
    one, other = (assess(order, Vocabulary(actor_ancestors=above)).actors for order in (views, views[::-1]))

    assert one.is_contested == other.is_contested
    assert {fact.actors: set(fact.claims) for fact in one.one_of} == {
        fact.actors: set(fact.claims) for fact in other.one_of
    }


def test_words_and_columns_of_records() -> None:
    actors = [
        {"slug": "a", "name_en": "A", "name_ar": "ألف"},
        {"slug": "b", "name_en": "B", "name_ar": ""},
        {"slug": "c", "name_en": "", "name_ar": "جيم"},
    ]

    assert in_words(actors) == ("A, B or جيم", "ألف أو B أو جيم")
    assert in_words(actors[:2]) == ("A or B", "ألف أو B")
    assert together(actors) == "a | b | c"
    record = {"actors": [{"slug": "b", "asserted": True}], "actors_one_of": [{"actors": actors}]}
    assert one_of_columns(record)["actors_possible"] == ["a", "c"]
    assert one_of_columns({"actors": []})["actors_possible"] == []
