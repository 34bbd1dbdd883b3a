"""Tables and JSON Lines as they come, and the mapping files that say what is in them."""

import json
from pathlib import Path

import pytest

from archive.readers import Record, Refusal, read_map
from archive.readers.mapping import MappingError
from tests.factories.documents import TEXT, reader_of

ARABIC = "سقطت ثلاث قذائف على الطاحونة القديمة عند النهر ظهر اليوم، ولم يكن أحد في الداخل كما قال الطحان. " * 3


@pytest.fixture
def read(tmp_path):
    return reader_of(tmp_path)


def texts(items):
    assert all(isinstance(item, Record) for item in items), items
    return [item.text for item in items]


def reasons(items):
    return [item.reason for item in items if isinstance(item, Refusal)]


# CSV

HEADER = "url,title,source,published,language,text,note\n"
ROW = f'https://mill.example/1,Three shells,The Mill Times,2018-03-14,en,"{TEXT}",kept\n'


def test_csv_row(read):
    [record] = read("a.csv", HEADER + ROW)

    assert (record.url, record.title, record.source) == ("https://mill.example/1", "Three shells", "The Mill Times")
    assert (record.published, record.language, record.text) == ("2018-03-14", "en", TEXT)
    assert record.locator == "a.csv:2"
    assert json.loads(record.raw)["note"] == "kept"
    assert record.derived["source"] == "file"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiters(read, delimiter):
    content = delimiter.join(["title", "text"]) + "\r\n" + delimiter.join(["Mill", "Shells fell here"]) + "\r\n"

    [record] = read("a.csv", content)

    assert (record.title, record.text) == ("Mill", "Shells fell here")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_csv_encodings(read, encoding):
    assert texts(read("a.csv", f'title,text\n"الطاحونة","{ARABIC}"\n'.encode(encoding))) == [ARABIC]


def test_csv_line_of_excel_case_and_spaces_in_the_header(read):
    assert texts(read("a.csv", "sep=;\n Title ;TEXT\nMill;Shells fell")) == ["Shells fell"]


def test_csv_ragged_rows_are_refused_and_the_rest_goes_in(read):
    items = read("a.csv", "title,text\nMill\nMill,Shells fell,more\nMill,Shells fell,,\n\nMill,Shells hit\nMill,\n")

    assert texts([item for item in items if isinstance(item, Record)]) == ["Shells fell", "Shells hit"]
    assert [item.locator for item in items if isinstance(item, Refusal)] == ["a.csv:2", "a.csv:3", "a.csv:7"]
    assert reasons(items)[:2] == [
        "it has 1 fields where 2 columns are named",
        "it has 3 fields where 2 columns are named",
    ]


@pytest.mark.parametrize(
    ("header", "reason"),
    [("title,body\na,b", "no column 'text'"), ("text,Text\na,b", "two columns 'text'"), ("\n\n", "does not name")],
)
def test_csv_header_that_does_not_fit(read, header, reason):
    assert reason in reasons(read("a.csv", header))[0]


def test_csv_nul_and_new_lines_in_a_field(read):
    assert texts(read("a.csv", b'text\n"Shells\x00 fell\r\nhere"\n' + b"text " * 40)) == [
        "Shells fell\nhere",
        ("text " * 40),
    ]


def test_csv_repeated_and_nameless_columns_are_kept_under_their_number(read):
    [record] = read("a.csv", "text,x,x,\nShells fell,1,2,3\n")

    assert json.loads(record.raw) == {
        "text": "Shells fell",
        "x (column 2)": "1",
        "x (column 3)": "2",
        "(column 4)": "3",
    }


def test_csv_huge_field_refused(read, monkeypatch):
    monkeypatch.setattr("archive.readers.tables.LARGEST_TEXT", 1000)

    items = read("a.csv", "title,text\nMill,Shells fell\nMill," + "x" * 2000 + "\nMill,Shells hit\n")

    assert len(items) == 2
    assert "longer than 1,000" in reasons(items)[0]


def test_csv_open_quote_swallows_no_more_than_the_limit(read, monkeypatch):
    monkeypatch.setattr("archive.readers.tables.LARGEST_TEXT", 1000)

    items = read("a.csv", 'title,text\nMill,Shells fell\nMill,"Shells\n' + "Mill,Shells hit\n" * 200)

    assert "field larger than field limit" in reasons(items)[0]


# JSON Lines


