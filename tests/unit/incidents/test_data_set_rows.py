"""Rows of data sets, read by a map: cells, places, words, and what is refused. Every row is our own; none is real."""

from decimal import Decimal
from pathlib import Path

import pytest

from archive.readers.decoding import UnreadableFileError
from archive.readers.record import Refusal
from archive.terms import Level
from incidents.data_sets.cells import CellError, read_day, read_days, read_number, read_whether
from incidents.data_sets.maps import read_data_map
from incidents.data_sets.nearest import Places, Spot
from incidents.data_sets.reading import Reading, Row, undated

PLACES = Places(
    [
        Spot("XX", "Land", Level.COUNTRY, 35.0, 36.0),
        Spot("XX1", "North", Level.GOVERNORATE, 36.0, 36.0, ("XX",)),
        Spot("XX2", "South", Level.GOVERNORATE, 34.0, 36.0, ("XX",)),
        Spot("XX101", "Upper", Level.DISTRICT, 36.0, 36.0, ("XX", "XX1")),
        Spot("C1", "Milltown", Level.COMMUNITY, 36.0, 36.0, ("XX", "XX1", "XX101")),
        Spot("C2", "Ford", Level.COMMUNITY, 36.05, 36.0, ("XX", "XX1", "XX101")),
        Spot("C3", "Southend", Level.COMMUNITY, 34.0, 36.0, ("XX", "XX2")),
        Spot("N1", "Old Mill", Level.NEIGHBOURHOOD, 36.001, 36.0, ("XX", "XX1", "XX101", "C1")),
    ]
)
KNOWN = {"actor": {"the guards": "guards"}}
MAP = """
[data_set]
name = "Our list"
scheme = "our-list"
identifier = "id"
identifier_is_number = true
working_title = "note"
nothing = ["unknown"]
[date]
column = "day"
formats = ["%d/%m/%Y", "%m/%Y"]
until = "last day"
[place]
lat = "y"
lon = "x"
precision = "exact"
area = "region"
[place.levels]
point = "community near"
quarter = "neighbourhood"
district = "district"
[place.areas]
North = "XX1"
South = "XX2"
Elsewhere = ""
[[claims]]
aspect = "actor"
column = "who"
[claims.values]
both = "army & guards"
either = "army | guards"
[[claims]]
aspect = "killed"
column = "dead"
group = "civilians"
[[claims]]
aspect = "looted"
column = "looted"
[[claims]]
aspect = "threatened"
column = "looted"
counted = false
[[claims]]
aspect = "damage"
column = "ruined"
value = "destroyed"
"""
HEAD = "id,day,last day,region,y,x,exact,who,dead,looted,ruined,note"
FIRST = '7.0,03/02/2019,,North,36.02,36.0,point,either,"1,200",2,1,"A test, of ours"'


def reading(tmp_path: Path, *rows: str, head: str = HEAD, raw: bytes = b"", said: str = MAP) -> Reading:
    (tmp_path / "map.toml").write_text(said, encoding="utf-8")
    path = tmp_path / "rows.csv"
    path.write_bytes(raw or "\n".join([head, *rows]).encode())
    return Reading(path=path, data_map=read_data_map(tmp_path / "map.toml"), places=PLACES, known=KNOWN)


def read(tmp_path: Path, *rows: str, said: str = MAP) -> list[Row | Refusal]:
    return list(reading(tmp_path, *rows, said=said).rows())


def claims(row: Row | Refusal) -> list[tuple[str, dict, str]]:
    assert isinstance(row, Row), row
    return [(claim.aspect, dict(claim.values), row.text[slice(*claim.words)]) for claim in row.claims]


def test_row_claims_what_its_cells_say(tmp_path: Path) -> None:
    (row,) = read(tmp_path, FIRST)
    assert claims(row) == [
        ("occurred", {"occurred_edtf": "2019-02-03"}, "day: 03/02/2019"),
        ("place", {"place": "C1", "place_precision": "near"}, "region: North\ny: 36.02\nx: 36.0\nexact: point"),
        ("actor", {"one_of_actors": ["army", "guards"]}, "who: either"),
        ("killed", {"count_low": 1200, "count_high": 1200, "group": "civilians"}, "dead: 1,200"),
        ("looted", {"count_low": 2, "count_high": 2}, "looted: 2"),
        ("threatened", {}, "looted: 2"),
        ("damage", {"damage": "destroyed"}, "ruined: 1"),
    ]
    assert (row.identifier, row.position, row.working_title) == ("7", "2", "A test, of ours")
    assert "2.2 km away" in row.claims[1].reasoning


