"""What is known of where a name stands, so that among namesakes the one that is meant comes first. Pure."""

from typing import NamedTuple

__all__ = ["NOWHERE", "Context"]


class Context(NamedTuple):
    """P-codes around a name: ``within`` are units said to hold it (`X in Idlib province`), ``near`` the other places
    of the report, ``habitual`` the units of which its source usually reports. The first weigh most."""

    within: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    habitual: tuple[str, ...] = ()


NOWHERE = Context()
