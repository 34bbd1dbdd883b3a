import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.maps.labelling import Box, Room, Wish, together, written
from incidents.maps.projection import NOMINAL_WIDTH, Frame

FRAME = Frame(0, 0, NOMINAL_WIDTH, 600)
WORDS = st.text("abcdefgh ", min_size=1, max_size=20)


def names(*wishes: Wish, size: float = 1.0, most: dict[str, int] | None = None, is_rtl: bool = False) -> list[str]:
    found = written(wishes, Room(FRAME, size), most or {}, is_rtl=is_rtl)
    return [one.wish.text for one in found if one]


def beside(text: str, x: float, y: float) -> Wish:
    return Wish(text, "mark", [(x, y)], gap=8.0)


def test_first_name_has_the_room() -> None:
    middle = [(300.0, 300.0)]

    assert names(Wish("First", "first", middle), Wish("Second", "second", middle)) == ["First"]


def test_name_takes_the_next_spot_that_is_free() -> None:
    room = Room(FRAME)
    room.take_circle(300, 300, 20)

    (one,) = written([Wish("Name", "first", [(300.0, 300.0), (300.0, 400.0)])], room, {}, is_rtl=False)

    assert one is not None
    assert (one.x, one.y, one.anchor) == (300.0, 400.0, "middle")


def test_name_stands_behind_its_mark_as_one_reads() -> None:
    for is_rtl, anchor in ((False, "start"), (True, "end")):
        (one,) = written([beside("Name", 300, 300)], Room(FRAME), {}, is_rtl=is_rtl)
        assert one is not None
        assert one.anchor == anchor


def test_name_at_the_edge_stands_on_the_other_side() -> None:
    (one,) = written([beside("A long name", 780, 300)], Room(FRAME), {}, is_rtl=False)

    assert one is not None
    assert one.anchor == "end"


def test_no_more_than_wanted_of_a_kind() -> None:
    assert names(beside("A", 100, 100), beside("B", 100, 200), most={"mark": 1}) == ["A"]


def test_larger_letters_leave_fewer_names() -> None:
    crowd = [Wish(f"Name {at}", "first", [(400.0, 100.0 + 20 * at)]) for at in range(20)]

    assert len(names(*crowd, size=1.9)) < len(names(*crowd))


def test_names_of_both_widths_are_written_once_where_they_stand_alike() -> None:
    wishes = [beside("Alike", 300, 300), beside("A long name near the edge", 520, 200)]
    wide, narrow = (written(wishes, Room(FRAME, size), {}, is_rtl=False) for size in (1.0, 1.9))

    found = [(one.wish.text[:5], one.where) for one in together(wide, narrow)]

    assert found == [("Alike", "always"), ("A lon", "wide"), ("A lon", "narrow")]


@pytest.mark.parametrize("size", [1.0, 1.9])
@given(st.lists(st.tuples(WORDS, st.floats(-50, 850), st.floats(-50, 650), st.booleans()), max_size=40))
def test_no_two_names_meet_and_none_leaves_the_map(size: float, wanted: list[tuple[str, float, float, bool]]) -> None:
    wishes = [Wish(text, "mark", [(x, y)], gap=6.0 if is_beside else None) for text, x, y, is_beside in wanted]
    room = Room(FRAME, size)

    found = [one for one in written(wishes, room, {}, is_rtl=False) if one]

    boxes = boxes_in(room)
    assert len(boxes) == len(found)
    assert not any(one.meets(other) for at, one in enumerate(boxes) for other in boxes[:at])
    assert all(box.left >= 0 and box.right <= NOMINAL_WIDTH / size and box.top >= 0 for box in boxes)


def boxes_in(room: Room) -> list[Box]:
    return list({id(box): box for cell in room.cells.values() for box in cell}.values())


def crowd(number: int) -> list[Wish]:
    """Marks closer together than their names are long."""
    return [
        Wish(f"Town of the hill {at}", "mark", [(300.0 + 14 * (at % 9), 250.0 + 14 * (at // 9))], gap=4.0,
             reach=(4.0, 4.0), instead=str(at + 1))
        for at in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize("size", [1.0, 1.9])
def test_every_mark_without_a_name_has_its_number(size: float) -> None:
    wishes = crowd(60)
    room = Room(FRAME, size, 1.5 / 1.9 if size > 1 else 1.0)
    for one in wishes:
        room.take_circle(*one.spots[0], 4.0)
    circles = {id(box) for box in boxes_in(room)}

    found = written(wishes, room, {"mark": 5}, is_rtl=False)

    assert all(one and one.text in (one.wish.text, one.wish.instead) for one in found)
    assert sum(not one.is_instead for one in found if one) <= 5
    assert any(one.is_led for one in found if one)
    letters = [box for box in boxes_in(room) if id(box) not in circles]
    assert len(letters) == len(wishes)
    assert not any(one.meets(other) for one in letters for other in boxes_in(room) if one is not other)


def test_name_that_has_room_has_no_number() -> None:
    (one,) = written(crowd(1), Room(FRAME), {}, is_rtl=False)

    assert one is not None
    assert (one.text, one.is_instead, one.is_led) == ("Town of the hill 0", False, False)


def test_mark_in_a_full_map_waits_for_room() -> None:
    room = Room(FRAME)
    room.take_frame(FRAME)

    (one,) = written(crowd(1), room, {}, is_rtl=False)

    assert one is not None
    assert (one.text, one.is_instead) == ("", True)
