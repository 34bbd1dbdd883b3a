"""The whole data set: as it is now, and its dated releases with their files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.depot.store import UnavailableError
from archive.marks import render_json
from archive.web import caching
from incidents.formats import licences, package_stream, tables
from incidents.models import PublishedIncident, Release
from incidents.releases import describing, keeping, standing

ZIP = "application/zip"
TYPES = {
    ".zip": ZIP,
    ".csv": "text/csv; charset=utf-8; header=present",
    ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".cff": "application/yaml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
TITLES = {table.name: table.title for table in (tables.PACKAGED, *tables.TABLES[1:])}
MEANINGS = {
    "README.md": _("What it is and how to use it"),
    "CITATION.cff": _("How to cite it, for programs"),
    "datacite.json": _("What a DOI is registered with (DataCite)"),
    "datapackage.json": _("Each table with its columns, size and checksum (Frictionless)"),
    "codebook.md": _("What each column means"),
    "LICENCE.md": _("Licence"),
    "ATTRIBUTION.md": _("Whom to name"),
    "sha256sums.txt": _("Checksums of all files"),
}


@dataclass(frozen=True)
class Line:
    """A file of a release as its page shows it."""

    name: str
    size: int
    sha256: str
    meaning: Any
    rows: int | None


@dataclass(frozen=True)
class Shown:
    """A release with why it cannot be downloaded, if so."""

    release: Release
    reasons: list[Any]

    @property
    def changes(self) -> list[tuple[Any, Mapping[str, int]]]:
        return [(TITLES[name], counts) for name, counts in self.release.differences.items()]

    @property
    def lines(self) -> list[Line]:
        return [self.line(file) for file in self.release.files]

    def line(self, file: Mapping[str, Any]) -> Line:
        table = file["name"].removesuffix(".csv")
        meaning = TITLES[table] if table in TITLES else MEANINGS.get(file["name"], "")
        return Line(file["name"], file["size"], file["sha256"], meaning, self.release.counts.get(table))

    @property
    def doi(self) -> str:
        return describing.doi_of(self.release.name)


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """List the releases, the newest first, those too that can no longer be downloaded."""
    found = list(Release.objects.all())
    return render(request, "incidents/releases.html", {"releases": shown(found), "licence": licences.RECORDS})


@require_safe
def release(request: HttpRequest, name: str) -> HttpResponse:
    one = get_object_or_404(Release, name=name)
    context = {
        "shown": shown([one])[0],
        "licence": licences.RECORDS,
        "jsonld": render_json(describing.schema_org(one)),
    }
    return render(request, "incidents/release.html", context)


@require_safe
def release_file(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """A file of a release; 410 with the reason where it may not be given any more."""
    one = get_object_or_404(Release, name=name)
    found = next((known for known in (one.archive, *one.files) if known["name"] == file), None)
    if found is None:
        raise Http404
    if reasons := standing.closed([one]):
        context = {"shown": Shown(one, [standing.REASONS[kind] for kind in reasons[one.pk]])}
        return caching_never(render(request, "incidents/release_closed.html", context, status=410))
    return caching.answer(request, partial(sent, request, one, found), etag=f'"{found["sha256"]}"', changed_at=None)


def sent(request: HttpRequest, one: Release, file: Mapping[str, Any]) -> HttpResponseBase:
    name = file["name"]
    headers = {"Content-Length": str(file["size"]), "Content-Disposition": f'attachment; filename="{name}"'}
    kind = TYPES["." + name.rpartition(".")[2]]
    if request.method == "HEAD":
        return HttpResponse(content_type=kind, headers=headers)
    pieces = keeping.pieces(one.folder, name)
    try:
        first = next(pieces, b"")
    except UnavailableError:
        said = _("The files of this release cannot be reached at the moment. Please try again later.")
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")

    def all_of_it() -> Any:
        yield first
        yield from pieces

    return StreamingHttpResponse(all_of_it(), content_type=kind, headers=headers)


@require_safe
def current(request: HttpRequest) -> HttpResponseBase:
    """The whole data set as it is now. No cache keeps it: something in it may be withheld at any moment."""
    PublishedIncident.objects.exists()  # where the database is away, that is said before anything is sent
    response: HttpResponseBase = (
        HttpResponse(content_type=ZIP)
        if request.method == "HEAD"
        else StreamingHttpResponse(package_stream.zipped(), content_type=ZIP)
    )
    response.headers["Content-Disposition"] = 'attachment; filename="current.zip"'
    return caching_never(response)


def caching_never(response: HttpResponseBase) -> HttpResponseBase:
    caching.control(response, caching.NEVER)
    return response


def shown(found: list[Release]) -> list[Shown]:
    reasons = standing.closed(found)
    return [Shown(one, [standing.REASONS[kind] for kind in reasons.get(one.pk, ())]) for one in found]
