"""Plain citations in the styles that newsrooms and universities ask for.

APA 7 (§10.1, §10.9), Chicago 17 (§14.191, §14.257), MLA 9 (§5.31); a tool that shows citations of its own is not used,
since the one at hand writes Chicago and MLA wrongly.
"""

import datetime
from collections.abc import Callable, Mapping

from archive.citing.reference import Reference

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def cite(reference: Reference, style: str) -> str:
    """Return the citation in one of `STYLES`, as plain text on one line."""
    return STYLES[style](reference)


def apa(ref: Reference) -> str:
    date = f"({ref.issued.year}, {MONTHS[ref.issued.month - 1]} {ref.issued.day})" if ref.issued else "(n.d.)"
    if ref.kind == "article":
        head = f"{names(ref)} {date}. {stop(ref.title)}" if ref.authors else f"{stop(ref.title)} {date}."
        return join(head, stop(ref.publisher), ref.url, archived(ref))
    label = "Data set" if ref.kind == "dataset" else "Archive record"
    version = f" (Version {ref.version})" if ref.version else ""
    return join(f"{stop(ref.publisher)} {date}.", f"{ref.title}{version} [{label}].", ref.url)


def chicago(ref: Reference) -> str:
    author = names(ref) if ref.authors else stop(ref.publisher)
    outlet = stop(ref.publisher) if ref.authors else ""
    version = f"Version {ref.version}." if ref.version else ""
    return join(
        author, f"“{stop(ref.title)}”", outlet, version, stop(american(ref.issued)), stop(ref.url), archived(ref)
    )


def mla(ref: Reference) -> str:
    author = names(ref) if ref.authors else ""
    parts = [ref.publisher, f"version {ref.version}" if ref.version else "", mla_date(ref.issued), ref.url]
    return join(author, f"“{stop(ref.title)}”", ", ".join(part for part in parts if part) + ".", archived(ref))


def newsroom(ref: Reference) -> str:
    """A line for a story or a footnote: who, what, which version, when, where."""
    if ref.kind == "article":
        where = f"{ref.url} (archived: {ref.archived_url})" if ref.url else ref.archived_url
        return ", ".join(part for part in (ref.publisher, f"“{ref.title}”", british(ref.issued), where) if part)
    version = f"version {ref.version}" if ref.version else ""
    return ", ".join(part for part in (ref.publisher, f"“{ref.title}”", version, british(ref.issued), ref.url) if part)


STYLES: Mapping[str, Callable[[Reference], str]] = {
    "APA": apa,
    "Chicago": chicago,
    "MLA": mla,
    "Newsroom": newsroom,
}


def names(ref: Reference) -> str:
    return stop("; ".join(ref.authors))


def archived(ref: Reference) -> str:
    return f"Archived at {ref.archived_url}" if ref.archived_url and ref.archived_url != ref.url else ""


def american(date: datetime.date | None) -> str:
    return f"{MONTHS[date.month - 1]} {date.day}, {date.year}" if date else "n.d."


def british(date: datetime.date | None) -> str:
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}" if date else ""


def mla_date(date: datetime.date | None) -> str:
    return f"{date.day} {MLA_MONTHS[date.month - 1]} {date.year}" if date else ""


def stop(text: str) -> str:
    """End with a full stop unless some final mark is there already, or nothing at all."""
    return text if not text or text.endswith((".", "?", "!", "؟", "…")) else f"{text}."


def join(*parts: str) -> str:
    return " ".join(" ".join(part for part in parts if part).split())
