"""Rules that Python and the database both have give the same of all that they are asked."""

import json
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive import dates, source_urls
from incidents.curation import claim_values
from incidents.record.writing import canonical, digest

pytestmark = pytest.mark.django_db
several = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# All but NUL and lone surrogates, which neither jsonb nor UTF-8 has; the rarer kinds are drawn often.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.text(
    'aZ"\\/\b\f\n\r\t\x01\x1f\x7f\x80\u2028\ufeff\uffff😀𐎀ابتé٣', max_size=12
)
numbers = st.integers() | st.integers(-(10**40), 10**40) | st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=25,
)


def asked(sql: str, *given: object) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()


@several
@given(anything)
@example({"b": [], "aa": {}, "é": 1e15, "a": 1e-5, "": -0.0, "\uffff": 1e22, "😀": 123456789012345.6})
@example([1234567890123456.5, 9007199254740993, 36.0, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, 9999999999999998.0])
def test_canonical_json_of_the_database_is_that_of_python(value: object) -> None:
    """Of what is read back: a number such as 1e22 comes back as a whole one."""
    stored, text, sha256 = asked(
        "SELECT v::text, canonical_json(v), content_digest(v) FROM (SELECT %s::jsonb AS v) x", json.dumps(value)
    )
    kept = json.loads(stored)

    assert text == canonical(kept).decode()
    assert sha256 == digest(kept)


def test_no_setting_of_the_session_rounds_what_is_digested() -> None:
    value = [0.1 + 0.2, 35.643213]

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL extra_float_digits = -10")

    assert asked("SELECT content_digest(%s::jsonb)", json.dumps(value)) == (digest(value),)


two = st.integers(0, 99).map("{:02}".format)
years = st.integers(0, 9999).map("{:04}".format) | st.sampled_from(["1900", "2000", "2016", "2019", "9999"])
single = st.one_of(
    st.builds("{}{}".format, years, st.sampled_from(["", "-XX", "-XX-XX", "~", "?", "%", "-21", "-22?", "-23", "-24"])),
    st.builds("{}-{}{}".format, years, st.integers(0, 25).map("{:02}".format), st.sampled_from(["", "-XX", "~", "%"])),
    st.builds("{}-{}-{}{}".format, years, st.integers(1, 13).map("{:02}".format), two, st.sampled_from(["", "?"])),
    st.dates().map(date.isoformat),
    st.builds("{}{}".format, two, st.sampled_from(["XX", "1X", "0X", "X", "XXX"])),
)
edtf = st.one_of(
    single,
    st.builds("{}/{}".format, single | st.sampled_from(["..", ""]), single | st.sampled_from(["..", ""])),
    st.text("0123456789-X/.~?% \n٢", max_size=12),
)


@several
@given(edtf)
@example("00XX")
@example("..")
@example("9999-24")
@example("99XX")
@example("9999-12-31")
@example("2016/9999-12")
@example("9999-12-31/9999")
@example("2016-05-XX-XX")
@example("2019-11-27\n")
@example("../2016-02")
@example("2015/2014")
@example("2015-02-29")
def test_days_of_the_database_are_those_of_python(text: str) -> None:
    try:
        read = dates.parse(text)
    except dates.DateError:
        expected = None
    else:
        if read.edtf != text:  # digits and space that are mended before anything is stored
            return
        expected = asked("SELECT %s::daterange::text", claim_values.clean_date(text)["occurred"])[0]

    assert asked("SELECT edtf_days(%s)::text", text) == (expected,)


addresses = st.builds(
    "{}{}{}{}".format,
    st.text(" \u200f\n", max_size=2),
    st.sampled_from(["http:", "https:", "HTTPS:", "ftp:", "javascript:", ""]),
    st.text("/\\", max_size=4),
    st.text("ax.:@?#/\\ [1]%é\u00a0٢-_", max_size=12) | st.text(max_size=6),
)


@several
@given(addresses)
@example("https:x")
@example("http:///path")
@example("https://[::1]/")
@example("https://%41.example")
@example("https://:80/")
def test_what_is_an_address_here_is_one_for_the_database(text: str) -> None:
    try:
        source_urls.normalise(text)
    except source_urls.UnusableUrlError:
        return

    assert asked("SELECT %s ~* %s", source_urls.mended(text), source_urls.OF_THE_WEB) == (True,)
