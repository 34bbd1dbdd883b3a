"""The OpenAPI schema of the API: its parameters from the filters, its answers from the registry of fields."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from archive import fields
from archive.lists.filters import ListFilters
from incidents.formats.parameters import Parameter, parameters
from incidents.formats.tables import ARTICLE_DOCUMENTS, ARTICLES, EDITIONS, ROWS, VOCABULARIES

Schema = dict[str, Any]
ERRORS: Schema = {
    "type": "object",
    "description": "What is wrong: parameter → messages.",
    "properties": {
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        }
    },
    "required": ["errors"],
}
NOT_FOUND: Schema = {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]}
GONE: Schema = {
    "type": "object",
    "description": "The record was withdrawn.",
    "properties": {
        "code": {"type": "string"},
        "state": {"type": "string", "enum": ["withdrawn"]},
        "withdrawn_at": {"type": ["string", "null"], "format": "date-time"},
        "reason": {"type": "string"},
    },
    "required": ["code", "state", "withdrawn_at", "reason"],
}
COMPONENTS: dict[str, Schema] = {
    "Errors": ERRORS,
    "NotFound": NOT_FOUND,
    "Gone": GONE,
}
TABLES = {
    "incidents": ROWS,
    "articles": ARTICLES,
    "incident": EDITIONS,
    "article": ARTICLE_DOCUMENTS,
    **{table.name: table for table in VOCABULARIES},
}


def component(name: str) -> str:
    """`facility_types` → `FacilityTypesRow`; the documents are `IncidentDocument` and `ArticleDocument`."""
    camel = "".join(part.capitalize() for part in name.split("_"))
    return f"{camel}Document" if name in ("incident", "article") else f"{camel}Row"


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def answer(schema: Schema, description: str) -> OpenApiResponse:
    return OpenApiResponse(response=schema, description=description)


def page_of(name: str, *, has_previous: bool = True) -> Schema:
    address = {"type": ["string", "null"], "format": "uri"}
    links = {"next": address, **({"previous": address} if has_previous else {})}
    properties = {
        "count": {"type": "integer", "minimum": 0, "description": "How many there are in all."},
        **links,
        "results": {"type": "array", "items": reference(component(name))},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def list_of(name: str, filters: type[ListFilters]) -> Schema:
    """What `extend_schema` takes for a list with filters."""
    return {
        "parameters": [described(parameter) for parameter in parameters(filters)],
        "responses": {
            200: answer(page_of(name), "One page of the set."),
            400: answer(reference("Errors"), "A parameter cannot be read, or there is none of that name."),
        },
    }


def described(parameter: Parameter) -> OpenApiParameter:
    word: Schema = {"type": "string"}
    if parameter.choices:
        word |= {"enum": list(parameter.choices), "default": parameter.choices[0]}
    if parameter.example:
        word["examples"] = [parameter.example]
    return OpenApiParameter(
        parameter.name,
        {"type": "array", "items": word, "maxItems": 20} if parameter.is_repeatable else word,
        OpenApiParameter.QUERY,
        description=str(parameter.description),
    )


def keyed_list_of(name: str) -> Schema:
    """What `extend_schema` takes for a vocabulary."""
    after = OpenApiParameter("after", OpenApiTypes.STR, OpenApiParameter.QUERY, description="The last key of a page.")
    return {
        "parameters": [after],
        "responses": {
            200: answer(page_of(name, has_previous=False), "One page of all."),
            400: answer(reference("Errors"), "A parameter cannot be read, or there is none of that name."),
        },
    }


def one_of(name: str, key: str, *, may_be_gone: bool = False) -> Schema:
    """What `extend_schema` takes for a single record, known by its public key."""
    responses = {
        200: answer(reference(component(name)), "The record."),
        404: answer(reference("NotFound"), "There is none."),
    }
    if may_be_gone:
        responses[301] = OpenApiResponse(description="It was merged: the address is that of the survivor.")
        responses[410] = answer(reference("Gone"), "It was withdrawn.")
    path = OpenApiParameter(
        key, {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}, OpenApiParameter.PATH, description="Its public key."
    )
    return {"parameters": [path], "responses": responses}


def with_components(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """Add the schemas of the registry; a hook of drf-spectacular."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas |= COMPONENTS
    schemas |= {component(name): fields.json_schema(table.fields) for name, table in TABLES.items()}
    return result
