import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.source_urls import MAX_LENGTH, STRIPPED, STRIPPED_PREFIXES, UnusableUrlError, mended, normalise

PAIRS = [
    # scheme, host, port
    ("http://news.example/a", "https://news.example/a"),
    ("HTTPS://News.EXAMPLE/A", "https://news.example/A"),
    ("http://news.example:80/a", "https://news.example/a"),
    ("https://news.example:443/a", "https://news.example/a"),
    ("https://news.example:8443/a", "https://news.example:8443/a"),
    ("http://news.example:443/a", "https://news.example/a"),
    ("https://www.news.example/a", "https://news.example/a"),
    ("https://www.example/a", "https://www.example/a"),
    ("https://news.example./a", "https://news.example/a"),
    ("https:/news.example/a", "https://news.example/a"),
    ("https:\\\\news.example\\a", "https://news.example/a"),
    ("https://[::1]:8080/a", "https://[::1]:8080/a"),
    ("https://m.facebook.com/a", "https://facebook.com/a"),
    ("https://m.news.example/a", "https://m.news.example/a"),
    ("https://amp.theguardian.com/world/a", "https://theguardian.com/world/a"),
    # IDN
    ("http://مثال.إختبار/خبر", "https://xn--mgbh0fb.xn--kgbechtv/%D8%AE%D8%A8%D8%B1"),
    ("http://xn--mgbh0fb.xn--kgbechtv/%d8%ae%d8%a8%d8%b1", "https://xn--mgbh0fb.xn--kgbechtv/%D8%AE%D8%A8%D8%B1"),
    # path
    ("https://news.example", "https://news.example/"),
    ("https://news.example/a/", "https://news.example/a"),
    ("https://news.example/a//", "https://news.example/a"),
    ("https://news.example/a/./b/../c", "https://news.example/a/c"),
    ("https://news.example/../a", "https://news.example/a"),
    ("https://news.example/a//b", "https://news.example/a//b"),
    ("https://news.example/a/amp/", "https://news.example/a"),
    ("https://news.example/amp", "https://news.example/amp"),
    ("https://news.example/index.html", "https://news.example/index.html"),
    # percent-encoding
    ("https://news.example/%7euser/%2fa", "https://news.example/~user/%2Fa"),
    ("https://news.example/a b", "https://news.example/a%20b"),
    ("https://news.example/100%", "https://news.example/100%25"),
    ("https://news.example/%28a%29", "https://news.example/(a)"),
    ("https://news.example/caf\u0065\u0301", "https://news.example/caf%C3%A9"),
    ("https://news.example/cafe%CC%81", "https://news.example/caf%C3%A9"),
    ("https://news.example/%e3%28", "https://news.example/%E3("),
    # fragment
    ("https://news.example/a#top", "https://news.example/a"),
    ("https://news.example/a#:~:text=words", "https://news.example/a"),
    ("https://news.example/#!/a", "https://news.example/#!/a"),
    # query
    ("https://news.example/a?", "https://news.example/a"),
    ("https://news.example/?p=2&id=1", "https://news.example/?id=1&p=2"),
    ("https://news.example/?id=2&id=1", "https://news.example/?id=2&id=1"),
    ("https://news.example/?id=1&utm_source=x&UTM_Medium=y&fbclid=z", "https://news.example/?id=1"),
    ("https://news.example/?id=1&amp;gclid=z&&", "https://news.example/?id=1"),
    ("https://news.example/?q=a+b", "https://news.example/?q=a%20b"),
    ("https://news.example/?1234", "https://news.example/?1234"),
    ("https://news.example/a?outputType=amp", "https://news.example/a"),
    ("https://news.example/a?amp", "https://news.example/a"),
    ("https://news.example/a?output=pdf", "https://news.example/a?output=pdf"),
    ("https://news.example/a?reference=7", "https://news.example/a?reference=7"),
    # copies
    ("https://web.archive.org/web/20190101000000/http://news.example/a?id=1", "https://news.example/a?id=1"),
    ("http://web.archive.org/web/20190101000000id_/https://www.news.example/a", "https://news.example/a"),
    ("https://web.archive.org/web/2019*/news.example/a", "https://news.example/a"),
    ("https://web.archive.org/web/2019/http:/news.example/a", "https://news.example/a"),
    ("https://web.archive.org/web/2019/https%3A%2F%2Fnews.example%2Fa", "https://news.example/a"),
    ("https://archive.ph/20190101/https://web.archive.org/web/2019/http://news.example/", "https://news.example/"),
    ("https://archive.ph/aBcDe", "https://archive.ph/aBcDe"),
    ("https://archive.org/details/thing", "https://archive.org/details/thing"),
    ("https://www.google.com/amp/s/www.news.example/a/amp", "https://news.example/a"),
    ("https://www-news-example.cdn.ampproject.org/c/s/www.news.example/a", "https://news.example/a"),
    # white space and invisible characters of copying
    ("  https://news.example/a\u00a0\u200f", "https://news.example/a"),
    ("\ufeffhttps://news.example/a\n", "https://news.example/a"),
]

