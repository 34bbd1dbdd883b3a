"""The endpoints of the vocabularies: places, facilities, kinds of facility, actors, weapons, sources."""

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request

from incidents.api import pagination, schema
from incidents.formats.vocabulary_rows import Vocabulary

LONGEST_KEY = 80  # characters


def endpoint(vocabulary: Vocabulary) -> Callable[..., HttpResponse]:
    """Return the view of a vocabulary: all of it, 1,000 rows at a time, in the order of its keys."""
    table = vocabulary.table
    column = vocabulary.column(table.key)

    @extend_schema(
        operation_id=table.name,
        description=f"{table.title}, in the order of their keys, {pagination.VOCABULARY_SIZE:,} at a time.",
        **schema.keyed_list_of(table.name),
    )
    @api_view(["GET"])
    def view(request: Request) -> HttpResponse:
        if errors := problems(request):
            return JsonResponse({"errors": errors}, status=400)
        rows = vocabulary.ordered()
        after = request.query_params.get("after", "")
        following = rows.filter(**{f"{column}__gt": after}) if after else rows
        records = vocabulary.records(following[: pagination.VOCABULARY_SIZE + 1])
        return pagination.keyed_page(request._request, table.key, records, rows.count())

    return view


def problems(request: Request) -> dict[str, list[str]]:
    """Parameter → what is wrong with it."""
    found = {name: ["There is no such parameter."] for name in request.query_params if name != "after"}
    after = request.query_params.getlist("after")
    if len(after) > 1:
        found["after"] = ["This can be given only once."]
    elif after and ("\x00" in after[0] or len(after[0]) > LONGEST_KEY):
        found["after"] = ["This is not the key of a row."]
    return found
