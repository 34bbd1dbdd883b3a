"""Three-way comparison of a form's fields."""

from hypothesis import given
from hypothesis import strategies as st

from archive.admin.conflicts import sort_fields

NAMES = ["a", "b", "c"]
values = st.fixed_dictionaries({name: st.sampled_from(["", "x", "y", "z"]) for name in NAMES})


@given(before=values, now=values, mine=values)
def test_sort_fields_each_difference_once_and_only_true_ones(before, now, mine) -> None:
    clashes, taken, kept = sort_fields(NAMES, before=before, shown={}, now=now, mine=mine)

    assert len({*clashes, *taken, *kept}) == len(clashes) + len(taken) + len(kept)
    for name in NAMES:
        differs = mine[name] != now[name]
        assert (name in clashes) == (differs and mine[name] != before[name] and now[name] != before[name])
        assert (name in taken) == (differs and mine[name] == before[name])
        assert (name in kept) == (differs and now[name] == before[name])


@given(now=values, mine=values)
def test_sort_fields_all_differences_clash_where_the_beginning_is_not_known(now, mine) -> None:
    clashes, taken, kept = sort_fields(NAMES, before={}, shown={}, now=now, mine=mine)

    assert clashes == [name for name in NAMES if mine[name] != now[name]]
    assert taken == kept == []


@given(before=values, shown=values, now=values)
def test_sort_fields_what_was_taken_over_is_nobodys_own(before, shown, now) -> None:
    clashes, _, kept = sort_fields(NAMES, before=before, shown=shown, now=now, mine=shown)

    assert clashes == kept == []
