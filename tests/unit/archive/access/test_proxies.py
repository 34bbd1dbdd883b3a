"""Where a request comes from: no client can choose it."""

import random
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.access.proxies import Proxies, client_address, read_address, subscriber

LOOPBACK = Proxies.read(["127.0.0.1", "::1"])
CHAIN = Proxies.read(["127.0.0.1", "10.0.0.0/8", "unix"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "client"),
    [
        ("192.0.2.7", "", LOOPBACK, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", LOOPBACK, "192.0.2.7"),  # not a proxy: what it says is not believed
        ("127.0.0.1", "198.51.100.1", LOOPBACK, "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", LOOPBACK, "198.51.100.1"),  # the client wrote the first
        ("127.0.0.1", "127.0.0.1, 198.51.100.1", LOOPBACK, "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.2.3.4", CHAIN, "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1", Proxies(), "127.0.0.1"),
        ("127.0.0.1", "", LOOPBACK, "127.0.0.1"),
        ("127.0.0.1", "nonsense", LOOPBACK, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, nonsense", LOOPBACK, "127.0.0.1"),
        ("127.0.0.1", ",,,", LOOPBACK, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1:40312", LOOPBACK, "198.51.100.1"),
        ("::1", "[2001:db8::7]:40312", LOOPBACK, "2001:db8::7"),
        ("::ffff:127.0.0.1", "::ffff:198.51.100.1", LOOPBACK, "198.51.100.1"),
        ("", "198.51.100.1", CHAIN, "198.51.100.1"),  # a Unix socket
        ("", "198.51.100.1", LOOPBACK, None),
        ("", "", CHAIN, None),
    ],
)
def test_client_is_who_spoke_to_the_outermost_trusted_proxy(
    peer: str, forwarded: str, proxies: Proxies, client: str | None
) -> None:
    assert client_address(peer, forwarded, proxies) == (ip_address(client) if client else None)


@given(st.text(max_size=200))
def test_client_cannot_choose_its_address(claimed: str) -> None:
    """Whatever a client sends, the proxy appends whom it spoke to, and that is who it is."""
    assert client_address("127.0.0.1", f"{claimed}, 203.0.113.9", CHAIN) == ip_address("203.0.113.9")
    assert client_address("203.0.113.9", claimed, CHAIN) == ip_address("203.0.113.9")


def test_subscriber_has_a_network_of_ipv6() -> None:
    numbers = random.Random(7)
    same = {subscriber(ip_address(f"2001:db8:0:1::{numbers.getrandbits(16):x}")) for _ in range(50)}
    other = subscriber(ip_address("2001:db8:0:2::1"))

    assert same == {"2001:db8:0:1::"}
    assert other not in same
    assert subscriber(ip_address("198.51.100.1")) == "198.51.100.1"


@pytest.mark.parametrize("wrong", ["proxy.example", "10.0.0.1/8", "10.0.0.0/40", "unix:/run/x"])
def test_proxies_that_cannot_be_read_are_named(wrong: str) -> None:
    with pytest.raises(ValueError, match="neither an address, nor a network"):
        Proxies.read(["127.0.0.1", wrong])


@given(st.text(max_size=60))
def test_any_text_is_read_or_not(text: str) -> None:
    found = read_address(text)
    assert found is None or ip_address(str(found)) == found
