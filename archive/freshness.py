"""Whether an answer is made of a state that a newer one has overtaken: nobody may keep it as if it were of now."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Freshness:
    """Of one answer."""

    is_behind = False


_of_answer: ContextVar[Freshness | None] = ContextVar("freshness", default=None)


def fall_behind() -> None:
    """Say that what is being answered now is made of an older state."""
    if (freshness := _of_answer.get()) is not None:
        freshness.is_behind = True


@contextmanager
def watched() -> Iterator[Freshness]:
    """Watch what is answered meanwhile."""
    freshness = Freshness()
    token = _of_answer.set(freshness)
    try:
        yield freshness
    finally:
        _of_answer.reset(token)