REFUSED = [
    ("", "is empty"),
    (" \u200f ", "is empty"),
    ("javascript:alert(1)", "javascript:"),
    ("data:text/html,x", "data:"),
    ("file:///etc/hosts", "file:"),
    ("ftp://news.example/a", "ftp:"),
    ("mailto:a@news.example", "mailto:"),
    ("news.example/a", "no scheme"),
    ("news.example:8080/a", "no scheme"),
    ("/a/b", "no scheme"),
    ("http://", "no host"),
    ("https:///", "no host"),
    ("https://?a=1", "no host"),
    ("https://news.example/\x00", "control characters"),
    ("https://news.example/a\nb", "control characters"),
    ("https://news.example/\x85a", "control characters"),
    ("https://news.example/\u202egnp", "control characters"),
    ("https://news.example/\ud800", "control characters"),
    ("https://user:secret@news.example/", "password"),
    ("https://news.example:99999/", "cannot be read"),
    ("https://[::1/", "cannot be read"),
    ("https://a b/", "impossible host"),
    ("https://a..b/", "impossible host"),
    ("https://%00.example/", "impossible host"),
    (f"https://{'a' * 70}.example/", "impossible host"),
    (f"https://news.example/{'a' * MAX_LENGTH}", "longer than"),
]


@pytest.mark.parametrize(("url", "key"), PAIRS)
def test_normalise_pair(url, key):
    assert normalise(url) == key


@pytest.mark.parametrize(("url", "key"), PAIRS)
def test_normalise_key_is_its_own_key(url, key):
    assert normalise(key) == key


@pytest.mark.parametrize(("url", "reason"), REFUSED)
def test_normalise_refuses(url, reason):
    with pytest.raises(UnusableUrlError, match=reason.replace("(", r"\(")):
        normalise(url)


@pytest.mark.parametrize("name", [*STRIPPED, *(f"{prefix}x" for prefix in STRIPPED_PREFIXES)])
def test_normalise_strips_each_parameter_of_the_table(name):
    assert normalise(f"https://news.example/?{name}=1&id=2") == "https://news.example/?id=2"


def test_stripped_parameters_have_reasons():
    assert all(reason.strip() for reason in (STRIPPED | STRIPPED_PREFIXES).values())


WORDS = ("//", "..", "/.", "#!", "%41", "%2f", "%d8%a7", "%E3", "e\u0301", "amp", "web", "2019", "http:", "https%3A")
PIECES = st.sampled_from([*"/?&=#%+; aéا😀\u200f", *WORDS, "news.example", "web.archive.org", "archive.ph", "utm_x"])


@given(st.sampled_from(["news.example", "web.archive.org/web/2019", "google.com/amp"]), st.lists(PIECES, max_size=14))
def test_normalise_is_idempotent_and_ascii(start, pieces):
    try:
        key = normalise(f"http://{start}/{''.join(pieces)}")
    except UnusableUrlError:
        assume(False)
    assert key.isascii()
    assert key.startswith("https://")
    assert normalise(key) == key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https:news.example/a", "https://news.example/a"),
        ("HTTP:/news.example", "HTTP://news.example"),
        ("http:///news.example//a", "http://news.example//a"),
        ("https:\\\\news.example\\a", "https://news.example\\a"),
        (" \u200fhttps://news.example/a\u200e\n", "https://news.example/a"),
        ("https://news.example/?to=http:x", "https://news.example/?to=http:x"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("news.example", "news.example"),
    ],
)
def test_address_is_kept_with_two_slashes(typed, kept):
    assert mended(typed) == kept == mended(kept)


@given(st.text())
def test_normalise_any_text_answers_or_refuses(text):
    try:
        key = normalise(text)
    except UnusableUrlError:
        return
    assert key.startswith("https://")
