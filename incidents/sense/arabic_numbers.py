"""Numbers in Arabic words: أحد عشر, خمسة وعشرون, مئة وثلاثون, ثلاثة آلاف."""

from collections.abc import Iterator, Mapping, Sequence

from .number_words import ARABIC_HUNDREDS, ARABIC_ONES, ARABIC_TEN, ARABIC_TENS, ARABIC_THOUSANDS
from .tokens import Number, Token

_ALL = {**ARABIC_ONES, **ARABIC_TEN, **ARABIC_TENS, **ARABIC_HUNDREDS, **ARABIC_THOUSANDS}


def read_arabic(found: Sequence[Token]) -> Iterator[Number]:
    place = 0
    while place < len(found):
        if value_of(found, place, _ALL) is None or is_a_day(found, place):
            place += 1
            continue
        number = number_at(found, place)
        yield number
        place = number.last + 1


def is_a_day(found: Sequence[Token], place: int) -> bool:
    """الأحد and الاثنين are days of the week, not one and two."""
    return "ال" in found[place].text[:4] and (value_of(found, place, ARABIC_ONES) or 9) < 3


def value_of(found: Sequence[Token], place: int, words: Mapping[str, int]) -> int | None:
    if place >= len(found):
        return None
    return next((words[form] for form in found[place].forms if form in words), None)


def number_at(found: Sequence[Token], first: int) -> Number:
    """The longest number that begins at a token which is a word for one."""
    total, place = 0, first
    while (part := part_at(found, place)) and (place == first or found[place].is_joined):
        if total and part.value >= lowest_scale(total):
            break
        value, place = part.value, part.last + 1
        if value_of(found, place, {"الف": 1, "الاف": 1}) and value < 1000 and not found[place].is_joined:
            value, place = value * 1000, place + 1
        total += value
    return Number(first, place - 1, total)


def part_at(found: Sequence[Token], place: int) -> Number | None:
    """A part without “and”, but for the one in خمسة وعشرون, where the ones stand before the tens."""
    ones = value_of(found, place, ARABIC_ONES)
    if ones is None:
        value = value_of(found, place, _ALL)
        return None if value is None else Number(place, place, value)
    if value_of(found, place + 1, ARABIC_TEN) and not found[place + 1].is_joined:
        return Number(place, place + 1, ones + 10)
    tens = value_of(found, place + 1, ARABIC_TENS)
    if tens and found[place + 1].is_joined:
        return Number(place, place + 1, ones + tens)
    hundreds = value_of(found, place + 1, ARABIC_HUNDREDS)
    if hundreds == 100 and ones > 2 and not found[place + 1].is_joined:
        return Number(place, place + 1, ones * 100)
    return Number(place, place, ones)


def lowest_scale(total: int) -> int:
    """What is added to a number is smaller than its last scale: five to a hundred, never a hundred to five."""
    return 1000 if total % 1000 == 0 else 100 if total % 100 == 0 else 1
