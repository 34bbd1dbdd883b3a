"""Events put into changes, and changes into order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from archive.history.changes import Head, in_one, in_order, state_after, with_neighbours

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_events_of_one_transaction_are_one_change() -> None:
    heads = [
        Head("claim", 1, 10, at(0), 5, context=ONE),
        Head("incident", 9, 3, at(0), 5, context=ONE),
        Head("claim", 2, 10, at(0), 5, context=TWO),
        Head("claim", 3, 10, at(1), 5, context=TWO),
    ]

    changes = in_order(heads)

    assert [sorted(head.name for head in change.heads) for change in changes] == [
        ["claim.1", "incident.9"],
        ["claim.2"],
        ["claim.3"],
    ]


def test_who_began_first_and_wrote_last_comes_last() -> None:
    waited = Head("claim", 2, 10, at(0), 5, context=ONE)
    quick = Head("claim", 1, 10, at(1), 6, context=TWO)

    assert [change.by for change in in_order([waited, quick])] == [6, 5]


def test_what_is_only_written_joins_the_change_that_it_was_a_part_of() -> None:
    changed = Head("incident", 1, 3, at(0), 5, context=ONE)
    event = Head("review", 1, 1, at(0.2), 5, is_written=True)
    another = Head("review", 2, 2, at(0.2), 6, is_written=True)
    later = Head("review", 3, 3, at(90), 5, is_written=True)
    comment = Head("comment", 1, 1, at(0.3), 5, is_written=True, is_joining=False)

    changes = in_order([changed, event, another, later, comment])

    assert [[head.name for head in change.heads] for change in changes] == [
        ["incident.1", "review.1"],
        ["review.2"],
        ["comment.1"],
        ["review.3"],
    ]


def test_a_change_is_named_by_what_left_a_state() -> None:
    tag = Head("tag", 1, 3, at(0), 5, context=ONE)
    claim = Head("claim", 2, 3, at(1), 5, context=ONE, is_state=True)

    assert [change.name for change in in_order([tag, claim])] == ["", "claim.2"]


def test_state_after_is_the_last_event_of_each_row() -> None:
    heads = [
        Head("claim", 1, 10, at(0), context=ONE),
        Head("claim", 2, 10, at(1), context=ONE),
        Head("sentence", 1, 4, at(1), context=ONE),
        Head("claim", 3, 10, at(2), context=ONE),
    ]
    changes = in_order(heads)

    found = state_after(changes, "sentence.1")

    assert found is not None
    assert {place: head.key for place, head in found.items()} == {("claim", 10): 2, ("sentence", 4): 1}
    assert state_after(changes, "claim.99") is None


def test_several_events_of_a_row_in_one_change_are_told_as_one() -> None:
    heads = with_neighbours(
        [
            Head("sentence", 1, 4, at(0), label="insert"),
            Head("sentence", 2, 4, at(1), label="update"),
            Head("sentence", 3, 4, at(1), label="update"),
            Head("sentence", 4, 5, at(1), label="insert"),
            Head("sentence", 5, 5, at(1), label="update"),
        ]
    )

    found = in_one(heads[1:])

    assert [(head.key, head.before, head.label) for head in found] == [(3, 1, "update"), (5, None, "insert")]
    assert found[0].is_last
