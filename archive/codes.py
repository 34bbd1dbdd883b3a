"""Opaque codes without vowels, with a check character."""

import secrets

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"


def check_character(body: str) -> str:
    return ALPHABET[sum(i * ALPHABET.index(c) for i, c in enumerate(body, start=1)) % len(ALPHABET)]


def new_code(length: int) -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + check_character(body)
