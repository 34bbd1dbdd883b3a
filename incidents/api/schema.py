"""The OpenAPI document of the API: its parameters from the filters, its answers from the registry of fields."""

from typing import Any

from django.conf import settings

from archive import addresses, fields
from archive.articles.article_filters import ArticleFilters
from archive.lists.filters import ListFilters
from incidents.api import answers
from incidents.formats.parameters import Parameter, parameters
from incidents.formats.tables import ARTICLE_DOCUMENTS, ARTICLES, EDITIONS, ROWS, Table
from incidents.formats.vocabulary_rows import VOCABULARIES
from incidents.lists.incident_filters import IncidentFilters

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
TABLES = {
    "IncidentsRow": ROWS,
    "ArticlesRow": ARTICLES,
    "IncidentDocument": EDITIONS,
    "ArticleDocument": ARTICLE_DOCUMENTS,
}


def document() -> Schema:
    """Return the whole document (OpenAPI 3.1, whose schemas are JSON Schema)."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME,
            "version": "1",
            "description": "Read-only. What the fields mean: /about/data/. "
            "Dates are local to the place, date-times are UTC.",
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": paths(),
        "components": {"schemas": components()},
    }


def paths() -> Schema:
    """Every address of the API, but for its index and this document."""
    incident = record(
        "incident",
        "code",
        "IncidentDocument",
        "Give the current edition of an incident in full: facts, claims, passages, articles.\n\n"
        "A merged incident answers 301 with the address of the one it was merged into, a withdrawn one 410 with the "
        "reason.",
    )
    incident["get"]["responses"] |= {
        "301": {"description": "It was merged: the address is that of the survivor."},
        "410": answered(reference("Gone"), "It was withdrawn."),
    }
    article = record(
        "article",
        "public_id",
        "ArticleDocument",
        "Give what is known of one article: its copies, its texts, the passages that published records cite.",
    )
    return {
        addresses.path("api_incidents"): filtered(
            "incidents",
            IncidentFilters,
            f"List incidents: the same set as the page, {answers.SIZE} at a time.",
        ),
        addresses.template("api_incident").format("{code}"): incident,
        addresses.path("api_articles"): filtered(
            "articles",
            ArticleFilters,
            f"List articles, without their texts: the same set as the page, {answers.SIZE} at a time.",
        ),
        addresses.template("api_article").format("{public_id}"): article,
        **{addresses.path(f"api_{one.path}"): vocabulary(one.table) for one in VOCABULARIES},
    }


def components() -> Schema:
    tables = {**TABLES, **{row_of(one.table.name): one.table for one in VOCABULARIES}}
    schemas = {name: fields.json_schema(table.fields) for name, table in tables.items()}
    return {"Errors": ERRORS, "NotFound": NOT_FOUND, "Gone": GONE, **schemas}


def row_of(name: str) -> str:
    """`facility_types` → `FacilityTypesRow`."""
    return "".join(part.capitalize() for part in name.split("_")) + "Row"


def filtered(name: str, filters: type[ListFilters], description: str) -> Schema:
    """A list with filters."""
    described = [described_parameter(parameter) for parameter in parameters(filters)]
    return listed(name, description, described, page_of(name), "One page of the set.")


def vocabulary(table: Table) -> Schema:
    """A list in the order of its public keys."""
    description = f"{table.title}, in the order of their keys, {answers.VOCABULARY_SIZE:,} at a time."
    after = query_parameter("after", {"type": "string"}, "The last key of a page.")
    return listed(table.name, description, [after], page_of(table.name, has_previous=False), "One page of all.")


def listed(name: str, description: str, parameters: list[Schema], page: Schema, promise: str) -> Schema:
    responses = {
        "200": answered(page, promise),
        "400": answered(reference("Errors"), "A parameter cannot be read, or there is none of that name."),
    }
    return operation(name, name.replace("_", "-"), description, parameters, responses)


def record(name: str, key: str, component: str, description: str) -> Schema:
    """A single record, known by its public key."""
    parameter = {
        "in": "path",
        "name": key,
        "required": True,
        "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
        "description": "Its public key.",
    }
    responses = {
        "200": answered(reference(component), "The record."),
        "404": answered(reference("NotFound"), "There is none."),
    }
    return operation(name, f"{name}s", description, [parameter], responses)


def operation(name: str, tag: str, description: str, parameters: list[Schema], responses: Schema) -> Schema:
    told = {"operationId": name, "description": description, "tags": [tag]}
    return {"get": {**told, "parameters": parameters, "responses": responses}}


def described_parameter(parameter: Parameter) -> Schema:
    word: Schema = {"type": "string"}
    if parameter.choices:
        word |= {"enum": list(parameter.choices), "default": parameter.choices[0]}
    if parameter.example:
        word["examples"] = [parameter.example]
    schema = {"type": "array", "items": word, "maxItems": 20} if parameter.is_repeatable else word
    return query_parameter(parameter.name, schema, str(parameter.description))


def query_parameter(name: str, schema: Schema, description: str) -> Schema:
    return {"in": "query", "name": name, "schema": schema, "description": description}


def answered(schema: Schema, description: str) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def reference(component: str) -> Schema:
    return {"$ref": f"#/components/schemas/{component}"}


def page_of(name: str, *, has_previous: bool = True) -> Schema:
    address = {"type": ["string", "null"], "format": "uri"}
    links = {"next": address, **({"previous": address} if has_previous else {})}
    properties = {
        "count": {"type": "integer", "minimum": 0, "description": "How many there are in all."},
        **links,
        "results": {"type": "array", "items": reference(row_of(name))},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
