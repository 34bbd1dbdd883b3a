"""What became of the errors that readers reported: all that were answered, and each at the address its reader got."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive import addresses
from archive.models import ReportedError
from archive.reported_errors.shown import as_shown
from archive.terms import ErrorState
from archive.web.atom import Entry, atom

SHOWN = 50


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """The answered reports, the last answered first."""
    return render(request, "archive/corrections.html", {"answered": as_shown(ReportedError.objects.answered()[:SHOWN])})


@require_safe
def corrections_atom(request: HttpRequest) -> HttpResponse:
    """The same as a feed."""
    entries = [
        Entry(
            id=addresses.path("correction", one.reference),
            path=addresses.path("correction", one.reference),
            title=one.subject.name,
            summary=one.text,
            updated_at=one.answered_at,
            published_at=one.answered_at,
        )
        for one in as_shown(ReportedError.objects.answered()[:SHOWN])
    ]
    title, path = gettext("Corrections"), addresses.path("corrections_atom")
    return atom(title=title, path=path, list_path=addresses.path("corrections"), entries=entries)


@require_safe
def correction(request: HttpRequest, reference: str) -> HttpResponse:
    """One report, for who knows its reference: that it arrived, then the answer. Never what the reader wrote."""
    row = get_object_or_404(ReportedError, reference=reference.lower())
    is_public = row.state in (ErrorState.ACCEPTED, ErrorState.DECLINED)
    answers = as_shown([row]) if is_public else []
    context = {"row": row, "answer": answers[0] if answers else None, "is_closed": row.state != ErrorState.OPEN}
    return render(request, "archive/correction.html", context)