@pytest.mark.parametrize(
    ("more", "exact", "point"),
    [
        ('within = "note"', "250", 250),
        ('within = "note"', "٢٥٠", 250),
        ('within = "note"', "", None),
        ('within = "note"\n[place.metres]\n"point" = 1000', "", 1000),
        ('within = "note"\n[place.metres]\n"point" = 1000', "250", 250),
        ('[place.metres]\n"district" = 1000', "250", None),
    ],
)
def test_row_that_says_how_near_its_point_is_gives_the_point(
    tmp_path: Path, more: str, exact: str, point: int | None
) -> None:
    said = MAP.replace("[place.levels]", f"{more}\n[place.levels]")
    (row,) = read(tmp_path, f"9,,,North,36.02,36.0,point,,,,,{exact}", said=said)
    (claim,) = row.claims

    given = {"latitude": Decimal("36.02"), "longitude": Decimal("36"), "within_m": point} if point else {}
    assert claim.values == {"place": "C1", "place_precision": "near", **given}
    assert "2.2 km away" in claim.reasoning


def test_row_with_no_number_of_metres_is_refused(tmp_path: Path) -> None:
    changed = MAP.replace("[place.levels]", 'within = "note"\n[place.levels]')

    for said in ("close", "0", "100-200", "at least 5", "600000"):
        (refusal,) = read(tmp_path, f"9,,,North,36.02,36.0,point,,,,,{said}", said=changed)
        assert isinstance(refusal, Refusal)
        assert "column note:" in refusal.reason


def test_cells_that_say_nothing_claim_nothing(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "8,,,,,,,Unknown,0,no,0,")
    assert claims(row) == []
    assert "dead: 0" in row.text


@pytest.mark.parametrize(
    ("cells", "place", "why"),
    [
        ("North,36.02,36.0,district", "XX101", "in Upper (XX101)"),
        ("North,36.002,36.0,quarter", "N1", "Old Mill"),
        ("South,36.02,36.0,point", "XX2", "which is named"),
        ("South,,,", "XX2", ""),
        ("Elsewhere,36.049,36.0,", "C2", "0.1 km away"),
    ],
)
def test_place_of_a_row(tmp_path: Path, cells: str, place: str, why: str) -> None:
    (row,) = read(tmp_path, f"9,,,{cells},,,,,")
    (claim,) = row.claims
    assert claim.values["place"] == place
    assert why in claim.reasoning


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",03/02/2019,,,,,,,,,,", "no identifier"),
        ("1,2019-02-03,,,,,,,,,,", "column day: “2019-02-03” is no date of the form %d/%m/%Y or %m/%Y"),
        ("1,31/02/2019,,,,,,,,,,", "is no date"),
        ("1,05/02/2019,01/02/2019,,,,,,,,,", "is no span of days"),
        ("1,,,Nowhere,,,,,,,,", "“Nowhere” is not among the areas"),
        ("1,,,,north,36,,,,,,", "is no number of degrees"),
        ("1,,,,136,36,,,,,,", "beyond 90 degrees"),
        ("1,,,,0,0,,,,,,", "km from the nearest place"),
        ("1,,,,nan,36,,,,,,", "degrees"),
        ("1,,,,36,36,vague,,,,,", "“vague” is not among the levels"),
        ("1,,,,,,,strangers,,,,", "“strangers” is not in the map"),
        ("1,,,,,,,,many,,,", "column dead: “many” is no number"),
        ("1,,,,,,,,-3,,,", "is no number"),
        ("1,,,,,,,,99999999,,,", "no number that can be"),
        ("1;2,,,,,,,,,,,", "semicolon"),
        (f"{'9' * 300},,,,,,,,,,,", "cannot be an identifier"),
        ("1,,", "it has 3 fields where 12 columns are named"),
    ],
)
def test_row_that_cannot_be_read_is_refused_alone(tmp_path: Path, row: str, why: str) -> None:
    refused, good = read(tmp_path, row, FIRST)
    assert isinstance(refused, Refusal), refused
    assert refused.locator == "rows.csv:2"
    assert why in refused.reason
    assert isinstance(good, Row)


