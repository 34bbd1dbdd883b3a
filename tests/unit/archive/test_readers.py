"""Files of one article as they come: encodings, dirt, sidecars, folders, limits."""

import json

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from archive.readers import Record, Refusal, read_path
from archive.readers.decoding import decode_text
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


# Plain text


@pytest.mark.parametrize(
    ("encoding", "known_as"),
    [
        *(("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1256", "cp1256"), ("utf-16", "utf-16-le")),
        *(("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("utf-32", "utf-32-le")),
    ],
)
def test_plain_arabic_in_any_encoding(read, encoding, known_as):
    [record] = read("mill.txt", ARABIC.encode(encoding))

    assert (record.text, record.encoding, record.language) == (ARABIC, known_as, "ar")
    assert record.raw == ARABIC.encode(encoding)


def test_plain_line_breaks_nul_and_controls_are_cleaned_and_raw_is_kept(read):
    raw = b"Three shells\r\nhit the\x00 old \x07mill\rat noon.\xc2\x85Nobody was inside."

    [record] = read("mill.txt", raw)

    assert record.text == "Three shells\nhit the old mill\nat noon.\nNobody was inside."
    assert record.raw == raw


@pytest.mark.parametrize("at", range(1, 30, 3))
def test_plain_short_text_with_a_nul_is_not_read_as_utf16(read, at):
    raw = b"the old mill was hit at noon, twice"
    raw = raw[:at] + b"\0" + raw[at:]

    for given in (raw, raw + b"."):  # an even number of bytes, and an odd one
        [item] = read("mill.txt", given)

        assert isinstance(item, Refusal)
        assert "not a text file" in item.reason


@drawn(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=20), st.sampled_from(["le", "be"]))
def test_plain_utf16_without_its_mark_is_still_read(text, order):
    encoding = f"utf-16-{order}"

    assert decode_text(text.encode(encoding))[:2] == (text, encoding)


def test_plain_headline_dateline_and_unknown(read):
    [record] = read("mill.txt", f"Three shells hit the old mill\n14 March, 2018\n{TEXT}")

    assert (record.title, record.published) == ("Three shells hit the old mill", "2018-03-14")
    assert (record.source, record.url, record.authors) == ("", "", ())
    assert record.derived == {
        "title": "text",
        "published": "text",
        "language": "guessed",
        "source": "unknown",
        "url": "unknown",
        "authors": "unknown",
    }


def test_plain_lines_that_name_the_metadata(read):
    head = "Title: Three shells\r\nSource: The Mill Times\r\nDate: 14 March 2018\r\nURL: https://mill.example/1\r\n\r\n"

    [record] = read("mill.txt", head + TEXT)

    assert (record.title, record.source, record.published) == ("Three shells", "The Mill Times", "2018-03-14")
    assert (record.url, record.derived["published"]) == ("https://mill.example/1", "file")
    assert record.text.endswith(TEXT)


@pytest.mark.parametrize("head", ["Date: 14 March 2018\nBy: A. Writer", "Place: the mill\nTitle: x", "Source: a b c"])
def test_plain_lines_about_the_attack_are_no_metadata(read, head):
    [record] = read("mill.txt", f"{head}\n\n{TEXT}")

    assert (record.source, record.published) == ("", "")


def test_plain_outlet_named_in_the_text_is_not_the_source(read):
    [record] = read("mill.txt", f"The Mill Times - UK\n{TEXT} This was first told to The Mill Times.")

    assert record.source == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\xef\xbb\xbf ", "no words"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
        (b"a\x00\x00b\x00" * 500, "binary"),
    ],
)
def test_plain_refused(read, content, reason):
    assert reason in reasons(read("mill.txt", content))[0]


