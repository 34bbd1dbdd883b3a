"""Whole numbers that addresses and hidden fields of forms bring: keys of rows, numbers of pages and of versions."""

#: As many digits as surely fit a column of 64 bits.
LONGEST = 18


def typed_number(text: object) -> int | None:
    """The number that ASCII digits say; None for anything else, and for more than a column holds."""
    typed = str(text)
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST else None


def typed_numbers(text: str) -> list[int]:
    """Those of a list with commas; what is no number is left out."""
    return [number for one in text.split(",") if (number := typed_number(one)) is not None]
