import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.web.linking import Link, header
from tests.factories.heads import web_links

SITE = "https://archive.example"


def test_header_is_read_back() -> None:
    links = [Link(f"{SITE}/a/?q=1,2;3", "cite-as"), Link(f"{SITE}/b.ris", "describedby", "application/x-b")]

    assert web_links(header(links)) == [
        (f"{SITE}/a/?q=1,2;3", {"rel": "cite-as"}),
        (f"{SITE}/b.ris", {"rel": "describedby", "type": "application/x-b"}),
    ]


def test_header_of_nothing_is_empty() -> None:
    assert header([]) == ""


@pytest.mark.parametrize("hostile", ['>; rel="next"', "\r\nSet-Cookie: a=b", '"', "كفر نبل", "\x00"])
def test_address_cannot_end_its_link_or_the_header(hostile: str) -> None:
    made = header([Link(f"{SITE}/{hostile}", "cite-as")])

    [(target, parameters)] = web_links(made)
    assert target.startswith(f"{SITE}/")
    assert parameters == {"rel": "cite-as"}
    assert made.isascii()
    assert made.isprintable()


@given(st.text(st.characters(blacklist_categories=("Cs",))))
def test_any_address_stays_one_link(address: str) -> None:
    assert len(web_links(header([Link(address, "item")]))) == 1
