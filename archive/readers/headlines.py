"""What a text says about itself before it begins: its headline and its dateline.

A text file has no fields. News copied from a page starts with some of: the site's own phrases, a rubric, the headline
(often twice), a standfirst, the reading time, a dateline, a caption. The rules below look at these first lines only,
take a headline where one is plain, and otherwise say so by calling the title what it is: the opening words.
"""

import re

from archive.readers.published import read_dateline
from archive.readers.record import OPENING_WORDS, TEXT
from archive.text import excerpt

HEAD_LINES = 15  # lines that are not blank
DATELINE_LINES = 12
LONGEST_HEADLINE = 250  # code points
PARAGRAPH = 120  # a line from this length on that ends as a sentence ends is a paragraph of the text
OPENING_LENGTH = 110

_SENTENCE_END = re.compile(r"[.!?؟。…][\"'”’»)\]]*$")
_UNFINISHED = re.compile(r"[,:;،؛-]$")
_CAPTION = re.compile(r"[\[(/][^\[\]()]{2,60}[\])]?$|^\(files?\)|^(?:photo|file photo|image|صورة)\b", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:by|from|بقلم|كتب|إعداد)\s", re.IGNORECASE)
_SITE = re.compile(
    r"\b(?:cookies?|subscri\w+|newsletters?|sign (?:in|up)|log ?in|skip to|menu|advertisement|share (?:this|on)|"
    r"read more|min(?:ute)?s? read|all rights reserved|download (?:the|our)|our app|one app|start reading|follow us|"
    r"in one place|breaking news alerts?|javascript|browser|click here|listen to)\b|"
    r"اشترك|النشرة البريدية|تسجيل الدخول|شارك|اقرأ أيضا|جميع الحقوق",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")


def find_title(text: str) -> tuple[str, str]:
    """Return the headline of a normalised text, or its opening words, and which of the two (`TEXT`, `OPENING_WORDS`).

    Opening words are at most `OPENING_LENGTH` code points, cut between words and closed by "…".
    """
    lines = _first_lines(text, HEAD_LINES)
    headline = _repeated(lines) or _headline(lines)
    if headline:
        return headline, TEXT
    body = next((line for line in lines if _is_paragraph(line)), lines[0] if lines else "")
    return excerpt(body, OPENING_LENGTH), OPENING_WORDS


def find_dateline(text: str) -> str:
    """Return the publication date that stands alone on one of the first lines, as ISO 8601; "" without one."""
    return next(filter(None, map(read_dateline, _first_lines(text, DATELINE_LINES))), "")


def _first_lines(text: str, count: int) -> list[str]:
    """The first lines that are not blank, white space collapsed, up to `count` and to some 20,000 code points."""
    lines = (" ".join(line.split()) for line in text[:20_000].split("\n"))
    return [line for line in lines if line][:count]


def _repeated(lines: list[str]) -> str:
    """The page's title followed by the same words as the headline."""
    if lines and lines[0] in lines[1:4] and len(_WORD.findall(lines[0])) >= 3 and len(lines[0]) <= LONGEST_HEADLINE:
        return lines[0]
    return ""


def _headline(lines: list[str]) -> str:
    body = next((i for i, line in enumerate(lines) if _is_paragraph(line)), None)
    if body is None:  # a short notice
        body = next((i for i, line in enumerate(lines) if _is_sentence(line)), None)
    if body is None:  # no text follows: a list, a poem, a table
        return ""
    for line in lines[:body]:
        if _may_be_headline(line) and len(_WORD.findall(line)) >= 4 and len(line) >= 20:
            return line
    # A short one only if it is all that stands before the text.
    return lines[0] if body == 1 and _may_be_headline(lines[0]) else ""


def _may_be_headline(line: str) -> bool:
    is_sentence = _SENTENCE_END.search(line) and not line.endswith(("?", "؟", "!"))
    if len(line) > LONGEST_HEADLINE or is_sentence or read_dateline(line):
        return False
    return not any(other.search(line) for other in (_UNFINISHED, _CAPTION, _BYLINE, _SITE))


def _is_paragraph(line: str) -> bool:
    return len(line) > LONGEST_HEADLINE or (len(line) >= PARAGRAPH and bool(_SENTENCE_END.search(line)))


def _is_sentence(line: str) -> bool:
    return bool(_SENTENCE_END.search(line)) and len(_WORD.findall(line)) >= 5 and not _SITE.search(line)
