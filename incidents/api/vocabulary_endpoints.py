"""The endpoints of the vocabularies: places, facilities, kinds of facility, actors, weapons, sources."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from incidents.api import answers
from incidents.formats.vocabulary_rows import Vocabulary

LONGEST_KEY = 80  # characters


def endpoint(vocabulary: Vocabulary) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of a vocabulary: all of it, 1,000 rows at a time, in the order of its keys."""
    key = vocabulary.table.key
    column = vocabulary.column(key)

    def view(request: HttpRequest) -> HttpResponse:
        if errors := problems(request):
            return JsonResponse({"errors": errors}, status=400)
        rows = vocabulary.ordered()
        after = request.GET.get("after", "")
        following = rows.filter(**{f"{column}__gt": after}) if after else rows
        records = vocabulary.records(following[: answers.VOCABULARY_SIZE + 1])
        return answers.keyed_page(request, key, records, rows.count())

    return view


def problems(request: HttpRequest) -> dict[str, list[str]]:
    """Parameter → what is wrong with it."""
    found = {name: ["There is no such parameter."] for name in request.GET if name != "after"}
    after = request.GET.getlist("after")
    if len(after) > 1:
        found["after"] = ["This can be given only once."]
    elif after and ("\x00" in after[0] or len(after[0]) > LONGEST_KEY):
        found["after"] = ["This is not the key of a row."]
    return found
