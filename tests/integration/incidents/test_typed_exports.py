"""Lists as workbooks and as Parquet, and CSV for Excel: the same set, typed, and nothing that runs."""

import copy
import csv
import io
from datetime import date, datetime

import openpyxl
import pyarrow.parquet as pq
import pytest

from archive import fields
from archive.exports import spreadsheet
from incidents import curation
from incidents.formats.tables import ARTICLES, ROWS
from tests.factories.small_archive import Corpus, random_filters
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = {"incidents": ROWS, "articles": ARTICLES}


@pytest.fixture(scope="module")
def kept_corpus(make_once: MakeOnce) -> Corpus:
    return make_once(lambda: Corpus(20))


@pytest.fixture
def corpus(kept_corpus: Corpus) -> Corpus:
    return copy.deepcopy(kept_corpus)


def rows_of_csv(client, path: str, query: dict | None = None) -> list[dict[str, str]]:
    text = client.get(path, query or {}).getvalue().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def book_of(client, path: str, query: dict | None = None) -> openpyxl.Workbook:
    response = client.get(path, query or {})
    assert (response.status_code, response["Content-Type"]) == (200, XLSX)
    return openpyxl.load_workbook(io.BytesIO(response.getvalue()))


def table_of(client, path: str, query: dict | None = None):
    response = client.get(path, query or {})
    assert response.status_code == 200
    return pq.read_table(io.BytesIO(response.getvalue()))


def test_workbook_and_parquet_give_the_same_set_as_csv(client, corpus) -> None:
    curation.withdraw(corpus.incidents[0], by=None, reason="A copy.")
    for query in random_filters(12):
        codes = [row["code"] for row in rows_of_csv(client, "/incidents.csv", query)]

        readme, rows, _codebook = book_of(client, "/incidents.xlsx", query).worksheets

        assert [row[0].value for row in rows.iter_rows(min_row=2)] == codes, query
        assert table_of(client, "/incidents.parquet", query)["code"].to_pylist() == codes, query
        assert readme["B3"].value == f"{len(codes):,}"


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_of_csv(client, corpus, name) -> None:
    documented = fields.names(TABLES[name].fields)

    assert table_of(client, f"/{name}.parquet").column_names == documented
    assert [one.value for one in book_of(client, f"/{name}.xlsx").worksheets[1][1]] == documented


@pytest.mark.parametrize("name", TABLES)
def test_values_are_those_of_csv(client, corpus, name) -> None:
    query = {"scope": "any"} if name == "incidents" else {}
    plain = rows_of_csv(client, f"/{name}.csv", query)
    columns = {one.name: one for one in TABLES[name].fields}

    sheet = book_of(client, f"/{name}.xlsx", query).worksheets[1]
    typed = table_of(client, f"/{name}.parquet", query).to_pylist()

    for row, cells, record in zip(plain, sheet.iter_rows(min_row=2), typed, strict=True):
        for column, one in zip(columns.values(), cells, strict=True):
            said = row[column.name]
            assert as_csv(one.value) == said.removeprefix("'"), column.name
            assert as_csv(record[column.name]) == said.removeprefix("'"), column.name


