"""What is found in one sentence before it is known of which attack it speaks."""

from typing import NamedTuple

from incidents.terms import Aspect, Stance

from .values import Value


class Found(NamedTuple):
    """A value said by the words from ``first`` to ``last``; ``about`` is where in the sentence it belongs."""

    aspect: Aspect
    first: int
    last: int
    value: Value
    rule: str
    is_certain: bool = True
    stance: Stance = Stance.ASSERTS
