"""Opaque codes for permalinks: digits and consonants, closed by a check character.

The check character is that of NOID (https://metacpan.org/dist/Noid/view/noid#NOID-CHECK-DIGIT-ALGORITHM): the sum of
position times value, modulo 29, over a prime number of characters. It reveals every single wrong character and every
exchange of two neighbours. Without vowels no word arises by chance, and "l" is not taken for "1".
"""

import secrets

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
CONSONANTS = ALPHABET[10:]
# From here on a position would be a multiple of 29 and its character would not count.
MAX_LENGTH = len(ALPHABET) - 1


def new_code(length: int = 7) -> str:
    """A random code of `length` characters, the check character included; the caller makes sure that it is unused.

    It begins with a letter, so that no spreadsheet takes it for a number. Raises ValueError unless 3 <= length <= 28.
    """
    if not 3 <= length <= MAX_LENGTH:
        raise ValueError(f"A code has 3 to {MAX_LENGTH} characters, not {length}.")
    body = secrets.choice(CONSONANTS) + "".join(secrets.choice(ALPHABET) for _ in range(length - 2))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The check character of what stands before it; characters outside the alphabet count as zero, as in NOID."""
    total = sum(position * max(ALPHABET.find(char), 0) for position, char in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def is_valid(code: str) -> bool:
    """Whether the code is well formed and its check character is right."""
    if not 3 <= len(code) <= MAX_LENGTH or not set(code) <= set(ALPHABET):
        return False
    return check_character(code[:-1]) == code[-1]
