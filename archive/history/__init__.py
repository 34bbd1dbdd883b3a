"""The history of what editors work on: lines of events, put into the changes that they were parts of, and told.

A `Line` has the events of one kind of row that belong to something; `changes` puts those of all lines into order, and
`page` tells a screenful of them. Never public.
"""

from archive.history.changes import Change, Head, in_order, state_after
from archive.history.entries import Entry
from archive.history.pages import HistoryPage, Line, ToldChange, Wanted, page, told_after
from archive.history.tracked import TrackedLine
from archive.history.written import WrittenLine

__all__ = [
    "Change",
    "Entry",
    "Head",
    "HistoryPage",
    "Line",
    "ToldChange",
    "TrackedLine",
    "Wanted",
    "WrittenLine",
    "in_order",
    "page",
    "state_after",
    "told_after",
]
