"""Descriptions of fields, and what is made of them."""

import pytest
from jsonschema import Draft202012Validator

from archive.fields import Field, json_schema, paths, table_schema

TOWN = Field(name="pcode", kind="string", is_required=True, description="Its code.")
FIELDS = (
    Field(name="count", kind="integer", minimum=0, description="How many."),
    Field(name="state", kind="string", enum=("open", "closed"), description="Which."),
    Field(name="day", kind="date", is_required=True, description="When."),
    Field(name="tags", kind="list", description="What.", example=["a", "b"]),
    Field(name="towns", kind="list", items="object", fields=(TOWN,), description="Where."),
    Field(name="by_id", kind="map", fields=(TOWN,), description="Each."),
    Field(name="more", kind="object", fields=(TOWN,), may_lack=True, description="If known."),
)
WHOLE = {"count": 1, "state": "open", "day": "2019-11-27", "tags": [], "towns": [], "by_id": {}}


def fits(**changes) -> bool:
    schema = json_schema(FIELDS)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return validator.is_valid({**WHOLE, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"count": None, "state": None, "more": None},
        {"towns": [{"pcode": "C1"}], "by_id": {"x": {"pcode": "C1"}}, "more": {"pcode": "C1"}},
    ],
)
def test_json_schema_lets_fitting_values_through(changes) -> None:
    assert fits(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"count": -1},
        {"count": "1"},
        {"state": "ajar"},
        {"day": None},
        {"day": "27 November"},
        {"tags": None},
        {"tags": [1]},
        {"towns": [{"pcode": None}]},
        {"towns": [{}]},
        {"by_id": {"x": {"pcode": "C1", "lat": 1}}},
        {"secret": 1},
    ],
)
def test_json_schema_refuses_others(changes) -> None:
    assert not fits(**changes)


def test_json_schema_wants_every_key_that_may_not_lack() -> None:
    assert json_schema(FIELDS)["required"] == ["count", "state", "day", "tags", "towns", "by_id"]


def test_paths_show_how_fields_are_nested() -> None:
    found = [path for path, _field in paths(FIELDS)]

    assert found[3:] == ["tags", "towns", "towns[].pcode", "by_id", "by_id{}.pcode", "more", "more.pcode"]


def test_table_schema_keeps_lists_as_joined_texts() -> None:
    schema = table_schema(FIELDS[:4], primary_key=["day"])

    columns = {field["name"]: field for field in schema["fields"]}
    assert schema["primaryKey"] == ["day"]
    assert schema["missingValues"] == [""]
    assert columns["count"]["constraints"] == {"minimum": 0}
    assert columns["state"]["constraints"] == {"enum": ["open", "closed"]}
    assert columns["day"]["constraints"] == {"required": True}
    assert (columns["tags"]["type"], columns["tags"]["example"]) == ("string", "a; b")
