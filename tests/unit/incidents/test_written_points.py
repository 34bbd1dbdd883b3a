"""Which numbers that people wrote can be coordinates."""

import pytest

from archive.text.withheld import holds
from incidents.record.written_points import texts_in, written_points


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The point 35.61469, 36.56030.", ["35.61469", "36.56030"]),
        ("35.61 N", ["35.61"]),
        ("٣٥٫٦١٤٦٩", ["٣٥٫٦١٤٦٩"]),
        ("35,614685", ["35,614685"]),
        ("35°36'36\"N 36° 33.6'E", ["35°36'36", "36° 33.6"]),
        ("1,200 people, 2.5 km away, at 14:30 on 03.12.2019, 120 m", []),
        ("", []),
    ],
)
def test_numbers_that_can_be_coordinates(text: str, numbers: list[str]) -> None:
    found = written_points([text])

    assert [one.words for one in found] == numbers
    assert all(holds(text, [one]) for one in found)


def test_texts_are_found_wherever_they_stand() -> None:
    part = {"note": "a", "claims": [{"reasoning": "b", "value": {"note": "c", "name": "d"}}], "number": 3}

    assert list(texts_in(part, ("note", "reasoning"))) == ["a", "b", "c"]
