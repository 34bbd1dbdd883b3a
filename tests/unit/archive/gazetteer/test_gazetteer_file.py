import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from archive.gazetteer.gazetteer_file import GazetteerError, read
from tests.factories import gazetteer


def changed(field: str, value: Any) -> dict[str, Any]:
    return {**gazetteer.places()[0], field: value}


def test_read_gives_places_with_folded_names(tmp_path: Path) -> None:
    row = next(row for row in read(gazetteer.write(tmp_path / "a.jsonl")) if row.pcode == "C4068")
    assert (row.level, row.parent, row.lat) == (4, "SY070203", 35.5)
    assert {name.folded for name in row.names} == {"kafrnobol", "كفرنبل", "kafranbel", "kafrnabl"}
    assert [name.script for name in row.names] == ["Latn", "Arab", "Latn", "Latn"]
    assert {name.skeleton for name in row.names} == {"kfrnbl"}
    assert [name.is_official for name in row.names] == [True, True, False, False]


def test_read_takes_compressed_files_blank_lines_and_a_byte_order_mark(tmp_path: Path) -> None:
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(("\ufeff" + json.dumps(gazetteer.places()[0]) + "\n\n").encode()))
    assert [row.pcode for row in read(packed)] == ["SY"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting"),
        ("[]", "an object"),
        (changed("pcode", ""), "pcode"),
        (changed("pcode", 7), "pcode"),
        (changed("level", "planet"), "level must be one of"),
        (changed("level", "community"), "parent"),
        (changed("parent", "XX"), "no parent"),
        (changed("name_en", "x" * 201), "name_en"),
        (changed("name_en", "two\nlines"), "white space"),
        (changed("name_ar", "a\x00b"), "control"),
        (changed("lat", 91), "degrees"),
        (changed("lat", None), "together"),
        (changed("lon", float("nan")), "degrees"),
        (changed("names", [["a", "en"]]), "a name is"),
        (changed("names", [["--", "en", "cod", "exact"]]), "neither letter nor digit"),
        (changed("names", None), "not iterable"),
        ({"level": "country"}, "'pcode' is missing"),
    ],
)
def test_read_refuses_what_is_no_place_with_its_line(tmp_path: Path, line: Any, reason: str) -> None:
    file = tmp_path / "a.jsonl"
    good = json.dumps({**gazetteer.places()[0], "pcode": "ZZ"})
    file.write_text(f"{good}\n\n{line if isinstance(line, str) else json.dumps(line)}\n", "utf-8")
    with pytest.raises(GazetteerError, match=rf"a\.jsonl, line 3: .*{reason}"):
        read(file)


def test_read_refuses_a_place_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="line 2: SY stands in the file twice"):
        read(gazetteer.write(tmp_path / "a.jsonl", [gazetteer.places()[0]] * 2))


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\x1f\x8b\x08broken", b"\xff\xfe{}"])
def test_read_refuses_files_without_places(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(raw)
    with pytest.raises(GazetteerError, match=r"a\.jsonl"):
        read(file)
