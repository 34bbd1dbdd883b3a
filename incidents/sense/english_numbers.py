"""Numbers in English words and in numerals: “one hundred and thirty-seven”, “2 dozen”, 544."""

from collections.abc import Iterator, Sequence

from .number_words import ONES, PAIRS, SCALES, TEENS, TENS
from .tokens import Number, Token


def read_english(found: Sequence[Token]) -> Iterator[Number]:
    place = 0
    while place < len(found):
        if number := number_at(found, place):
            yield number
            place = number.last + 1
        else:
            place += 1


def number_at(found: Sequence[Token], first: int) -> Number | None:
    """The longest number that begins at a token."""
    token = found[first]
    if token.value is not None:
        return scaled(found, first, first, token.value)
    word = token.text
    if word in PAIRS:
        return Number(first, first, PAIRS[word])
    if word in ("half", "dozen", "score"):
        return dozens(found, first)
    if word in SCALES:
        return scaled(found, first, first - 1, 1)
    if (small := below_hundred(found, first)) is None:
        return None
    return scaled(found, first, small.last, small.value)


def below_hundred(found: Sequence[Token], first: int) -> Number | None:
    word = found[first].text
    if word in TEENS:
        return Number(first, first, TEENS[word])
    if word in TENS:
        following = found[first + 1].text if first + 1 < len(found) else ""
        return (
            Number(first, first + 1, TENS[word] + ONES[following])
            if following in ONES
            else (Number(first, first, TENS[word]))
        )
    return Number(first, first, ONES[word]) if word in ONES else None


def scaled(found: Sequence[Token], first: int, last: int, value: int) -> Number:
    """Go on with “dozen”, “hundred” and “thousand”, and with what is added to those."""
    total, group = 0, value
    while last + 1 < len(found):
        word = found[last + 1].text
        if word == "dozen":
            return Number(first, last + 1, total + group * 12)
        if word == "hundred" and group < 100:
            group *= 100
        elif word in ("thousand", "million") and group:
            total, group = total + group * SCALES[word], 0
        else:
            return Number(first, last, total + group)
        last += 1
        at = last + 1 + (last + 1 < len(found) and found[last + 1].text == "and")
        if at < len(found) and (small := below_hundred(found, at)):
            group, last = group + small.value, small.last
    return Number(first, last, total + group)


def dozens(found: Sequence[Token], first: int) -> Number | None:
    words = [token.text for token in found[first : first + 3]]
    if words[0] == "dozen":
        return Number(first, first, 12)
    if words[0] == "score":
        return Number(first, first, 20)
    if "dozen" in words[1:]:
        return Number(first, first + words.index("dozen"), 6)
    return None