def test_jsonl_rows_and_their_bytes(read):
    first = json.dumps({"text": "Shells fell", "authors": ["A. Writer", "B. Writer"], "more": {"kept": 1}})

    items = read("a.jsonl", f'{first}\r\n\n{{"text": "Shells hit"}}')

    assert texts(items) == ["Shells fell", "Shells hit"]
    assert items[0].authors == ("A. Writer", "B. Writer")
    assert items[0].raw == first.encode()
    assert [item.locator for item in items] == ["a.jsonl:1", "a.jsonl:3"]


def test_jsonl_lone_surrogates_and_line_separators(read):
    [record] = read("a.jsonl", '{"text": "Shells \\ud800 fell \\ud83d\\ude00", "title": "Mill\\udfff \u2028here"}')

    assert record.text == "Shells \ufffd fell 😀"
    assert record.title == "Mill\ufffd here"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "is not JSON"),
        ('{"text": "a", "text": "b"}', "a key is there twice"),
        ("[1]", "not a JSON object"),
        ("{}", "no text"),
        ('{"text": 5}', "no text"),
        ('{"text": "…"}', "no words"),
        ('{"text": "a", "title": {}}', "'title' is not a text"),
        ('{"text": "a", "source": ["x"]}', "'source' is not a text"),
        ("[" * 100_000, "is not JSON"),
        ('{"text": ' + "9" * 10_000 + "}", "is not JSON"),
    ],
)
def test_jsonl_line_refused_and_the_rest_goes_in(read, line, reason):
    items = read("a.jsonl", f'{line}\n{{"text": "Shells fell"}}\n')

    assert reason in reasons(items)[0]
    assert items[1].text == "Shells fell"


def test_jsonl_long_line_refused_and_the_rest_goes_in(read, monkeypatch):
    monkeypatch.setattr("archive.readers.jsonl.LARGEST_TEXT", 100)

    items = read("a.jsonl", '{"text": "' + "x" * 950 + '"}\n{"text": "Shells fell"}\n')

    assert "longer than 100" in items[0].reason
    assert (items[1].text, items[1].locator) == ("Shells fell", "a.jsonl:2")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
@pytest.mark.parametrize("content", [b"", b"\x00" * 5000, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9])
def test_rows_of_an_empty_or_binary_file_refused(read, name, content):
    [refusal] = read(name, content)

    assert "empty" in refusal.reason or "binary" in refusal.reason


# Mapping files


def test_mapping_of_columns_dates_constants_and_values(tmp_path, read):
    (tmp_path / "map.toml").write_text(
        '[columns]\ntext = "body"\npublished = "day"\nsource = "code"\n[dates]\nformat = "%d/%m/%y"\n'
        '[constants]\nlanguage = "en"\n[values.source]\nmt = "The Mill Times"\n'
    )
    content = "body,day,code,title\nShells fell,3/4/17,mt,Mill\nShells hit,4/4/17,other,Mill\n"

    first, second = read("a.csv", content, column_map=read_map(tmp_path / "map.toml"))

    assert (first.text, first.published, first.source) == ("Shells fell", "2017-04-03", "The Mill Times")
    assert (first.language, first.derived["language"], first.title) == ("en", "mapping", "Mill")
    assert second.source == "other"


def test_mapped_column_that_is_missing_refuses_the_file(tmp_path, read):
    (tmp_path / "map.toml").write_text('[columns]\nsource = "outlet"')

    assert "no column 'outlet'" in reasons(read("a.csv", HEADER + ROW, column_map=read_map(tmp_path / "map.toml")))[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[colums]\ntext = "x"', "'colums' is no table"),
        ('[columns]\nbody = "x"', "'body' is no name"),
        ("[columns]\ntext = 5", "have to be strings"),
        ('columns = "x"', "a table is expected"),
        ('[values]\nsource = "x"', "have to be strings"),
        ("[columns", "is not TOML"),
    ],
)
def test_mapping_file_that_cannot_be_used(tmp_path, content, reason):
    (tmp_path / "map.toml").write_text(content)

    with pytest.raises(MappingError, match=reason):
        read_map(tmp_path / "map.toml")


def test_every_mapping_file_in_the_fixtures_can_be_read():
    folder = Path(__file__).resolve().parents[3] / "fixtures" / "mappings"

    assert [read_map(path).columns["text"] for path in folder.glob("*.toml")]
