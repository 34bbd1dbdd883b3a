"""From the metadata that several places state to one value each, with the place it was taken from."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from archive.readers.published import read_date, why_no_date
from archive.readers.record import METADATA, UNKNOWN, UNREADABLE
from archive.source_urls import MAX_LENGTH, UnusableUrlError, mended
from archive.source_urls import normalise as url_key
from archive.text import excerpt
from archive.text import normalise as normalise_text
from archive.text.bidi import without_directions

LONGEST_TITLE = 500  # code points
LONGEST_SOURCE = 200
LONGEST_LANGUAGE = 8
LANGUAGE_NAMES = {"english": "en", "arabic": "ar", "العربية": "ar", "turkish": "tr", "french": "fr", "kurdish": "ku"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")

Layer = tuple[str, Mapping[str, Any]]  # where from, and the raw values by name; a name may be absent or its value None


class Settled(NamedTuple):
    """`values` of `METADATA`, empty where not known, and how each was found; why each that is `UNREADABLE` is so."""

    values: dict[str, Any]
    derived: dict[str, str]
    unreadable: dict[str, str]


def settle(layers: Iterable[Layer], *, date_format: str = "") -> Settled:
    """Take each of `METADATA` from the first layer that has a readable value.

    A value that is there but cannot be read as a date, a language, a name or an address does not count, and leaves
    `UNREADABLE` behind if no other layer has one.
    """
    layers = list(layers)
    settled = Settled({}, {}, {})
    for name in METADATA:
        settled.values[name], settled.derived[name], wrong = _first(name, layers, date_format)
        if settled.derived[name] == UNREADABLE:
            settled.unreadable[name] = why_unreadable(name, wrong)
    return settled


def why_unreadable(name: str, stated: Any) -> str:
    """Why what is stated of one of `METADATA` cannot be read: words without the value, so that they are counted."""
    match name:
        case "published":
            return why_no_date(str(stated))
        case "url":
            return "no address of a page"
        case "language":
            return "no code of a language"
    return "without letter or digit"


def one_line(value: Any, longest: int) -> str:
    """Text on one line without white space or invisible characters around it, and without any that turn the direction
    of writing; "" if it has no letter or digit."""
    line = " ".join(without_directions(normalise_text(str(value)[: longest * 100])).split())
    line = line.strip("".join({c for c in line if unicodedata.category(c) == "Cf" or c == " "}))
    return excerpt(line, longest) if any(c.isalnum() for c in line) else ""


def read_url(value: Any) -> str:
    """The address as it was given, if it can be that of an article; else ""."""
    url = mended(str(value))
    try:
        url_key(url)
    except UnusableUrlError:
        return ""
    return url if len(url) <= MAX_LENGTH else ""


def read_language(value: Any) -> str:
    """A BCP 47 code in its usual case (`en`, `ar`, `zh-Hant`), without what goes beyond 8 characters; "" for others."""
    code = str(value).strip().lower().replace("_", "-")
    code = LANGUAGE_NAMES.get(code, code)
    if not _LANGUAGE.fullmatch(code):
        return ""
    first, *rest = code.split("-")
    for part in rest:
        longer = f"{first}-{part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part}"
        if len(longer) > LONGEST_LANGUAGE:
            break
        first = longer
    return first


def read_authors(value: Any) -> tuple[str, ...]:
    """Names from a list, or from one text that separates them by semicolons; commas may be part of a name."""
    names = value if isinstance(value, (list, tuple)) else str(value).split(";")
    lines = (one_line(name, LONGEST_SOURCE) for name in names)
    return tuple(line for line in lines if line)


def _first(name: str, layers: list[Layer], date_format: str) -> tuple[Any, str, Any]:
    """The first readable value and where it is from; else what could not be read, if anything is stated."""
    missing, wrong = UNKNOWN, None
    for origin, stated in layers:
        raw = stated.get(name)
        if raw is None or not str(raw).strip():
            continue
        value = _read(name, raw, date_format)
        if value:
            return value, origin, None
        missing, wrong = UNREADABLE, raw if wrong is None else wrong
    return () if name == "authors" else "", missing, wrong


def _read(name: str, raw: Any, date_format: str) -> Any:
    match name:
        case "published":
            return read_date(str(raw), date_format)
        case "url":
            return read_url(raw)
        case "language":
            return read_language(raw)
        case "authors":
            return read_authors(raw)
        case "source":
            return one_line(raw, LONGEST_SOURCE)
    return one_line(raw, LONGEST_TITLE)
