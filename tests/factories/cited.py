"""Citation files and JSON-LD, read by the libraries that their users have."""

import io
import json
from typing import Any

import bibtexparser
import jsonschema
import rispy
from django.test import Client

from tests.factories.csl_schema import CSL_SCHEMA

FORMS = ("bib", "ris", "csl.json")


def get(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(path)
    assert response.status_code == status, path
    return response


def bibtex(client: Client, path: str) -> tuple[Any, dict[str, str]]:
    library = bibtexparser.parse_string(get(client, path).content.decode())
    assert not library.failed_blocks
    [entry] = library.entries
    return entry, {name: field.value for name, field in entry.fields_dict.items()}


def ris(client: Client, path: str) -> dict[str, Any]:
    [entry] = rispy.load(io.StringIO(get(client, path).content.decode(), newline=""))
    return entry


def csl(client: Client, path: str) -> dict[str, Any]:
    document = json.loads(get(client, path).content)
    jsonschema.validate(document, CSL_SCHEMA)
    [item] = document
    return item


def by_type(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    assert document["@context"] == "https://schema.org"
    found: dict[str, list[dict[str, Any]]] = {}
    for node in document["@graph"]:
        found.setdefault(node["@type"], []).append(node)
    return found
