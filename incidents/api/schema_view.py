"""The address of the OpenAPI document: YAML, or JSON by `?format=json` or by the Accept header."""

import json

import yaml
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.vary import vary_on_headers

from incidents.api.schema import document

MEDIA_TYPES = {
    "application/vnd.oai.openapi": "yaml",
    "application/yaml": "yaml",
    "application/vnd.oai.openapi+json": "json",
    "application/json": "json",
}


@vary_on_headers("Accept")
def schema(request: HttpRequest) -> HttpResponse:
    """Describe the API for programs that write clients, and for tests."""
    wanted = request.GET.get("format")
    offered = [media_type for media_type, form in MEDIA_TYPES.items() if wanted in (None, form)]
    if not offered:
        return JsonResponse({"errors": {"format": ["This is yaml or json."]}}, status=400)
    media_type = request.get_preferred_type(offered) or offered[0]
    form = MEDIA_TYPES[media_type]
    named = {"Content-Disposition": f'inline; filename="openapi.{form}"'}
    return HttpResponse(written(form), content_type=media_type, headers=named)


def written(form: str) -> str:
    if form == "json":
        return json.dumps(document(), ensure_ascii=False, indent=4)
    return yaml.dump(document(), Dumper=Dumper, sort_keys=False, allow_unicode=True)


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """Write a part that stands in several places in each of them."""
        return True
