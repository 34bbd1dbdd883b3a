"""The manifests of hashes, and their time-stamps, for whoever checks them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.models import Manifest, TimeStamp
from archive.web.downloads import download

SHOWN = 400  # a year, and more

CHECK = "openssl ts -verify -data manifest-1.txt -in manifest-1.tsr -CAfile root.pem"


@require_safe
def manifests(request: HttpRequest) -> HttpResponse:
    """List the newest manifests, each with its time-stamp."""
    rows = Manifest.objects.defer("content", "upto").prefetch_related("stamps")[:SHOWN]
    return render(
        request, "archive/manifests.html", {"manifests": rows, "is_stamping": bool(settings.TSA_URL), "check": CHECK}
    )


@require_safe
def manifest_text(request: HttpRequest, number: int) -> HttpResponse:
    """The manifest, to the byte as it was stamped."""
    manifest = get_object_or_404(Manifest, pk=number)
    return download(manifest.content.encode(), f"manifest-{number}.txt")


@require_safe
def manifest_request(request: HttpRequest, number: int) -> HttpResponse:
    """What the authority was asked, raw."""
    return download(bytes(_stamp(number).request), f"manifest-{number}.tsq")


@require_safe
def manifest_reply(request: HttpRequest, number: int) -> HttpResponse:
    """What the authority said, raw."""
    return download(bytes(_stamp(number).reply), f"manifest-{number}.tsr")


def _stamp(number: int) -> TimeStamp:
    stamp = TimeStamp.objects.filter(manifest=number).order_by("pk").first()
    if stamp is None:
        raise Http404
    return stamp
