import dataclasses
import datetime
import re

import bibtexparser
import pybtex
import pybtex.database
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from archive.citing import STYLES, Reference, cite, to_bibtex, to_csl, to_ris
from archive.web.citations import parts

ARTICLE = Reference(
    kind="article",
    key="bc123",
    title="A mill burns & nobody is hurt",
    publisher="Example Herald",
    url="https://herald.example/a_b?x=1",
    archived_url="https://archive.example/articles/bc123/",
    issued=datetime.date(2019, 11, 28),
    language="en",
    sha256="ab" * 32,
)
REPORT = dataclasses.replace(
    ARTICLE,
    kind="report",
    title="Mills under fire",
    publisher="Mill Watch",
    archive="Archive of Attack Reports",
    accessed=datetime.date(2020, 1, 2),
)
RECORD = Reference(
    kind="record",
    key="k7d2x9-v2",
    title="Air strike on a mill, Old Town, 25 November 2019",
    publisher="Archive of Attack Reports",
    url="https://archive.example/incidents/k7d2x9/v2/",
    issued=datetime.date(2026, 9, 3),
    version="2",
)


@pytest.mark.parametrize(
    ("reference", "style", "expected"),
    [
        (
            ARTICLE,
            "APA",
            (
                "A mill burns & nobody is hurt. (2019, November 28). Example Herald. https://herald.example/a_b?x=1 "
                "Archived at https://archive.example/articles/bc123/"
            ),
        ),
        (
            ARTICLE,
            "Chicago",
            (
                "Example Herald. “A mill burns & nobody is hurt.” November 28, 2019. https://herald.example/a_b?x=1. "
                "Archived at https://archive.example/articles/bc123/"
            ),
        ),
        (
            ARTICLE,
            "MLA",
            (
                "“A mill burns & nobody is hurt.” Example Herald, 28 Nov. 2019, https://herald.example/a_b?x=1. "
                "Archived at https://archive.example/articles/bc123/"
            ),
        ),
        (
            RECORD,
            "APA",
            (
                "Archive of Attack Reports. (2026, September 3). Air strike on a mill, Old Town, 25 November 2019 "
                "(Version 2) [Archive record]. https://archive.example/incidents/k7d2x9/v2/"
            ),
        ),
        (
            RECORD,
            "Newsroom",
            (
                "Archive of Attack Reports, “Air strike on a mill, Old Town, 25 November 2019”, version 2, "
                "3 September 2026, https://archive.example/incidents/k7d2x9/v2/"
            ),
        ),
        (
            RECORD,
            "Chicago",
            (
                "Archive of Attack Reports. “Air strike on a mill, Old Town, 25 November 2019.” Version 2. "
                "September 3, 2026. https://archive.example/incidents/k7d2x9/v2/."
            ),
        ),
        (
            RECORD,
            "MLA",
            (
                "“Air strike on a mill, Old Town, 25 November 2019.” Archive of Attack Reports, version 2, "
                "3 Sept. 2026, https://archive.example/incidents/k7d2x9/v2/."
            ),
        ),
        (
            REPORT,
            "APA",
            (
                "Mill Watch. (2019, November 28). Mills under fire. https://herald.example/a_b?x=1 "
                "Archived at https://archive.example/articles/bc123/"
            ),
        ),
        (
            dataclasses.replace(REPORT, authors=("Miller, Ann", "Roe, Jo")),
            "Chicago",
            (
                "Miller, Ann; Roe, Jo. “Mills under fire.” Mill Watch. November 28, 2019. "
                "https://herald.example/a_b?x=1. Archived at https://archive.example/articles/bc123/"
            ),
        ),
    ],
)
def test_cite_known_forms(reference: Reference, style: str, expected: str) -> None:
    assert cite(reference, style) == expected


@pytest.mark.parametrize("style", STYLES)
def test_cite_without_a_date_or_an_address_leaves_no_gap(style: str) -> None:
    line = cite(dataclasses.replace(ARTICLE, issued=None, url=""), style)

    assert ARTICLE.archived_url in line
    assert "  " not in line
    assert ", ," not in line
    assert "None" not in line


def test_cite_in_arabic_has_no_english_word() -> None:
    record = dataclasses.replace(RECORD, title="غارة على مطحنة", publisher="أرشيف المثال")

    for style in STYLES:
        line = cite(record, style, "ar").replace(record.url, "")

        assert "الإصدار 2" in line
        assert "أيلول/سبتمبر 2026" in line
        assert not re.search("[A-Za-z]", line), line


def test_formats_of_a_report_name_its_body_and_the_copy() -> None:
    (ris,) = rispy.loads(to_ris(REPORT))
    csl = to_csl(REPORT)
    entry = bibtexparser.parse_string(to_bibtex(REPORT)).entries[0]

    assert (ris["type_of_reference"], csl["type"], entry.entry_type) == ("RPRT", "report", "techreport")
    assert ris["authors"] == ["Mill Watch"]
    assert csl["author"] == [{"literal": "Mill Watch"}]
    assert entry.fields_dict["author"].value == "{Mill Watch}"
    assert entry.fields_dict["urldate"].value == "2020-01-02"
    assert csl["accessed"] == {"date-parts": [[2020, 1, 2]]}
    assert csl["archive_location"] == REPORT.archived_url
    assert REPORT.archived_url in entry.fields_dict["note"].value
    assert REPORT.archived_url in to_ris(REPORT)