def as_csv(value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() if value.tzinfo is None and not (value.hour or value.minute or value.second):
            return f"{value:%Y-%m-%d}"  # a workbook knows days by their format alone
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return value.isoformat()
        case list():
            return "; ".join(value)
    return str(value)


def test_cells_and_columns_have_types(client, corpus) -> None:
    cells = book_of(client, "/incidents.xlsx", {"killed_min": "1"}).worksheets[1]
    of = {one.value: column for column, one in enumerate(cells[1])}
    first = next(cells.iter_rows(min_row=2))
    table = table_of(client, "/incidents.parquet", {"killed_min": "1"})

    assert isinstance(first[of["killed_low"]].value, int)
    assert first[of["occurred_from"]].is_date
    assert isinstance(first[of["published_at"]].value, datetime)
    assert isinstance(table["occurred_from"][0].as_py(), date)
    assert str(table.schema.field("published_at").type) == "timestamp[us, tz=UTC]"
    assert isinstance(table["actors"][0].as_py(), list)


def test_no_text_is_a_formula_or_an_error_in_a_workbook(client, corpus) -> None:
    book = book_of(client, "/incidents.xlsx", {"scope": "any"})
    kinds = {one.data_type for sheet in book.worksheets for row in sheet.iter_rows() for one in row}

    assert kinds <= {"s", "n", "d", "b", "inlineStr"}
    assert "=Odd Town" in {one.value for row in book.worksheets[1].iter_rows() for one in row}


@pytest.mark.parametrize("text", ["=1+1", "#N/A", "a\x00b\x0bc", "x" * 40_000, "\u202eabc", "", "'quoted"])
def test_any_text_fits_a_cell(text) -> None:
    field = fields.Field(name="text", kind="string", description="Any.")
    with spreadsheet.written([field], [{"text": text}], spreadsheet.Book("Rows", [])) as file:
        one = openpyxl.load_workbook(file).worksheets[1]["A2"]

    assert one.data_type in ("s", "n", "inlineStr")
    assert len(one.value or "") <= spreadsheet.LONGEST_CELL
    assert (one.value or "")[:3] == spreadsheet.printable(text)[:3]


def test_days_before_those_of_excel_are_texts() -> None:
    field = fields.Field(name="day", kind="date", description="Any.")
    days = [{"day": "1899-12-31"}, {"day": "2016-02-15"}]
    with spreadsheet.written([field], days, spreadsheet.Book("Rows", [])) as file:
        sheet = openpyxl.load_workbook(file).worksheets[1]

    assert (sheet["A2"].value, sheet["A3"].value) == ("1899-12-31", datetime(2016, 2, 15))


def test_workbook_says_what_it_is(client, corpus, settings) -> None:
    settings.SITE_URL = "https://archive.example"
    book = book_of(client, "/incidents.xlsx", {"town": "C101", "scope": "any"})
    said = {first.value: second.value for first, second in book["README"].iter_rows(max_col=2)}

    assert said["The same list, as it is now"] == "https://archive.example/incidents/?town=C101&scope=any"
    assert "creativecommons" in said["Licence"]
    assert book.worksheets[1].freeze_panes == "B2"
    assert not book.worksheets[1].sheet_view.rightToLeft
    assert book["Codebook"]["A2"].value == "code"


def test_workbook_in_arabic_reads_from_right_to_left(client, corpus) -> None:
    book = book_of(client, "/ar/incidents.xlsx")

    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)
    assert book.worksheets[1]["A1"].value == "code"  # names of columns are the same everywhere
    assert book.worksheets[2]["B2"].value != book_of(client, "/incidents.xlsx").worksheets[2]["B2"].value


def test_workbook_of_too_many_rows_is_refused_not_cut(client, corpus, monkeypatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 3)

    response = client.get("/incidents.xlsx?scope=any")

    assert response.status_code == 400
    assert "at most 3 rows" in response.json()["errors"]["xlsx"][0]


def test_parquet_says_what_it_is_and_comes_in_groups(client, corpus, monkeypatch, settings) -> None:
    monkeypatch.setattr("archive.exports.parquet.GROUP", 6)
    settings.SITE_URL = "https://archive.example"
    raw = client.get("/incidents.parquet?scope=any").getvalue()

    file = pq.ParquetFile(io.BytesIO(raw))

    assert file.metadata.num_row_groups > 1
    assert file.schema_arrow.metadata[b"list"] == b"https://archive.example/incidents/?scope=any"
    assert file.schema_arrow.metadata[b"licence"] == b"CC-BY-4.0"
    assert b"permanent code" in file.schema_arrow.field("code").metadata[b"description"]


def test_empty_lists_are_files_too(client) -> None:
    assert table_of(client, "/incidents.parquet").num_rows == 0
    assert book_of(client, "/articles.xlsx").worksheets[1].max_row == 1


@pytest.mark.parametrize("path", ["/incidents.csv", "/articles.csv", "/charts.csv"])
def test_csv_begins_with_a_mark_where_it_is_asked_for(client, corpus, path) -> None:
    plain = client.get(path).getvalue()

    assert not plain.startswith(b"\xef\xbb\xbf")
    assert client.get(f"{path}?bom=no").getvalue() == plain
    assert client.get(f"{path}?bom=yes").getvalue() == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize("query", ["bom=maybe", "bom=yes&bom=no", "bom=%00", "bom=%D9%A1"])
@pytest.mark.parametrize("path", ["/incidents.csv", "/articles.csv", "/charts.csv"])
def test_mark_that_cannot_be_read_is_named(client, path, query) -> None:
    response = client.get(f"{path}?{query}")

    assert (response.status_code, list(response.json()["errors"])) == (400, ["bom"])


@pytest.mark.parametrize("path", ["/incidents.xlsx", "/incidents.parquet", "/articles.xlsx", "/articles.parquet"])
@pytest.mark.parametrize("query", ["from=soon", "nonsense=1", "bom=yes", "town=%00", "after=%25"])
def test_parameters_that_cannot_be_read_are_named(client, path, query) -> None:
    response = client.get(f"{path}?{query}")

    assert (response.status_code, list(response.json()["errors"])) == (400, [query.partition("=")[0]])


def test_packed_files_are_not_compressed_again(client, corpus) -> None:
    asked = {"Accept-Encoding": "gzip"}

    for path in ("/incidents.xlsx", "/incidents.parquet"):
        response = client.get(path, headers=asked)
        assert response.getvalue()
        assert not response.has_header("Content-Encoding")
    assert client.get("/incidents.csv", headers=asked)["Content-Encoding"] == "gzip"
