"""What came of a fault: a row of the table."""

from collections.abc import Iterable
from dataclasses import dataclass, field

HEAD = ("fault", "tries", "lost", "doubled", "wrong", "leaked", "readers served again", "editors served again", "")
SHOWN = 20  # lines of what was found


@dataclass
class Result:
    """Counts must be 0. ``readers`` and ``editors``: the most seconds until they were served again, None where nobody
    was kept from anything or it was not looked at. ``found`` says what the counts are of.
    """

    fault: str
    tries: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    leaked: int = 0
    readers: float | None = None
    editors: float | None = None
    note: str = ""
    found: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return self.tries > 0 and not (self.lost or self.doubled or self.wrong or self.leaked)

    def count(self, kind: str, what: Iterable[str]) -> None:
        """Add to one of the counts, and keep what it is about."""
        for one in what:
            setattr(self, kind, getattr(self, kind) + 1)
            if len(self.found) < SHOWN:
                self.found.append(f"{kind}: {one}")

    def wait(self, who: str, seconds: float) -> None:
        """Tell how long ``readers`` or ``editors`` waited; the longest is kept."""
        setattr(self, who, max(getattr(self, who) or 0.0, seconds))

    @property
    def cells(self) -> list[str]:
        counts = [self.tries, self.lost, self.doubled, self.wrong, self.leaked]
        waited = ["–" if one is None else f"{one:.1f} s" for one in (self.readers, self.editors)]
        return [self.fault, *(f"{one:,}" for one in counts), *waited, self.note]
