"""The numbers that a page prints, each with the list that it claims to be the length of."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "use", "path", "circle", "rect"}
GROUPS = {"li", "tr", "p", "h2"}


class Number(NamedTuple):
    """A number (``value``), the words in which it is printed, and the address that it belongs to ("" none)."""

    value: int
    printed: str
    href: str


class Numbers(HTMLParser):
    """Reads `data` elements: a number belongs to the link around it, else to the last link of its row or item."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Number] = []
        self.open: list[tuple[str, str]] = []
        self.in_group = ""
        self.value: str | None = None
        self.printed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in GROUPS:
            self.in_group = ""
        if tag == "a":
            self.in_group = given.get("href") or ""
        if tag == "data":
            self.value, self.printed = given.get("value"), ""
        if tag not in VOID:
            self.open.append((tag, given.get("href") or ""))

    def handle_data(self, data: str) -> None:
        if self.value is not None:
            self.printed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "data":
            around = next((href for name, href in reversed(self.open) if name == "a"), self.in_group)
            self.found.append(Number(int(self.value or -1), " ".join(self.printed.split()), around))
            self.value = None
        while self.open:
            name, _href = self.open.pop()
            if name == tag:
                return


def numbers(html: str) -> list[Number]:
    """Return the numbers of a page; what is printed in digits must be the value, thousands and possibles apart."""
    reader = Numbers()
    reader.feed(html)
    for number in reader.found:
        digits = [int(re.sub(r"\D", "", part)) for part in re.findall(r"\d[\d,\u00a0\u202f٬]*", number.printed)]
        if digits and not re.search(r"[“”]|20\d\d", number.printed):
            assert number.value in (digits[0], sum(digits)), number
    return reader.found
