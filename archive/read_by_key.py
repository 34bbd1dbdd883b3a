"""What pages read of an object, they read at once. No Django.

A template asks `row.title` of every object by key first. One that has no keys answers with an exception each time, and
a page asks hundreds of times: a table of 25 rows takes an eighth less with this (docs/adr/0029-rendering.md).
"""

from typing import Any


class ReadByKey:
    """Lets templates read attributes by key: `row["title"]` is `row.title`."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    __iter__ = None
