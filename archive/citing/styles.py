"""Plain citations in the styles that newsrooms and universities ask for, with the words of the reader's language.

APA 7 (§10.1, §10.4, §10.9), Chicago 17 (§14.191, §14.257), MLA 9 (§5.31); a tool that shows citations of its own is
not used, since the one at hand writes Chicago and MLA wrongly.
"""

from collections.abc import Callable, Mapping

from archive.citing.locales import WORDS, Words
from archive.citing.reference import Reference

Style = Callable[[Reference, Words], str]


def cite(reference: Reference, style: str, language: str = "en") -> str:
    """Return the citation in one of `STYLES`, as plain text on one line; an unknown language gets English words."""
    return STYLES[style](reference, WORDS.get(language, WORDS["en"]))


def apa(ref: Reference, words: Words) -> str:
    date = f"({day(ref, words, year_first=words.month_first)})"
    label = f" [{words.labels[ref.kind]}]" if ref.kind in words.labels else ""
    version = f" ({capital(words.version.format(ref.version))})" if ref.version else ""
    title = stop(f"{ref.title}{version}{label}")
    publisher = stop(ref.publisher) if ref.publisher not in ref.by else ""
    head = f"{names(ref, words)} {date}. {title}" if ref.by else f"{title} {date}."
    return join(head, publisher, stop(ref.keeper), ref.url, archived(ref, words))


def chicago(ref: Reference, words: Words) -> str:
    author = names(ref, words) if ref.by else stop(ref.publisher)
    outlet = stop(ref.publisher) if ref.by and ref.publisher not in ref.by else ""
    version = stop(capital(words.version.format(ref.version))) if ref.version else ""
    title, date = quoted(ref, words), stop(day(ref, words))
    return join(author, title, outlet, version, date, stop(ref.keeper), stop(ref.url), archived(ref, words))


def mla(ref: Reference, words: Words) -> str:
    author = names(ref, words) if ref.authors else ""
    version = words.version.format(ref.version) if ref.version else ""
    date = f"{ref.issued.day} {words.mla_months[ref.issued.month - 1]} {ref.issued.year}" if ref.issued else ""
    parts = [ref.publisher, version, date, ref.keeper, ref.url]
    return join(author, quoted(ref, words), stop(words.comma.join(filter(None, parts))), archived(ref, words))


def newsroom(ref: Reference, words: Words) -> str:
    """A line for a story or a footnote: who, what, which version, when, where."""
    version = words.version.format(ref.version) if ref.version else ""
    date = f"{ref.issued.day} {words.months[ref.issued.month - 1]} {ref.issued.year}" if ref.issued else ""
    quoted_title = words.quoted.format(ref.title)
    where = ref.url or ref.archived_url
    if ref.url and ref.is_archived_elsewhere:
        where = f"{ref.url} ({words.archived.format(ref.archived_url)})"
    return words.comma.join(filter(None, [ref.publisher, quoted_title, version, date, ref.keeper, where]))


STYLES: Mapping[str, Style] = {
    "APA": apa,
    "Chicago": chicago,
    "MLA": mla,
    "Newsroom": newsroom,
}


def names(ref: Reference, words: Words) -> str:
    return stop(words.semicolon.join(ref.by))


def quoted(ref: Reference, words: Words) -> str:
    """The title in its quotation marks. American styles put the full stop inside them."""
    if words.month_first:
        return words.quoted.format(stop(ref.title))
    return f"{words.quoted.format(ref.title)}."


def archived(ref: Reference, words: Words) -> str:
    return capital(words.archived.format(ref.archived_url)) if ref.is_archived_elsewhere else ""


def day(ref: Reference, words: Words, *, year_first: bool = False) -> str:
    """The date of issue: “2019, November 28”, “November 28, 2019”, or day, month, year where the language has it so."""
    if ref.issued is None:
        return words.no_date
    month = words.months[ref.issued.month - 1]
    if year_first:
        return f"{ref.issued.year}, {month} {ref.issued.day}"
    if words.month_first:
        return f"{month} {ref.issued.day}, {ref.issued.year}"
    return f"{ref.issued.day} {month} {ref.issued.year}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def stop(text: str) -> str:
    """End with a full stop unless some final mark is there already, or nothing at all."""
    ends = text.rstrip("\u2069").endswith((".", "?", "!", "؟", "…"))
    return text if not text or ends else f"{text}."


def join(*parts: str) -> str:
    return " ".join(" ".join(part for part in parts if part).split())
