"""Places by what somebody is typing, for the boxes of the filters. Every page works without it."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from archive.lists.suggestions import suggestions


@require_safe
def places(request: HttpRequest) -> JsonResponse:
    """``{"places": [{"pcode", "name", "spelling", "within"}], "said"}``: at most eight, for the letters in ``q``.

    ``said`` is how many there are, in words, for readers who hear the page.
    """
    found = suggestions(request.GET.get("q", ""))
    said = ngettext("%(number)s suggestion", "%(number)s suggestions", len(found)) % {"number": len(found)}
    answer = {"places": [one._asdict() for one in found], "said": said if found else _("No suggestions")}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
