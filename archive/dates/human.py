"""What people write for a date (18.5.2016, May 2016, ٢٥ تشرين الثاني ٢٠١٩) as EDTF: offered, never taken silently."""

import re
from collections.abc import Iterator

from .grammar import read
from .names import tokens
from .uncertain import DateError

_SEASONS = {
    "spring": 21,
    "summer": 22,
    "autumn": 23,
    "fall": 23,
    "winter": 24,
    "ربيع": 21,
    "صيف": 22,
    "خريف": 23,
    "شتا": 24,
}
_ABOUT = re.compile(r"^(?:about|around|circa|ca\.?|c\.|approximately|approx\.?|roughly|~|حوالي|نحو)\s*")
_UNTIL = re.compile(r"^(?:until|till|up to|by|no later than|حتي)\s+")
_SINCE = re.compile(r"^(?:since|from|no earlier than|منذ)\s+")
_LEADING = re.compile(r"^(?:on |in |during |the |night of |يوم |في |w[0-6],? )+")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
_SEPARATORS = re.compile(r"\s*(?:,|\bof\b|\bمن\b|\.(?=\s))\s*|\s+")

_D, _M, _Y = r"([0-9]{1,2})", r"m([0-9]+)", r"([0-9]{4})"
_TO = r" ?(?:-|to|until|and|الي|حتي) ?"
# Pattern over tokens → templates over its groups; every template that makes a real date is offered.
_FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), templates)
    for pattern, templates in (
        (rf"{_Y}[-./ ]{_D}[-./ ]{_D}", ("{0}-{1}-{2}",)),
        (r"([0-9]{4})([0-9]{2})([0-9]{2})", ("{0}-{1}-{2}",)),
        (rf"{_Y}[-./]{_D}", ("{0}-{1}",)),
        (rf"{_D}[-./]{_Y}", ("{1}-{0}",)),
        (rf"{_D}([-.]){_D}\2{_Y}", ("{3}-{2}-{0}",)),
        (rf"{_D}/ ?{_D}/ ?{_Y}", ("{2}-{1}-{0}", "{2}-{0}-{1}")),
        (rf"{_D}[ /-]*{_M}[ /-]*{_Y}", ("{2}-{1}-{0}",)),
        (rf"{_M} {_D} {_Y}", ("{2}-{0}-{1}",)),
        (rf"{_Y} {_M} {_D}", ("{0}-{1}-{2}",)),
        (rf"{_M}[ /-]*{_Y}", ("{1}-{0}",)),
        (rf"{_Y}[ /-]*{_M}", ("{0}-{1}",)),
        (rf"{_D}{_TO}{_D} {_M} {_Y}", ("{3}-{2}-{0}/{3}-{2}-{1}",)),
        (rf"{_M} {_D}{_TO}{_D} {_Y}", ("{3}-{0}-{1}/{3}-{0}-{2}",)),
        (rf"{_D} {_M}{_TO}{_D} {_M} {_Y}", ("{4}-{1}-{0}/{4}-{3}-{2}",)),
        (rf"{_M} {_D}{_TO}{_M} {_D} {_Y}", ("{4}-{0}-{1}/{4}-{2}-{3}",)),
        (rf"{_D} {_M} {_Y}{_TO}{_D} {_M} {_Y}", ("{2}-{1}-{0}/{5}-{4}-{3}",)),
        (rf"{_M}{_TO}{_M} {_Y}", ("{2}-{0}/{2}-{1}",)),
        (rf"{_Y}{_TO}{_Y}", ("{0}/{1}",)),
        (rf"{_Y}-{_D}-{_D}/{_D}", ("{0}-{1}-{2}/{0}-{1}-{3}",)),
        (rf"{_Y}-{_D}-{_D}\.\.{_Y}-{_D}-{_D}", ("{0}-{1}-{2}/{3}-{4}-{5}",)),
        (rf"{_Y}-{_D}-(?:x+|u+|\?+|00?)", ("{0}-{1}",)),
        (rf"{_Y}-(?:x+|u+|\?+|00)(?:-(?:x+|u+|\?+|00))?", ("{0}",)),
        (r"(?:the )?([0-9]{3})0'?s", ("{0}X",)),
        (r"([0-9]{3})[xu]", ("{0}X",)),
        (rf"{_Y}", ("{0}",)),
    )
)


def suggest(text: str) -> tuple[str, ...]:
    """EDTF strings that `text` may mean, the likelier first; each can be parsed. Empty when nothing comes to mind.

    Day comes before month, as Syrian outlets write, unless only the other order is a date; with slashes both are given.
    """
    words = tokens(text)
    words, about = _ABOUT.subn("", words)
    words, until = _UNTIL.subn("", words)
    words, since = _SINCE.subn("", words)
    plain = _plain(words)
    found: dict[str, None] = {}
    for candidate in _candidates(plain):
        edtf = candidate + ("~" if about and "/" not in candidate else "")
        if (until or since) and "/" not in edtf:
            edtf = f"../{edtf}" if until else f"{edtf}/.."
        if _is_date(edtf):
            found[edtf] = None
    return tuple(found)


def _plain(words: str) -> str:
    words = _ORDINAL.sub("", _LEADING.sub("", words))
    return _SEPARATORS.sub(" ", words).strip(" .")


def _candidates(words: str) -> Iterator[str]:
    for pattern, templates in _FORMS:
        if match := pattern.fullmatch(words):
            groups = [f"{int(g):02d}" if g.isdigit() and len(g) < 3 else g for g in match.groups()]
            yield from (template.format(*groups) for template in templates)
    season, _, year = words.partition(" ")
    if season in _SEASONS and year.isdigit():
        yield f"{year}-{_SEASONS[season]}"


def _is_date(edtf: str) -> bool:
    try:
        read(edtf)
    except DateError:
        return False
    return True
