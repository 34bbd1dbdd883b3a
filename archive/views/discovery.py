"""How crawlers, browsers and finders of flaws learn what is here."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from archive import addresses

VALID_FOR = timedelta(days=180)  # RFC 9116 asks for less than a year
LISTS = ("incidents", "articles")
LONGEST_SHORT_NAME = 16  # of an OpenSearch description
for_a_day = cache_control(public=True, max_age=86_400)


@require_safe
@for_a_day
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers from the editors' side and from whole data sets; the pages that repeat others say noindex."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        *(
            f"Disallow: /{kind}.{suffix}"
            for kind in ("incidents", "articles")
            for suffix in ("csv", "jsonl", "parquet")
        ),
        *(f"Disallow: /{path}.xlsx" for kind in ("incidents", "articles") for path in (kind, f"*/{kind}")),
        "Disallow: /data/current.zip",
        "Disallow: /incidents.ftm.json",
        "Disallow: /incidents.geojson",
        "Disallow: /*?*after=",
        "Disallow: /*corrections/report/",
        "Disallow: /*/package.zip",
        "",
        f"Sitemap: {addresses.whole('sitemap_index')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@for_a_day
def security(request: HttpRequest) -> HttpResponse:
    """Say where flaws are reported (RFC 9116). Without a real contact there is no such file: it would promise one."""
    contact = settings.SECURITY_CONTACT or (f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else "")
    if not contact:
        raise Http404
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {midnight + VALID_FOR:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: " + ", ".join(code for code, _label in settings.LANGUAGES),
        f"Canonical: {addresses.whole('security')}",
        f"Policy: {addresses.whole('about')}#contact",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@for_a_day
def opensearch(request: HttpRequest) -> HttpResponse:
    """Let browsers search the archive (OpenSearch 1.1)."""
    name = _(settings.SITE_NAME)
    context = {"short_name": name if len(name) <= LONGEST_SHORT_NAME else _("Attack reports"), "long_name": name[:48]}
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")