@pytest.mark.parametrize("name", ["mill.txt", "mill.md", "mill.pdf"])
def test_huge_file_refused_unread(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(50_000_001)

    [refusal] = read_path(path)

    assert "50.0 MB" in refusal.reason


def test_long_text_below_the_file_limit_refused(tmp_path):
    path = tmp_path / "mill.txt"
    with path.open("wb") as file:
        file.truncate(20_000_001)

    assert "at most 20 MB" in reasons(read_path(path))[0]


def test_missing_file_and_other_formats_refused(tmp_path, read):
    assert "cannot be opened" in reasons(read_path(tmp_path / "none.txt"))[0]
    assert "no WARC record" in reasons(read("a.warc.gz", "x"))[0]
    assert "none of" in reasons(read("a.png", "x"))[0]


# Metadata from beside the file and from the arguments


def test_sidecar_says_what_the_file_does_not(tmp_path, read):
    (tmp_path / "mill.toml").write_text(
        'source = "The Mill Times"\npublished = 2018-03-14\nurl = "https://mill.example/1"'
    )

    [record] = read("mill.txt", TEXT, overrides={"source": "Other", "language": "en"})

    assert (record.source, record.published, record.url) == ("The Mill Times", "2018-03-14", "https://mill.example/1")
    assert record.derived["source"] == record.derived["published"] == "sidecar"
    assert record.derived["language"] == "argument"


def test_file_is_believed_before_the_sidecar(tmp_path, read):
    (tmp_path / "mill.toml").write_text('title = "Other"\nsource = "The Mill Times"')

    [record] = read("mill.md", f"---\ntitle: Three shells\n---\n{TEXT}")

    assert (record.title, record.source) == ("Three shells", "The Mill Times")


def test_headline_is_believed_before_an_argument_and_after_the_sidecar(tmp_path, read):
    text = f"Three shells hit the old mill\n14 March, 2018\n{TEXT}"

    [record] = read("mill.txt", text, overrides={"published": "2001-01-01"})
    (tmp_path / "mill.toml").write_text('published = "2002-02-02"\ntitle = "Corrected"')
    [corrected] = read("mill.txt", text)

    assert record.published == "2018-03-14"
    assert (corrected.published, corrected.title) == ("2002-02-02", "Corrected")


@pytest.mark.parametrize(
    ("content", "reason"),
    [("titel = 'x'", "'titel' is no name"), ("title = ", "is not TOML"), (b"\xff\xfe\x00", "is not TOML")],
)
def test_sidecar_that_cannot_be_used_refuses_its_file(tmp_path, read, content, reason):
    (tmp_path / "mill.toml").write_bytes(content if isinstance(content, bytes) else content.encode())

    assert reason in reasons(read("mill.txt", TEXT))[0]


def test_unreadable_date_url_and_language_stay_empty_and_are_marked(read):
    row = {"text": TEXT, "published": "03/04/2017", "url": "javascript:alert(1)", "language": "x y"}

    [record] = read("a.jsonl", json.dumps(row))

    assert (record.published, record.url) == ("", "")
    assert record.derived["published"] == record.derived["url"] == "unreadable"
    assert record.derived["language"] == "guessed"


# Folders


def test_folder_is_read_in_order_without_hidden_files_and_sidecars(tmp_path):
    for name in ("b/1.txt", "b/2.txt", "a.txt", "c.txt", ".hidden.txt", ".git/x.txt", "a.toml", "d.png"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("" if name.endswith("toml") else TEXT)

    locators = [item.locator for item in read_path(tmp_path / "in")]

    assert locators == ["in/a.txt", "in/c.txt", "in/d.png", "in/b/1.txt", "in/b/2.txt"]


# Markdown


def test_markdown_file(read):
    document = (
        f"---\ndate: 2018-03-14T10:00:00Z\nauthor: A. Writer\n---\n# Three *shells*\n\n{TEXT} [More](https://a.example)"
    )

    [record] = read("mill.md", document)

    assert (record.title, record.published, record.authors) == ("Three shells", "2018-03-14", ("A. Writer",))
    assert record.text == f"Three shells\n\n{TEXT} More"
    assert (record.media_type, record.extractor) == ("text/markdown", "markdown/1")


def test_markdown_day_of_the_attack_is_not_the_date_of_publication(read):
    [record] = read("mill.md", f"# Three shells\n\n- Date: 14 March 2018\n- Place: the mill\n\n{TEXT}")

    assert record.published == ""
