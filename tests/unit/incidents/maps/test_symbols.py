import re

import pytest

from incidents.maps import symbols
from incidents.maps.clipping import area_of


@pytest.mark.parametrize("index", range(1, len(symbols.SHAPES)))
def test_shapes_are_about_as_large_as_the_circle(index: int) -> None:
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", symbols.outline(index, 10.0))]
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))

    assert area_of(corners) == pytest.approx(3.1416 * 100, rel=0.13)


def test_shapes_differ() -> None:
    assert len({symbols.outline(index, 10.0) for index in range(len(symbols.SHAPES))}) == len(symbols.SHAPES)
