"""One thing that was done, told."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from archive.row_history import FieldChange

Mask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """``what`` was done something with (``action``), both in the reader's language; ``name`` says which one.

    ``row`` names the row where a state of it can be restored by itself (`claim.12`), ``state`` the event that left it
    so (`claim.340`, empty where it still is); ``href`` leads to what is meant, under the words ``link``.
    ``is_end`` says that ``changes`` are what was said until then, ``is_beginning`` what is said from then on.
    """

    kind: str
    what: str
    action: str
    name: str = ""
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""
    row: str = ""
    state: str = ""
    href: str = ""
    link: str = ""
    is_end: bool = False
    is_beginning: bool = False

    def masked(self, mask: Mask) -> "Entry":
        """Without the words that the reader may not see."""
        changes = tuple(FieldChange(change.label, mask(change.before), mask(change.after)) for change in self.changes)
        return replace(self, name=mask(self.name), reason=mask(self.reason), changes=changes)

    @property
    def in_short(self) -> str:
        """What changed, and why, in one line."""
        told = [f"{change.label}: {change.after or change.before}" for change in self.changes]
        return " · ".join(filter(None, [self.reason, *told]))
