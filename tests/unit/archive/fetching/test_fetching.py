"""Pages are fetched from the public web and from nowhere else, and never without end."""

import gzip
import itertools
import socket
import threading
import time
from dataclasses import replace
from io import BytesIO
from ipaddress import ip_address

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as SecondReader

from archive.fetching import FetchError, Rules, fetch
from archive.fetching.asking import ask
from archive.fetching.hosts import find_target, is_public
from archive.readers.record import Refusal
from tests.factories.web_archives import PAGE, answer, chunked, read_all
from tests.factories.web_servers import serve

QUICK = Rules(seconds=5, delay=0, heeds_robots=False)


def allowing(served, rules=QUICK, **changes):
    return replace(rules, internal=frozenset({served.authority}), **changes)


def moved(target: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/", "not on the public internet"),
        ("http://localhost/", "not on the public internet"),
        ("http://10.1.2.3/", "not on the public internet"),
        ("http://172.16.0.1/", "not on the public internet"),
        ("http://192.168.1.1/", "not on the public internet"),
        ("http://100.64.0.1/", "not on the public internet"),
        ("http://169.254.169.254/latest/meta-data/", "not on the public internet"),
        ("http://0.0.0.0/", "not on the public internet"),
        ("http://224.0.0.1/", "not on the public internet"),
        ("http://255.255.255.255/", "not on the public internet"),
        ("http://[::1]/", "not on the public internet"),
        ("http://[::]/", "not on the public internet"),
        ("http://[fe80::1]/", "not on the public internet"),
        ("http://[fc00::1]/", "not on the public internet"),
        ("http://[::ffff:127.0.0.1]/", "not on the public internet"),
        ("http://[::127.0.0.1]/", "not on the public internet"),
        ("http://[64:ff9b::7f00:1]/", "not on the public internet"),
        ("http://[64:ff9b:1::a00:1]/", "not on the public internet"),
        ("http://[2002:7f00:1::]/", "not on the public internet"),
        ("http://2130706433/", "is a number"),
        ("http://0177.0.0.1/", "is a number"),
        ("http://0x7f.1/", "is a number"),
        ("http://127.1/", "is a number"),
        ("http://127.0.0.1.:80/", "not on the public internet"),
        ("http://１２７.0.0.1/", "not on the public internet"),
        ("file:///etc/passwd", "only http: and https:"),
        ("gopher://news.example/", "only http: and https:"),
        ("news.example", "only http: and https:"),
        ("http://8.8.8.8:22/", "port 22"),
        ("http://8.8.8.8:0/", "port 0"),
        ("http://8.8.8.8:99999/", "not an address"),
        ("http://name:word@8.8.8.8/", "password"),
        ("http://8.8.8.8\\@127.0.0.1/", "backslashes"),
        ("http://8.8.8.8/\r\nHost: x", "control characters"),
        ("http:///path", "host cannot be"),
        ("http://[fe80::1%25lo]/", "cannot be|not on the public"),
        ("http://" + "a" * 3_000, "too long"),
    ],
)
def test_address_that_is_not_of_the_public_web_is_refused(url, reason):
    with pytest.raises(FetchError, match=reason):
        find_target(url, Rules())


@given(st.ip_addresses(v=6, network="64:ff9b:1::/48"))
def test_translation_of_somebody_s_own_is_internal(ip):
    assert not is_public(ip)


@given(st.ip_addresses(v=4))
def test_what_carries_an_internal_address_is_internal(inner):
    for text in (f"::ffff:{inner}", f"64:ff9b::{inner}", f"::{inner}"):
        assert is_public(ip_address(text)) == is_public(inner)


def test_name_with_one_internal_address_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        find_target("http://news.example/", Rules())


def test_name_is_looked_up_once_and_the_checked_address_is_used(monkeypatch):
    """A name that stands for a public address when it is checked, and for loopback a moment later, gains nothing."""
    answers = itertools.chain(["8.8.8.8"], itertools.repeat("127.0.0.1"))
    connected = []

    def look_up(host, port, **more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address, timeout=None):
        connected.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="does not answer"):
        fetch("http://news.example/", QUICK)
    assert connected == [("8.8.8.8", 80)]


def test_name_that_nobody_answers_for_is_given_up(monkeypatch):
    hangs = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: hangs.wait(60))
    start = time.monotonic()
    with pytest.raises(FetchError, match="name servers do not answer"):
        find_target("http://news.example/", Rules(look_up_seconds=0.05))
    hangs.set()
    assert time.monotonic() - start < 30


