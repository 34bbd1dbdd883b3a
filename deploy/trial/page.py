"""The commands of a page: its blocks marked `sh`, in order."""

import re
from pathlib import Path
from typing import NamedTuple

FENCE = re.compile(r"^```sh(?: not-run: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


class Block(NamedTuple):
    """Commands that stand together, below ``title``; ``reason`` says why they are not run, if they are not."""

    title: str
    text: str
    reason: str
    shown: int = 3

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def blocks(path: Path) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        title = HEADING.findall(text, 0, match.start())[-1]
        found.append(Block(title, match[2], match[1] or "", 40 if "check_archive" in match[2] else 3))
    return found


def commands(text: str) -> list[str]:
    """The commands of a block: its lines, but those that a here-document holds."""
    found, ends = [], ""
    for line in text.splitlines():
        if ends:
            ends = "" if line == ends else ends
        elif line.strip():
            found.append(line)
            ends = match[1] if (match := re.search(r"<<(\w+)$", line)) else ""
    return found
