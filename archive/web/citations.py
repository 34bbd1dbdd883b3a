"""How pages offer citations: plain lines to copy, files to download, links in the header."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from django.http import HttpResponse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from archive.citing import FORMATS, STYLES, Reference, cite
from archive.citing.locales import WORDS
from archive.localisation import isolated
from archive.read_by_key import ReadByKey
from archive.web.linking import Link, header

STYLE_NAMES = {
    "APA": "APA",
    "Chicago": "Chicago",
    "MLA": "MLA",
    "Newsroom": pgettext_lazy("citation", "Plain line"),
}
ADDRESS = re.compile(r"(https?://[^\s()]*[^\s().,،])")
LD_JSON = "application/ld+json"


class Line(NamedTuple):
    """A citation in a plain style: the style's name, what its button says, and the line in parts (`parts`)."""

    style: str
    copy_name: str
    parts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Citation(ReadByKey):
    """One thing to cite, as a page shows it: a line in each plain style, each file's name and address."""

    heading: str
    lines: list[Line]
    files: list[tuple[str, str]]


def shown(reference: Reference, heading: str, address: Callable[[str], str] | None = None) -> Citation:
    """Return a reference as pages show it, in words of the reader's language.

    ``address`` returns the address of the file with a suffix of `FORMATS`; without it there are no files.
    """
    names = [str(STYLE_NAMES[style]) for style in STYLES]
    lines = [
        Line(name, _("Copy: %(style)s") % {"style": name}, parts(line(reference, style)))
        for style, name in zip(STYLES, names, strict=True)
    ]
    files = [(form.label, address(suffix)) for suffix, form in FORMATS.items()] if address else []
    return Citation(heading, lines, files)


def line(reference: Reference, style: str) -> str:
    """Return a citation in words of the reader's language, as plain text.

    Titles and names that run in the other direction are set apart: the dates and stops beside them would go astray.
    """
    shown = replace(
        reference,
        title=isolated(reference.title),
        publisher=isolated(reference.publisher),
        archive=isolated(reference.archive),
        authors=tuple(map(isolated, reference.authors)),
    )
    return cite(shown, style, get_language() or "en")


def quoted(text: str) -> str:
    """Return words between the quotation marks of the reader's language."""
    return WORDS.get(get_language() or "en", WORDS["en"]).quoted.format(isolated(text))


def parts(line: str) -> list[tuple[str, str]]:
    """Cut a line behind its addresses: text with the address that follows it, which keeps its own direction."""
    cut = ADDRESS.split(line)
    return list(zip_longest(cut[::2], cut[1::2], fillvalue=""))


def file(reference: Reference, suffix: str, *, describes: str) -> HttpResponse:
    """Return a citation file; ``describes`` is the whole address of the page of the thing that is cited."""
    form = FORMATS[suffix]
    response = HttpResponse(form.write(reference), content_type=f"{form.media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{reference.key}.{suffix}"'
    return linked(response, [Link(describes, "describes", "text/html")])


def described_by(address: Callable[[str], str], jsonld: str) -> list[Link]:
    """Return the links to the metadata of a page: every citation file and the JSON-LD."""
    files = [Link(address(suffix), "describedby", form.media_type) for suffix, form in FORMATS.items()]
    return [*files, Link(jsonld, "describedby", LD_JSON)]


def linked(response: HttpResponse, links: Iterable[Link]) -> HttpResponse:
    """Put links into the header of a response."""
    response.headers["Link"] = header(links)
    return response
