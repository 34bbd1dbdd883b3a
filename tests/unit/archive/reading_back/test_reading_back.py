"""English sentences of pure modules are read back in the language of whoever reads them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from archive import dates, source_urls
from archive.reading_back import Sentences
from archive.reading_back import addresses as addresses_back
from archive.reading_back import dates as dates_back
from archive.reading_back import fetching as fetching_back
from tests.factories.said import said_by

ROOT = Path(settings.BASE_DIR)
ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")
FETCHING = sorted((ROOT / "archive/fetching").glob("*.py"))
# One of each way in which a date cannot be read.
UNREADABLE = (
    *("", "x" * 90, "2016-05-18T10:00", "[2016-05-18,2016-05-20]", "[x]", "12016", "2016-05-XX~", "2016~-05", "soon"),
    *("18 May 2016", "3/4/2016", "1950S2", "/", "../", "2016-05/", "/2016-05", "2016-XX/2017", "201X/2017"),
    *("2017/2016", "0000", "2016-13", "2016-02-30"),
)


def latin(text: str) -> list[str]:
    """Latin words that are not set apart, but for the names of formats."""
    return re.findall("[A-Za-z]{3,}", re.sub("EDTF", "", ISOLATED.sub("", text)))


@pytest.mark.parametrize("typed", UNREADABLE)
def test_dates_that_cannot_be_read_are_explained_in_arabic(typed: str) -> None:
    with pytest.raises(dates.DateError) as refused:
        dates.parse(typed)
    english = str(refused.value)

    assert dates_back.read_back(english) == english
    with translation.override("ar"):
        assert latin(dates_back.read_back(english)) == []


def test_a_reason_that_a_page_cannot_be_fetched_is_read_back() -> None:
    reasons = set(said_by(*FETCHING, calls=("FetchError", "say")))
    flags = set(said_by(ROOT / "archive/readers/html/flags.py", calls=("Flag",)))

    assert len(reasons) > 20
    assert len(flags) > 6
    assert [one for one in (*reasons, *flags, "it has one word") if not fetching_back.read_back.knows(one)] == []


def test_a_reason_within_a_reason_is_read_back() -> None:
    with translation.override("ar"):
        said = fetching_back.read_back("it redirects to https://a.example/: a.example is not found")

    assert said == "يحوّل إلى \u2068https://a.example/\u2069: لم يُعثر على \u2068a.example\u2069"


@pytest.mark.parametrize(
    "address",
    [
        *("https://a.example/" + "x" * 30_000, " ", "https://a.example/\x07", "a.example", "ftp://a.example"),
        *("https://[a.example/", "https://me:word@a.example/", "https://", "https://a..example/"),
    ],
)
def test_addresses_that_no_article_can_have_are_explained_in_arabic(address: str) -> None:
    with pytest.raises(source_urls.UnusableUrlError) as refused:
        source_urls.normalise(address)

    with translation.override("ar"):
        assert latin(addresses_back.read_back(str(refused.value))) == []


def test_what_is_not_listed_stays_as_it_is() -> None:
    with translation.override("ar"):
        assert Sentences(["%(number)s days apart"])("x days apart") == "x days apart"
