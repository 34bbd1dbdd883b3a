"""Public fields: what each is called, holds and means; headers, schemas and codebooks are made of them. Pure."""

from archive.fields.field import Field, Kind, names, paths, renamed
from archive.fields.schemas import json_schema, table_schema, value_schema

__all__ = ["Field", "Kind", "json_schema", "names", "paths", "renamed", "table_schema", "value_schema"]
