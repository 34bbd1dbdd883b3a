"""Twenty editions as they were once stored, and two from before places had names to show, still read as they did."""

import pathlib

import pytest
from jsonschema import Draft202012Validator

from archive.fields import json_schema
from incidents.record.whole import EDITION
from incidents.record.writing import digest
from tests.factories import stored


def name_of(path: pathlib.Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", stored.files(), ids=name_of)
def test_stored_edition_has_its_digest(path):
    edition = stored.read(path)

    assert digest(edition["content"]) == edition["sha256"]


@pytest.mark.parametrize("path", stored.files(), ids=name_of)
def test_stored_edition_is_written_as_before(path):
    edition = stored.read(path)

    written = stored.written(edition["content"], edition["sha256"])

    assert written.keys() == edition["written"].keys()
    for form, text in edition["written"].items():
        assert written[form] == text, form


@pytest.mark.parametrize("path", stored.files(), ids=name_of)
def test_writing_a_stored_edition_leaves_it_alone(path):
    edition = stored.read(path)

    stored.written(edition["content"], edition["sha256"])

    assert digest(edition["content"]) == edition["sha256"]


@pytest.mark.parametrize("path", stored.files(), ids=name_of)
def test_stored_edition_has_the_keys_that_the_types_of_a_record_say(path):
    Draft202012Validator(json_schema(EDITION)).validate(stored.read(path)["content"])


def test_stored_editions_differ_as_before():
    assert list(stored.changes()) == stored.read(stored.CHANGES)


def test_stored_editions_are_twenty_and_of_every_scope():
    contents = [stored.read(path)["content"] for path in stored.files()]

    assert len({(content["code"], content["version"]) for content in contents}) == 20
    assert {content["scope"] for content in contents} == {"attack", "series", "tally"}
