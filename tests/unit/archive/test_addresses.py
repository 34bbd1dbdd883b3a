import pytest
from django.urls import reverse
from django.utils import translation

from archive import addresses


@pytest.mark.parametrize("language", ["en", "ar"])
def test_addresses_are_the_same_in_every_language(settings, language: str) -> None:
    settings.SITE_URL = "https://archive.example"
    with translation.override(language):
        assert addresses.path("incident", "i7k2") == "/incidents/i7k2/"
        assert addresses.whole("article_text", "a1", 2) == "https://archive.example/articles/a1/text/2/"


@pytest.mark.parametrize(
    ("name", "args"),
    [("incident", ("i7k2",)), ("edition", ("i7k2", 12)), ("article", ("a1",)), ("town", ("C1000",)), ("home", ())],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_template_is_filled_to_the_path(language: str, name: str, args: tuple[str | int, ...]) -> None:
    addresses.template.cache_clear()
    with translation.override(language):
        assert addresses.template(name, len(args)).format(*args) == addresses.path(name, *args)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("incident", ("btvk6z",)),
        ("edition", ("btvk6z", 12)),
        ("source", ("a-b_c",)),
        ("passage_jsonld", ("p1",)),
        ("home", ()),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_address_in_the_language_is_what_the_patterns_say(
    language: str, name: str, args: tuple[str | int, ...]
) -> None:
    with translation.override(language):
        assert addresses.in_language(name, *args) == reverse(name, args=args)


def test_address_holds_nothing_that_could_leave_its_place() -> None:
    assert addresses.in_language("town", '"><b>/{}') == "/towns/%22%3E%3Cb%3E%2F%7B%7D/"
