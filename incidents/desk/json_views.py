"""Small answers for the scripts of the desk, as JSON; every page works without them."""

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from archive import dates
from archive.models import Article
from archive.reading_back.dates import read_back
from incidents.desk.permission import editors_only
from incidents.desk.pickers import LOOKUPS


@require_GET
@editors_only("incidents.view_incident")
def find(request: HttpRequest, kind: str) -> JsonResponse:
    """Rows of a kind that some letters may mean: ``{"options": [{"value", "label", "detail"}]}``, at most twelve."""
    if kind not in LOOKUPS:
        raise Http404
    term = request.GET.get("q", "").replace("\0", "")[:200]
    return JsonResponse({"options": [option._asdict() for option in LOOKUPS[kind].options(term)]})


@require_GET
@editors_only("incidents.view_incident")
def date(request: HttpRequest) -> JsonResponse:
    """What a typed date means: ``{"reading"}``, or ``{"problem", "suggestions"}`` with dates to take instead.

    Words such as "Wednesday night" are worked out from the publication date of ``article``, if that is known.
    """
    typed = request.GET.get("q", "").replace("\0", "")[:80]
    part_of_day = request.GET.get("part_of_day", "")
    try:
        when = dates.parse(typed)
    except dates.DateError as error:
        suggestions = [*error.suggestions, *worked_out(typed, request.GET.get("article", ""))]
        answers = [described(edtf) for edtf in dict.fromkeys(suggestions)]
        return JsonResponse({"problem": read_back(str(error)), "suggestions": answers})
    return JsonResponse({"reading": dates.describe(when, get_language() or "en", part_of_day), "edtf": when.edtf})


def worked_out(words: str, article: str) -> list[str]:
    published = Article.objects.filter(public_id=article).values_list("published_on", flat=True).first()
    meant = dates.relative(words, published) if published and words.strip() else None
    return [meant.edtf] if meant else []


def described(edtf: str) -> dict[str, Any]:
    return {"edtf": edtf, "reading": dates.describe(dates.parse(edtf), get_language() or "en")}