def test_each_address_of_a_name_is_tried_in_turn(monkeypatch):
    ips = ["2606:4700::1", "8.8.8.8", "8.8.8.8", "1.1.1.1"]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ips]
    tried = []

    def connect(address, timeout=None):
        tried.append(address[0])
        raise OSError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="Connection refused"):
        fetch("http://news.example/", QUICK)
    assert tried == ["2606:4700::1", "8.8.8.8", "1.1.1.1"]


def test_address_that_answers_is_the_one_that_is_kept(monkeypatch):
    with serve({"/a": answer(PAGE, Content_Length=str(len(PAGE)))}) as served:
        host = served.authority.rpartition(":")[0]
        target = find_target(f"{served.url}/a", allowing(served))._replace(ips=("127.0.0.9", host))
        real = socket.create_connection

        def connect(address, timeout=None):
            if address[0] != host:
                raise OSError
            return real(address, timeout)

        monkeypatch.setattr(socket, "create_connection", connect)
        assert ask(target, allowing(served), time.monotonic() + 10).ip == host


def test_page_and_its_redirect_are_kept_as_a_web_archive(tmp_path):
    body = chunked(gzip.compress(PAGE), 50)
    with serve(
        {"/a": moved("/b?q=1#top"), "/b?q=1": answer(body, Content_Encoding="gzip", Transfer_Encoding="chunked")}
    ) as served:
        fetched = fetch(f"{served.url}/a", allowing(served))
    assert (fetched.final_url, fetched.status) == (f"{served.url}/b?q=1", 200)
    assert served.asked[0].startswith(b"GET /a HTTP/1.1\r\nHost: " + served.authority.encode())
    (page,) = read_all(tmp_path / "own.warc", fetched.warc)
    assert page.body == PAGE
    assert page.provenance.warnings == ()
    assert [(hop.url, hop.status) for hop in page.provenance.redirects] == [(f"{served.url}/a", 302)]
    assert served.asked[1] in page.raw
    kinds = ["warcinfo", "response", "request", "response", "request"]
    assert [one.headers["WARC-Type"] for one in ArchiveIterator(BytesIO(fetched.warc), verify_digests=True)] == kinds
    assert [one.rec_type for one in SecondReader(BytesIO(fetched.warc), check_digests="raise")] == kinds


def test_server_that_keeps_the_connection_open_does_not_hold_the_fetch():
    def stay_open():
        yield answer(PAGE, Content_Length=str(len(PAGE)))
        time.sleep(4)
        yield b"more"

    with serve({"/": stay_open}) as served:
        start = time.monotonic()
        fetched = fetch(served.url + "/", allowing(served))
    assert time.monotonic() - start < 3
    assert PAGE in fetched.warc
    assert b"more" not in fetched.warc


@pytest.mark.parametrize("trailer", [b"", b"X-Sum: 1\r\n"])
def test_answer_in_chunks_ends_with_its_last_chunk(trailer):
    whole = answer(chunked(PAGE)[:-2] + trailer + b"\r\n", Transfer_Encoding="chunked")

    def byte_by_byte():
        yield from (whole[at : at + 1] for at in range(len(whole)))
        time.sleep(4)

    with serve({"/": byte_by_byte}) as served:
        start = time.monotonic()
        fetched = fetch(served.url + "/", allowing(served))
    assert time.monotonic() - start < 3
    assert whole in fetched.warc


def endless():
    yield answer(b"")
    while True:
        yield b"<p>again</p>" * 5_000


def hints():
    while True:
        yield b"HTTP/1.1 103 Early Hints\r\n\r\n" * 2_000


def slow():
    yield answer(b"")
    while True:
        time.sleep(0.1)
        yield b"."


