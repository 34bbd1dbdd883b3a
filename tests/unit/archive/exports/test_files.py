"""Cells and lines of files."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import exports


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (0, 0),
        (-3, -3),
        (-1.5, -1.5),
        (True, "true"),
        (["a", "b"], "a; b"),
        ([], ""),
        ("2019-11-27", "2019-11-27"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        (["=x", "y"], "'=x; y"),
        ("a=b", "a=b"),
        ("a\x00b", "ab"),
    ],
)
def test_cell(value: object, expected: object) -> None:
    assert exports.cell(value) == expected


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=4))
def test_csv_comes_back_and_no_cell_is_a_formula(values: list[str]) -> None:
    columns = [f"c{index}" for index in range(len(values))]

    text = "".join(exports.csv_rows(columns, [dict(zip(columns, values, strict=True))]))

    header, row = list(csv.reader(io.StringIO(text, newline="")))
    assert header == columns
    for cell, value in zip(row, values, strict=True):
        assert cell in (value, f"'{value}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_json_document_is_whole() -> None:
    response = exports.json_file([{"code": "a"}, {"code": "ب"}], count=2, following=None)

    document = json.loads(b"".join(response.streaming_content))
    assert document == {"count": 2, "next": None, "results": [{"code": "a"}, {"code": "ب"}]}


def test_json_document_of_nothing_is_whole() -> None:
    response = exports.json_file([], count=0, following="https://example.org/?after=x")

    assert json.loads(b"".join(response.streaming_content))["results"] == []
