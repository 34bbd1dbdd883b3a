"""A request gets a thread once it is there."""

import pytest

from archive.web_server import MOST, missing

HEAD = b"POST /admin/login/ HTTP/1.1\r\nHost: archive.example\r\ncontent-length: 5\r\nX: 1\r\n\r\n"


@pytest.mark.parametrize("length", range(len(HEAD)))
def test_half_a_head_is_waited_for(length: int) -> None:
    assert missing(HEAD[:length])


@pytest.mark.parametrize("body", [b"", b"q", b"q=ab"])
def test_half_a_body_is_waited_for(body: bytes) -> None:
    assert missing(HEAD + body)


@pytest.mark.parametrize(
    "whole",
    [
        HEAD + b"q=abc",
        HEAD + b"q=abcGET / HTTP/1.1\r\n",  # and the beginning of the next
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\ncontent-length: 9\r\n\r\n",  # not a header
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_what_is_whole_is_not_waited_for(whole: bytes) -> None:
    assert not missing(whole)


def test_what_is_long_is_not_waited_for() -> None:
    assert not missing(b"G" * MOST)
    assert not missing(HEAD.replace(b": 5", b": 999999999") + b"x" * MOST)