@pytest.mark.parametrize(
    ("answers", "reason", "changes"),
    [
        ({"/": endless}, "more than 1 MB", {"largest": 1_000_000}),
        ({"/": hints}, "more than 1 MB", {"largest": 1_000_000}),
        ({"/": slow}, "takes too long|in time", {"seconds": 1}),
        ({"/": lambda: iter([b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n" * 5_000] * 9])}, "no end", {}),
        ({"/": moved("/")}, "in a circle", {}),
        ({"/": moved("/b"), "/b": moved("/")}, "in a circle", {}),
        ({f"/{n}" if n else "/": moved(f"/{n + 1}") for n in range(20)}, "more than 10 times", {}),
        ({"/": moved("http://169.254.169.254/")}, "redirects to http://169.254.169.254/: .*not on the public", {}),
        ({"/": moved("http://127.0.0.1:22/")}, "redirects to .*port 22", {}),
        ({"/": moved("file:///etc/passwd")}, "redirects to .*only http", {}),
        ({"/": moved("http://2130706433/")}, "is a number", {}),
        ({"/": b"SSH-2.0-demonstration\r\n\r\n"}, "none of a web server", {}),
        ({"/": b"HTTP/1.1 200 OK\r\nContent-"}, "cut off in its headers", {}),
        ({"/": answer(Content_Length=str(len(PAGE) + 1))}, "cut off", {}),
        ({"/": answer(chunked(PAGE)[:-30], Transfer_Encoding="chunked")}, "cut off", {}),
        ({"/": b"HTTP/1.1 0200" + b"0" * 5_000 + b" OK\r\n\r\n"}, "none of a web server", {}),
        ({"/": b"HTTP/1.1 999999 OK\r\n\r\n"}, "none of a web server", {}),
    ],
)
def test_hostile_server_is_given_up_with_a_reason(answers, reason, changes):
    with serve(answers) as served, pytest.raises(FetchError, match=reason):
        fetch(served.url + "/", allowing(served, **changes))


def test_decompression_bomb_is_refused_by_the_reader(tmp_path):
    with serve({"/": answer(gzip.compress(b"\0" * 30_000_000), Content_Encoding="gzip")}) as served:
        fetched = fetch(served.url + "/", allowing(served))
    (refused,) = read_all(tmp_path / "own.warc", fetched.warc)
    assert isinstance(refused, Refusal)
    assert "exhaust a machine" in refused.reason


def test_answer_comes_after_hints():
    with serve({"/": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + answer()}) as served:
        fetched = fetch(served.url + "/", allowing(served))

    assert fetched.status == 200
    assert b"Early Hints" not in fetched.warc


def test_redirect_to_an_address_in_arabic_as_it_stands(tmp_path):
    with serve({"/": moved("/مقال"), "/%D9%85%D9%82%D8%A7%D9%84": answer()}) as served:
        fetched = fetch(served.url + "/", allowing(served))

    (found,) = read_all(tmp_path / "own.warc", fetched.warc)
    assert fetched.status == 200
    assert [hop.status for hop in found.provenance.redirects] == [302]


@pytest.mark.parametrize(
    ("robots", "is_welcome"),
    [
        (answer(gzip.compress(b"User-agent: *\nDisallow: /\n"), Content_Encoding="gzip"), False),
        (answer(chunked(b"User-agent: *\nDisallow: /\n", 3), Transfer_Encoding="chunked"), False),
        (answer("\ufeffUser-agent: *\nDisallow: /\n".encode()), False),
        (answer(b"", status=503), False),
        (moved("/elsewhere.txt"), False),
        (answer(b"", status=404), True),
        (answer(b"\xff\xfe\0"), True),
        (moved("http://[elsewhere/"), True),
        (answer("User-agent: *\nCrawl-delay: ²\nDisallow: //[\nDisallow: /\n".encode()), False),
        (answer("User-agent: other\nCrawl-delay: ²\nUser-agent: another\nDisallow: /\n".encode()), True),
        (b"nonsense\r\n\r\n", True),
    ],
)
def test_robots_are_read_as_sites_send_them(robots, is_welcome):
    elsewhere = answer(b"User-agent: *\nDisallow: /\n")
    with serve({"/robots.txt": robots, "/elsewhere.txt": elsewhere, "/": answer()}) as served:
        rules = allowing(served, heeds_robots=True)
        if is_welcome:
            assert fetch(served.url + "/", rules).status == 200
        else:
            with pytest.raises(FetchError, match="robots"):
                fetch(served.url + "/", rules)


def test_robots_are_heeded_by_setting():
    robots = answer(b"User-agent: *\nDisallow: /closed\n", Content_Type="text/plain")
    with serve({"/robots.txt": robots, "/closed": answer(), "/open": answer()}) as served:
        rules = allowing(served, heeds_robots=True)
        with pytest.raises(FetchError, match="robots"):
            fetch(served.url + "/closed", rules)
        assert fetch(served.url + "/open", rules).status == 200
        assert fetch(served.url + "/closed", allowing(served)).status == 200


def test_one_host_is_asked_slowly():
    with serve({"/a": moved("/b"), "/b": answer()}) as served:
        start = time.monotonic()
        fetch(served.url + "/a", allowing(served, delay=0.5))
    assert time.monotonic() - start >= 0.5
