"""How many rows a list has."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """``number`` of them, counted exactly."""

    number: int
