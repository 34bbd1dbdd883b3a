"""What somebody typed into the search box, taken apart: words, "phrases", -exclusions, or. Reads anything."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from archive.names.letters import fold_characters
from archive.search.words import words

MAX_LENGTH = 1_000  # code points
MAX_TERMS = 32
MAX_PHRASE = 16  # words

_QUOTES = re.compile("[“”„‟«»＂]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DASHES = re.compile(r"(?:(?<=\s)|^)[‐‑‒–—−]")
_CHUNK = re.compile(r'(?P<minus>-*)(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))|(?P<open>")')
_OR = frozenset({"or", "او", "|"})


class Notice(StrEnum):
    """What is said beside the search box."""

    CUT = "cut"
    UNBALANCED = "unbalanced"


@dataclass(frozen=True)
class Term:
    """One thing to look for: its folded words with their relative positions; `typed` as it was written.

    `is_exact`: the words must follow each other (a phrase, or one word written with a hyphen).
    """

    typed: str
    words: tuple[tuple[int, str], ...]
    is_exact: bool = False
    is_quoted: bool = False
    is_excluded: bool = False


@dataclass
class Syntax:
    """Every group must hold; a group holds when one of its terms does."""

    groups: list[list[Term]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def runs(self, *, quoted: bool = True) -> list[str]:
        """Stretches of words in which a place name may stand: plain words one after the other, else each term.

        Without ``quoted``, phrases in quotation marks are left out: they are meant as they stand.
        """
        found: list[list[str]] = [[]]
        for group in self.groups:
            if len(group) == 1 and not (group[0].is_excluded or group[0].is_quoted):
                found[-1].append(group[0].typed)
            else:
                found += [*([term.typed] for term in group if quoted or not term.is_quoted), []]
        return [" ".join(run) for run in found if run]


def clean(typed: str) -> str:
    """One line without control characters, its quotation marks and dashes as on a keyboard."""
    line = " ".join(_CONTROLS.sub(" ", typed.replace("\x00", "")).split())
    return _DASHES.sub("-", _QUOTES.sub('"', line))


def read(typed: str) -> Syntax:
    """Take a query apart. Never raises; what was cut, not closed or holds no word is told."""
    syntax = Syntax()
    line = clean(typed[: MAX_LENGTH * 4])
    if len(line) > MAX_LENGTH:
        line = line[:MAX_LENGTH].rsplit(" ", 1)[0]
        syntax.notices.append(Notice.CUT)
    if line.count('"') % 2:
        before, _, after = line.rpartition('"')
        line = f"{before} {after}"
        syntax.notices.append(Notice.UNBALANCED)
    _group(_without_articles(_chunks(line)), syntax)
    return syntax


def _chunks(line: str) -> list[Term | None]:
    """Terms in their order; None stands for `or`."""
    found: list[Term | None] = []
    for match in _CHUNK.finditer(line):
        quoted, bare = match["quoted"], match["bare"]
        is_excluded = bool(match["minus"]) and (match.start() == 0 or line[match.start() - 1].isspace())
        text = quoted if quoted is not None else bare or ""
        if quoted is None and not match["minus"] and fold_characters(text)[0] in _OR:
            found.append(None)
            continue
        cut = tuple((word.position, word.word) for word in words(text))[:MAX_PHRASE]
        found.append(
            Term(
                typed=text.strip(),
                words=cut,
                is_exact=len(cut) > 1,
                is_quoted=quoted is not None,
                is_excluded=is_excluded,
            )
        )
    return found


def _without_articles(chunks: list[Term | None]) -> list[Term | None]:
    """Leave out an Arabic article that was typed as a word of its own: `al shifa`."""
    kept: list[Term | None] = []
    for index, term in enumerate(chunks):
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        if term and following and not (term.is_quoted or term.is_exact or term.is_excluded or following.is_excluded):
            both = list(words(f"{term.typed} {following.typed}"))
            if term.words and len(both) < 1 + len(following.words):
                continue
        kept.append(term)
    return kept


def _group(chunks: list[Term | None], syntax: Syntax) -> None:
    joins = False
    count = 0
    for term in chunks:
        if term is None:
            joins = bool(syntax.groups)
        elif not term.words:
            if term.typed:
                syntax.unreadable.append(term.typed)
        elif count >= MAX_TERMS:
            if Notice.CUT not in syntax.notices:
                syntax.notices.append(Notice.CUT)
            break
        else:
            count += 1
            if joins:
                syntax.groups[-1].append(term)
            else:
                syntax.groups.append([term])
            joins = False