def test_identifier_twice(tmp_path: Path) -> None:
    same, again, other = read(tmp_path, FIRST, FIRST, FIRST.replace("either", "both"))
    assert isinstance(again, Row)
    assert again.digest == same.digest
    assert "has the identifier of row 2, 7, and says something else" in other.reason


def test_encodings_controls_and_directions(tmp_path: Path) -> None:
    row = "7,03/02/2019,,,,,,,٣,,,\u202bتجربة من عندنا\u202c"
    (marked,) = reading(tmp_path, raw=f"\ufeff{HEAD}\n{row}".encode()).rows()
    assert claims(marked)[1][1]["count_low"] == 3
    assert marked.working_title == "تجربة من عندنا"
    one = reading(tmp_path, raw=f"{HEAD}\n7,,,,,,,,,,,تجربة من عندنا\n".encode("cp1256"))
    one.encoding = "cp1256"
    (old,) = one.rows()
    assert old.working_title == marked.working_title
    (dirty,) = reading(tmp_path, raw=f"{HEAD}\r\n7,,,,,,,,,,,a\0b\x07c\r\n".encode()).rows()
    assert dirty.text == "id: 7\nnote: abc"


def test_cut_off_file_gives_what_is_whole(tmp_path: Path) -> None:
    first, cut = reading(tmp_path, raw=f'{HEAD}\n{FIRST}\n8,03/02/2019,,,,,,,,,,"never clo'.encode()).rows()
    assert isinstance(first, Row)
    assert "is not closed" in cut.reason


@pytest.mark.parametrize("raw", [b"\n", b"id,day\n1,2\n", f"{HEAD},DAY\n".encode()])
def test_file_without_the_columns_is_refused_whole(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        list(reading(tmp_path, raw=raw).rows())


def test_huge_cell_is_kept_and_a_huger_row_refused(tmp_path: Path) -> None:
    row, refused = read(tmp_path, f"1,,,,,,,,,,,{'word ' * 100_000}", f"2,,,,,,,,,,,{'word ' * 500_000}")
    assert len(row.text) > 400_000
    assert len(row.working_title) <= 150
    assert "more than 2,000,000 characters" in refused.reason


def test_dates_of_which_none_can_be_read(tmp_path: Path) -> None:
    wrong = "{},2019-02-03,,,,,,,,,,"
    one = reading(tmp_path, wrong.format(1), wrong.format(2), "3,,,,,,,,,,,")
    list(one.rows())
    assert "“2019-02-03” is no date" in undated(one)
    one = reading(tmp_path, wrong.format(1), FIRST)
    list(one.rows())
    assert not undated(one)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("7", (7, 7)),
        ("7.0", (7, 7)),
        ("1,200", (1200, 1200)),
        ("3–5", (3, 5)),
        ("at least 3", (3, None)),
        ("12+", (12, None)),
        ("up to 9", (None, 9)),
        ("٤", (4, 4)),
    ],
)
def test_numbers(cell: str, number: tuple) -> None:
    assert read_number(cell) == number


@pytest.mark.parametrize("cell", ["", "1.5", "5-3", "1,2", "three", "1e9", "²"])
def test_what_is_no_number(cell: str) -> None:
    with pytest.raises(CellError):
        read_number(cell)


def test_days_as_exact_as_their_form() -> None:
    assert read_day("2/2019", ("%m/%Y",)) == "2019-02"
    assert read_day("2019", ("%d.%m.%Y", "%Y")) == "2019"
    assert read_day("2019-02~", ("edtf",)) == "2019-02~"
    assert read_days("01/02/2019", "03/02/2019", ("%d/%m/%Y",)) == "2019-02-01/2019-02-03"
    assert read_whether("Yes") == (True, (None, None))
    assert read_whether("0")[0] is False