def test_copy_that_is_the_only_address_is_named_once() -> None:
    reference = dataclasses.replace(REPORT, url="")

    assert to_ris(reference).count(REPORT.archived_url) == 1
    assert "Archived at" not in to_bibtex(reference)
    assert bibtexparser.parse_string(to_bibtex(reference)).entries[0].fields_dict["url"].value == REPORT.archived_url


def test_persons_are_told_apart_where_their_names_allow() -> None:
    reference = dataclasses.replace(ARTICLE, authors=("Miller, Ann", "Mill and Sons", "سامر المثال"))

    assert to_csl(reference)["author"] == [
        {"family": "Miller", "given": "Ann"},
        {"literal": "Mill and Sons"},
        {"literal": "سامر المثال"},
    ]
    author = bibtexparser.parse_string(to_bibtex(reference)).entries[0].fields_dict["author"].value
    assert author == "Miller, Ann and {Mill and Sons} and سامر المثال"


def test_bibtex_is_read_back() -> None:
    library = bibtexparser.parse_string(to_bibtex(ARTICLE))

    assert not library.failed_blocks
    fields = library.entries[0].fields_dict
    assert library.entries[0].key == "bc123"
    assert fields["url"].value == ARTICLE.url
    assert fields["date"].value == "2019-11-28"
    assert r"\&" in fields["title"].value


def test_ris_is_read_back() -> None:
    (entry,) = rispy.loads(to_ris(RECORD))

    assert entry["type_of_reference"] == "ELEC"
    assert entry["title"] == RECORD.title
    assert entry["urls"] == [RECORD.url]
    assert entry["date"] == "2026/09/03/"


def test_csl_names_the_version_and_its_date() -> None:
    item = to_csl(RECORD)

    assert item["type"] == "entry"
    assert item["version"] == "2"
    assert item["issued"] == {"date-parts": [[2026, 9, 3]]}
    assert item["author"] == [{"literal": "Archive of Attack Reports"}]


titles = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text.strip())


@given(titles)
def test_bibtex_holds_any_title(title: str) -> None:
    library = bibtexparser.parse_string(to_bibtex(dataclasses.replace(ARTICLE, title=title)))

    assert not library.failed_blocks
    assert len(library.entries) == 1
    assert library.entries[0].fields_dict["url"].value == ARTICLE.url


@given(titles)
def test_ris_holds_any_title(title: str) -> None:
    (entry,) = rispy.loads(to_ris(dataclasses.replace(RECORD, title=title)))

    assert entry["title"] == " ".join(title.split())


def test_ris_holds_arabic() -> None:
    (entry,) = rispy.loads(to_ris(dataclasses.replace(RECORD, title="غارة جوية على مطحنة")))

    assert entry["title"] == "غارة جوية على مطحنة"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("reference", [ARTICLE, REPORT, RECORD], ids=lambda reference: reference.kind)
def test_parts_of_a_line_are_its_addresses_and_the_rest(reference: Reference, style: str, language: str) -> None:
    line = cite(reference, style, language)

    cut = parts(line)

    assert "".join(text + address for text, address in cut) == line
    found = [address for _, address in cut if address]
    assert found == [address for address in (reference.url, reference.archived_url) if address]


KEPT = dataclasses.replace(
    ARTICLE, url=ARTICLE.archived_url, archive="Archive of Attack Reports", authors=("Doe, Ann",), version="1"
)


@pytest.mark.parametrize("style", ["plain", "unsrt", "alpha", "unsrtalpha"])
@pytest.mark.parametrize(
    "reference", [ARTICLE, REPORT, RECORD, KEPT, dataclasses.replace(REPORT, kind="dataset")], ids=lambda ref: ref.kind
)
def test_classic_styles_print_the_address_and_the_outlet(style: str, reference: Reference) -> None:
    library = pybtex.database.parse_string(to_bibtex(reference), "bibtex")

    printed = pybtex.PybtexEngine().format_from_string(
        library.to_string("bibtex"), style=style, output_backend="plaintext"
    )

    assert reference.url.replace("_", r"\_") in printed
    assert reference.publisher in printed
    assert str(reference.issued.year if reference.issued else "") in printed


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_archive_keeps_what_others_wrote(style: str, language: str) -> None:
    line = cite(KEPT, style, language)

    assert not line.startswith("Archive of")
    assert "Example Herald" in line
    assert "Archive of Attack Reports" in line
    assert line.count(KEPT.url) == 1


# What the data model of BibLaTeX 3.18 (blx-dm.def) has for the types we write, of the fields that we could think of.
COMMON = {"title", "author", "date", "year", "type", "version", "url", "urldate", "langid", "note"}
OF_TYPE = {"misc": COMMON | {"howpublished", "organization"}, "techreport": COMMON | {"institution"}}


@pytest.mark.parametrize("reference", [ARTICLE, REPORT, RECORD, KEPT], ids=lambda ref: ref.kind)
def test_bibtex_has_fields_of_its_type_alone(reference: Reference) -> None:
    entry = bibtexparser.parse_string(to_bibtex(reference)).entries[0]

    assert set(entry.fields_dict) <= OF_TYPE[entry.entry_type]
