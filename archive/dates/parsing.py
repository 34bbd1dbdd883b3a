"""Reading what an editor typed, and explaining what could not be read."""

import re
from functools import lru_cache

from . import names
from .grammar import read
from .human import suggest
from .uncertain import DateError, UncertainDate

EXAMPLES = "2016-05-18 (a day), 2016-05 (a month), 2016 (a year) or 2016-05-18/2016-05-20 (from/to)"

_LONGEST = 80  # characters; no date is longer, and the message quotes it
_DATETIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T|\s+)[0-9]{1,2}:.*", re.DOTALL)
_FAR_YEAR = re.compile(r"[0-9]{5,7}|Y-?[0-9]+(?:E[0-9]+)?|-[0-9]{4}.*")
# Level 2: digits that are not known, wherever they stand, or a year of which so many are significant (1950S2).
_MONTH = r"(?:0[1-9]|1[0-2]|[01X]X|X[0-9])(?:-(?:0[1-9]|[12][0-9]|3[01]|[0-3X]X|X[0-9]))?"
_OTHER_LEVEL = re.compile(rf"[0-9X]{{4}}(?:S[1-9]|-{_MONTH})?")
_QUALIFIED_UNSPECIFIED = re.compile(r"([0-9]{4}(?:-(?:0[1-9]|1[0-2]))?)(?:-XX)+[~?%]")


@lru_cache(maxsize=20_000)
def parse(edtf: str) -> UncertainDate:
    """Read EDTF level 0, level 1 or an interval; years 0001–9999, dates only.

    Surrounding space and digits of other scripts are accepted and normalised. Anything else raises DateError.
    """
    text = names.ascii_digits(edtf).strip()
    try:
        return read(text)
    except DateError as error:
        if error.code != "unreadable":
            raise
    raise _explain(text)


def _explain(text: str) -> DateError:
    if not text:
        return DateError(f"Write a date: {EXAMPLES}.", code="empty")
    if len(text) > _LONGEST:
        return DateError(f"This is too long for a date. Write {EXAMPLES}.", code="too_long")
    return _explain_other_format(text) or _explain_words(text)


def _explain_other_format(text: str) -> DateError | None:
    if match := _DATETIME.fullmatch(text):
        return _meant(text, "datetime", (match[1],), "has a time: the time of day has its own field")
    if text[0] in "[{":
        members = re.findall(r"[0-9]{4}(?:-[0-9]{2}){0,2}", text)
        spans = (f"{members[0]}/{members[-1]}",) if members else ()
        return _meant(
            text, "set", spans, "is a set, which may have gaps: only a span from one date to another is taken"
        )
    if _FAR_YEAR.fullmatch(text):
        return DateError(f"“{text}”: years go from 0001 to 9999.", code="year")
    if match := _QUALIFIED_UNSPECIFIED.fullmatch(text):
        return _meant(text, "unspecified", (match[1] + text[-1],), "says twice that it is not exact")
    return None


def _explain_words(text: str) -> DateError:
    if qualifiers := re.findall(r"[~?%]", text):
        whole = re.sub(r"[~?%]", "", text) + qualifiers[0]
        if _is_readable(whole):
            return _meant(text, "level", (whole,), "qualifies a part of a date: only the whole can be")
    if suggestions := suggest(text):
        return _meant(text, "human", suggestions, "is not in EDTF")
    if all(_OTHER_LEVEL.fullmatch(end) for end in re.sub(r"[~?%]", "", text).split("/", 1)):
        return DateError(f"“{text}” is EDTF of a level that is not used here. Write {EXAMPLES}.", code="level")
    return DateError(f"“{text}” is not a date. Write {EXAMPLES}.", code="unreadable")


def _meant(text: str, code: str, candidates: tuple[str, ...], what: str) -> DateError:
    readable = tuple(candidate for candidate in candidates if _is_readable(candidate))
    advice = " or ".join(f"“{candidate}”" for candidate in readable) or EXAMPLES
    return DateError(f"“{text}” {what}. Write {advice}.", code=code, suggestions=readable)


def _is_readable(text: str) -> bool:
    try:
        read(text)
    except DateError:
        return False
    return True
