"""Tables of what was measured, kept in docs/reliability.md between two marks."""

from collections.abc import Sequence
from datetime import UTC, datetime

from drill.installation import ROOT

REPORT = ROOT / "docs" / "reliability.md"


def keep(name: str, rows: Sequence[Sequence[str]], *, head: Sequence[str] = ("", ""), note: str = "") -> None:
    """Write the table between the marks of this name, with today's day; ``note`` says on what it was measured."""
    ruler = "|" + "---|" * len(head)
    table = "\n".join([line_of(head), ruler, *map(line_of, rows)])
    day = datetime.now(UTC).date().isoformat()
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, rest = REPORT.read_text(encoding="utf-8").split(begin)
    section = f"{begin}\n{table}\n\nMeasured on {day}, two processors{note}.\n{end}"
    REPORT.write_text(before + section + rest.split(end)[1], encoding="utf-8")


def line_of(cells: Sequence[str]) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)
