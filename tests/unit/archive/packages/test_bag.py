"""A bag in a ZIP file: valid for others' tools, the same bytes each time."""

import io
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.packages.bag import Bag
from tests.factories import bags

names = st.from_regex(re.compile(r"[a-z0-9]{1,8}(/[a-z0-9]{1,8})?\.txt", re.ASCII), fullmatch=True)
contents = st.dictionaries(names, st.lists(st.binary(max_size=50), max_size=4), max_size=6)


def packed(content: dict[str, list[bytes]]) -> bytes:
    file = io.BytesIO()
    bag = Bag(file, "some-bag")
    bag.tag("README.txt", b"Read me.\n")
    for path, chunks in content.items():
        bag.add(path, chunks)
    bag.close({"External-Description": "Two\nlines: and سطر"})
    return file.getvalue()


@given(contents)
def test_any_content_is_a_valid_bag_and_the_same_twice(content: dict[str, list[bytes]]) -> None:
    data = packed(content)

    assert data == packed(content)
    with tempfile.TemporaryDirectory() as folder:
        bag = bags.unpack(data, Path(folder))
        (bag / "data").mkdir(exist_ok=True)
        bags.check(bag)
        assert {path: (bag / "data" / path).read_bytes() for path in bags.files(bag)} == {
            path: b"".join(chunks) for path, chunks in content.items()
        }


@pytest.mark.parametrize("path", ["data/one.txt", "README.txt", "bag-info.txt"])
def test_a_changed_file_is_found(path: str, tmp_path: Path) -> None:
    bag = bags.unpack(packed({"one.txt": [b"one"]}), tmp_path)
    held = (bag / path).read_bytes()
    (bag / path).write_bytes(held[:-1] + b"!")

    with pytest.raises((AssertionError, bags.bagit.BagError)):
        bags.check(bag)


def test_a_path_is_written_once() -> None:
    bag = Bag(io.BytesIO(), "some-bag")
    bag.add("one.txt", [b"one"])

    with pytest.raises(ValueError, match="in the bag already"):
        bag.add("one.txt", [b"two"])
