"""The page of a copy: where from, when, how, its hashes and its log; the bytes as a download that cannot run."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive import capture_bytes, withheld
from archive.models import Article, Capture, CustodyEvent, Verification
from archive.read_by_key import ReadByKey
from archive.verifying import last_whole
from archive.web.downloads import streamed

# Headers that say something of the page. Others may tell of the one who fetched it, or let others act as them.
TOLD = frozenset(
    {
        "age",
        "cache-control",
        "content-encoding",
        "content-language",
        "content-length",
        "content-location",
        "content-type",
        "date",
        "etag",
        "expires",
        "last-modified",
        "link",
        "location",
        "memento-datetime",
        "server",
        "transfer-encoding",
        "vary",
        "x-robots-tag",
    }
)


@dataclass(frozen=True, slots=True)
class CopyOf(ReadByKey):
    """A copy as one article has it: several have one where a page stands at two addresses."""

    capture: Capture
    headers: list[list[str]]
    events: list[CustodyEvent]
    is_cut: bool = False  # words of the report are withheld


@require_safe
def capture(request: HttpRequest, sha256: str) -> HttpResponse:
    """Show the copy as far as an article has it that readers may see; 404 otherwise."""
    is_cut = bool(capture_bytes.cut([sha256]))
    shown = public(sha256)
    logs = logs_of(shown)
    copies = [as_told(one, logs[one.pk], is_cut=is_cut) for one in shown]
    if not copies:
        raise Http404
    whole = last_whole()
    return render(
        request,
        "archive/capture.html",
        {
            "sha256": sha256,
            "copies": copies,
            "may_download": not capture_bytes.shut([sha256]),
            "is_private": bool(capture_bytes.private([sha256])),
            "is_cut": is_cut,
            "verified": whole if whole and is_vouched_for(copies, whole) else None,
        },
    )


@require_safe
def capture_file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The bytes, where every article that has them lets the whole text be read; they are compared with their digest."""
    copies = public(sha256)
    if not copies or capture_bytes.shut([sha256]):
        raise Http404
    return streamed(request, capture_bytes.sound_pieces(sha256), f"{sha256}.bin", size=copies[0].size)


def is_vouched_for(copies: list[CopyOf], whole: Verification) -> bool:
    """Whether a run that looked at everything looked at these copies too, and none since it began found anything."""
    has_found = Verification.objects.filter(began_at__gte=whole.began_at, finding_count__gt=0).exists()
    return not has_found and all(copy.capture.created_at < whole.began_at for copy in copies)


def public(sha256: str) -> list[Capture]:
    """Return the copies of these bytes whose articles readers may see."""
    articles = Article.objects.published()
    return list(Capture.objects.filter(bytes=sha256, article__in=articles).select_related("article__source"))


def as_told(copy: Capture, events: list[CustodyEvent], *, is_cut: bool) -> CopyOf:
    """Return a copy with its log as readers see it: of withheld words without what may hold them or tell their length.

    ``is_cut`` says so of the bytes: they may be those of another report too, of which words are withheld.
    """
    if not is_cut:
        return CopyOf(copy, told(copy.http_headers), events)
    shown = withheld.shown_capture(copy)
    for event in events:
        event.details = "{}"
    return CopyOf(shown, [], events, is_cut=True)


def told(headers: Iterable[list[str]]) -> list[list[str]]:
    """Return those headers of an answer that say something of the page."""
    return [header for header in headers if header[0].lower() in TOLD]


def logs_of(copies: Iterable[Capture]) -> dict[int, list[CustodyEvent]]:
    """Return by the key of each copy what the log tells of it, of its texts, and of who might see its article.

    One query, however many articles have the bytes.
    """
    logs: dict[int, list[CustodyEvent]] = {one.pk: [] for one in copies}
    by_article: dict[int, list[int]] = {}
    for one in copies:
        by_article.setdefault(one.article_id, []).append(one.pk)
    of_them = Q(capture__in=logs) | Q(capture=None, text_version=None) | Q(text_version__capture__in=logs)
    told = CustodyEvent.objects.filter(of_them, article__in=by_article)
    for event in told.select_related("text_version").defer("text_version__text").order_by("number"):
        of_text = event.text_version.capture_id if event.text_version else None
        capture = event.capture_id or of_text
        wanted = [capture] if capture else by_article[event.article_id or 0]
        for pk in wanted:
            logs[pk].append(event)
    return logs
