"""Which lists can be followed, and what is told of each: the applications that have them say it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from archive.terms import Followed


@dataclass(frozen=True, slots=True)
class FollowedList:
    """A list as it was read: ``title`` in the reader's language, ``query`` its parameters, so that they mean the same
    later; ``problems`` are reasons, in words, for which it cannot be read.
    """

    title: str
    query: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one thing, in the reader's language: ``what`` happened to it, ``lines`` about it, and where it is
    read (a path).
    """

    what: str
    title: str
    lines: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class News:
    """What changed in a list: the last few of ``number``, the last changed first."""

    told: tuple[Told, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Kind:
    """How lists of a kind are read and told of. ``page`` is the name of the address of the list.

    ``read(query)`` never fails. ``news(query, since, until, most)`` tells what readers see at this moment of what
    changed from ``since`` until before ``until``; ``more(query, since)`` is the query of the list of all of that.
    """

    page: str
    read: Callable[[str], FollowedList]
    news: Callable[[str, datetime, datetime, int], News]
    more: Callable[[str, datetime], str]


_KINDS: dict[Followed, Kind] = {}


def follow(followed: Followed, kind: Kind) -> None:
    """Let lists of a kind be followed."""
    _KINDS[followed] = kind


def kind_of(followed: str) -> Kind | None:
    return _KINDS.get(Followed(followed)) if followed in set(Followed) else None
