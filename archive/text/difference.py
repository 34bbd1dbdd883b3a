"""What differs between two texts, word by word; right for Arabic, whose words keep their marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

__all__ = ["Difference", "Kind", "Piece", "compare"]

Kind = Literal["same", "removed", "added", "skipped"]
# A word with the marks that stand on its letters, white space, or one other character.
_WORD = re.compile(
    r"[^\W_](?:[\w\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]|['’](?=\w))*|\s+|."
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
MOST = 400_000_000  # words of the one times words of the other: about 0.1 s and 50 MB
AROUND = 160  # code points of what stayed the same that are shown beside a change


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words; one that is `skipped` stayed the same and is not shown."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The pieces in order, and how many words went and came. `is_whole_lines`: compared by lines, for their length."""

    pieces: tuple[Piece, ...]
    removed: int
    added: int
    is_whole_lines: bool = False

    def brief(self) -> list[Piece]:
        """The pieces with most of what stayed the same left out."""
        return [piece for place, whole in enumerate(self.pieces) for piece in self._cut(place, whole)]

    def _cut(self, place: int, piece: Piece) -> Iterator[Piece]:
        if piece.kind != "same" or len(piece.text) <= 3 * AROUND:
            yield piece
            return
        is_first, is_last = place == 0, place == len(self.pieces) - 1
        if not is_first:
            yield Piece("same", _until_space(piece.text[:AROUND]))
        yield Piece("skipped", "")
        if not is_last:
            yield Piece("same", _from_space(piece.text[-AROUND:]))


def compare(before: str, after: str) -> Difference | None:
    """What differs; None when the texts are too long and too different to be compared in a moment."""
    for split, is_whole_lines in ((_words, False), (_LINE.findall, True)):
        old, new = split(before), split(after)
        if (pieces := _pieces(old, new)) is not None:
            return Difference(
                tuple(pieces),
                removed=_count(pieces, "removed"),
                added=_count(pieces, "added"),
                is_whole_lines=is_whole_lines,
            )
    return None


def _pieces(old: list[str], new: list[str]) -> list[Piece] | None:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    removed, added = old[start : len(old) - end], new[start : len(new) - end]
    if len(removed) * len(added) > MOST:
        return None
    found: list[Piece] = []
    _add(found, "same", old[:start])
    for step in Indel.opcodes(removed, added):
        if step.tag == "equal":
            _add(found, "same", removed[step.src_start : step.src_end])
        else:
            _add(found, "removed", removed[step.src_start : step.src_end])
            _add(found, "added", added[step.dest_start : step.dest_end])
    _add(found, "same", old[len(old) - end :])
    return _tidy(found)


def _add(pieces: list[Piece], kind: Kind, words: list[str]) -> None:
    text = "".join(words)
    if text and pieces and pieces[-1].kind == kind:
        pieces[-1] = Piece(kind, pieces[-1].text + text)
    elif text:
        pieces.append(Piece(kind, text))


def _tidy(pieces: list[Piece]) -> list[Piece]:
    """With neighbouring changes as one: “two old men” became “a boy” is read more easily than word for word."""
    tidied: list[Piece] = []
    removed = added = ""
    for place, piece in enumerate(pieces):
        is_between = piece.kind == "same" and piece.text.isspace() and "\n" not in piece.text
        if is_between and (removed or added) and place + 1 < len(pieces):
            removed, added = removed + piece.text, added + piece.text
        elif piece.kind == "removed":
            removed += piece.text
        elif piece.kind == "added":
            added += piece.text
        else:
            _flush(tidied, removed, added)
            removed = added = ""
            _add(tidied, "same", [piece.text])
    _flush(tidied, removed, added)
    return tidied


def _flush(pieces: list[Piece], removed: str, added: str) -> None:
    _add(pieces, "removed", [removed])
    _add(pieces, "added", [added])


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _count(pieces: list[Piece], kind: Kind) -> int:
    return sum(word[0].isalnum() for piece in pieces if piece.kind == kind for word in _words(piece.text))


def _until_space(text: str) -> str:
    return text[: text.rfind(" ") + 1] or text


def _from_space(text: str) -> str:
    return text[text.find(" ") :] if " " in text else text
