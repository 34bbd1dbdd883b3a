"""How pages offer citations: plain lines to copy, files to download, links in the header."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import get_language, pgettext_lazy

from archive.citing import FORMATS, STYLES, Reference, cite
from archive.web.linking import Link, header

STYLE_NAMES = {
    "APA": "APA",
    "Chicago": "Chicago",
    "MLA": "MLA",
    "Newsroom": pgettext_lazy("citation", "Plain line"),
}
ADDRESS = re.compile(r"(https?://[^\s()]*[^\s().,،])")
LD_JSON = "application/ld+json"


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing to cite, as a page shows it: each plain style's name and line, each file's name and address.

    A line is in parts: text, address, text, …; an address keeps its own direction in an Arabic line.
    """

    heading: str
    lines: list[tuple[str, list[str]]]
    files: list[tuple[str, str]]


def shown(reference: Reference, heading: str, address: Callable[[str], str] | None = None) -> Citation:
    """Return a reference as pages show it, in words of the reader's language.

    ``address`` returns the address of the file with a suffix of `FORMATS`; without it there are no files.
    """
    language = get_language() or "en"
    lines = [(str(STYLE_NAMES[style]), parts(cite(reference, style, language))) for style in STYLES]
    files = [(form.label, address(suffix)) for suffix, form in FORMATS.items()] if address else []
    return Citation(heading, lines, files)


def parts(line: str) -> list[str]:
    """Cut a line at its addresses, which come at every second place."""
    return ADDRESS.split(line)


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
