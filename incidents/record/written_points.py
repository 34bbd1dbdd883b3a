"""Coordinates in what people wrote: of a record of which readers learn only the district they tell where it was."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from archive import withheld
from archive.text.withheld import Withheld

# Degrees with so many digits behind the sign that they tell a village, or with minutes; neither dates nor thousands.
_DEGREES = re.compile(
    r"(?<![\d.])\d{1,3}(?:[.٫]\d{2,}|,\d{4,})(?!\.?\d)"
    r"|\d{1,3}\s*[°º˚]\s*\d{1,2}(?:[.,٫]\d+|\s*['’′]\s*\d{1,2}(?:[.,٫]\d+)?)?"
)


def written_points(texts: Iterable[str]) -> tuple[Withheld, ...]:
    """The numbers of these texts that can be coordinates, as words to withhold."""
    found = dict.fromkeys(match[0] for text in texts for match in _DEGREES.finditer(text))
    return tuple(Withheld(number, withheld.TOWN) for number in found)


def texts_in(part: Any, keys: Iterable[str]) -> Iterator[str]:
    """What stands under these keys anywhere in a part of a record."""
    if isinstance(part, list):
        for one in part:
            yield from texts_in(one, keys)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from texts_in(value, keys)
