"""Schemas of what has public fields: JSON Schema for documents, Table Schema for CSV."""

from collections.abc import Sequence
from typing import Any

from archive.fields.field import Field, Kind

FORMATS = {"date": "date", "datetime": "date-time"}
JOINED = "; "  # between the items of a list in CSV


def json_schema(fields: Sequence[Field]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12, as in OpenAPI 3.1) of an object with exactly these keys."""
    return {
        "type": "object",
        "properties": {field.name: value_schema(field) for field in fields},
        "required": [field.name for field in fields if not field.may_lack],
        "additionalProperties": False,
    }


def value_schema(field: Field) -> dict[str, Any]:
    """Return the JSON Schema of one field's value."""
    schema: dict[str, Any] = {"description": str(field.description)}
    if field.kind == "list":
        schema |= {"type": "array", "items": item_schema(field)}
    elif field.kind == "map":
        schema |= {"type": "object", "additionalProperties": json_schema(field.fields)}
    elif field.kind == "object":
        schema |= json_schema(field.fields)
    else:
        schema |= {**scalar_schema(field.kind), **field.constraints}
    if field.enum and field.kind != "list":
        schema["enum"] = [*field.enum, *([] if field.is_required else [None])]
    if not field.is_required and field.kind != "list":
        schema["type"] = [schema["type"], "null"]
    if field.example is not None:
        schema["examples"] = [field.example]
    return schema


def item_schema(field: Field) -> dict[str, Any]:
    if field.items == "object":
        return json_schema(field.fields)
    return scalar_schema(field.items) | ({"enum": list(field.enum)} if field.enum else {})


def scalar_schema(kind: Kind) -> dict[str, Any]:
    return {"type": "string", "format": FORMATS[kind]} if kind in FORMATS else {"type": kind}


def table_schema(fields: Sequence[Field], *, primary_key: Sequence[str] = ()) -> dict[str, Any]:
    """Return the Table Schema (Frictionless) of a CSV file with these columns; an empty cell is a missing value."""
    schema: dict[str, Any] = {"fields": [column_schema(field) for field in fields], "missingValues": [""]}
    return schema | ({"primaryKey": list(primary_key)} if primary_key else {})


def column_schema(field: Field) -> dict[str, Any]:
    """Return one column. Lists are strings here: readers of the first edition of the standard know no lists."""
    constraints = field.constraints | ({"required": True} if field.is_required and field.kind != "list" else {})
    if field.enum and field.kind != "list":
        constraints["enum"] = list(field.enum)
    description = str(field.description)
    if field.kind == "list":
        description += " " + "Several values are joined by a semicolon and a space."
    schema = {
        "name": field.name,
        "type": "string" if field.kind == "list" else field.kind,
        "description": description,
    }
    if field.example is not None:
        schema["example"] = JOINED.join(map(str, field.example)) if field.kind == "list" else field.example
    return schema | ({"constraints": constraints} if constraints else {})
