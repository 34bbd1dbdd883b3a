"""Which machines may be asked: those of the public internet. What is checked here is what is then connected to.

A name is looked up once, and the connection goes to the address that was checked, so that a name which stands for
another machine a moment later leads nowhere else.
"""

import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, Queue
from threading import BoundedSemaphore, Thread
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from archive.fetching.rules import FetchError, Rules

LONGEST = 2_000
DEFAULT_PORTS = {"http": 80, "https": 443}
# IPv6 addresses that carry an IPv4 address in their last 32 bits: NAT64 (RFC 6052), compatible (RFC 4291).
CARRIERS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
# NAT64 of somebody's own, which may carry it elsewhere (RFC 8215); for documentation (RFC 9637).
NOT_PUBLIC = (IPv6Network("64:ff9b:1::/48"), IPv6Network("3fff::/20"))
INSIDE = (".localhost", ".local", ".internal", ".home.arpa")  # names that are never of the public internet
MOST_TRIED = 8  # addresses of one name
MOST_WAITING = 16  # look-ups that hang
_waiting = BoundedSemaphore(MOST_WAITING)
_NUMBER = re.compile(r"(0x[0-9a-f]*|\d+)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


class Target(NamedTuple):
    """Where to connect and what to ask: all `ips` were checked; `host` is for the Host header and the certificate."""

    scheme: str
    host: str
    ips: tuple[str, ...]
    port: int
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def find_target(url: str, rules: Rules) -> Target:
    """Read an address, look its host up and check it. Raises `FetchError`: not of the web, not public, not found."""
    parts, host, port, is_allowed = _judge(url, rules)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?[]|")
    found = _look_up(host, port, rules.look_up_seconds)
    for ip in found:
        if not is_allowed:
            _refuse_internal(host, ip)
    return Target(parts.scheme.lower(), host, tuple(dict.fromkeys(map(str, found)))[:MOST_TRIED], port, path)


def refuse_unfetchable(url: str, rules: Rules) -> None:
    """Raise `FetchError` for an address that no look-up could make right; no name server is asked."""
    _, host, _, is_allowed = _judge(url, rules)
    if is_allowed:
        return
    try:
        ip = ip_address(host)
    except ValueError:
        if "." not in host or host.endswith(INSIDE):
            raise FetchError(f"{host} is a name inside a network: addresses inside a network are not fetched") from None
    else:
        _refuse_internal(host, ip)


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether an address is of the public internet, also the IPv4 address that an IPv6 address carries."""
    if isinstance(ip, IPv6Address):
        carried = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        carried += [IPv4Address(int(ip) & 0xFFFFFFFF) for network in CARRIERS if ip in network]
        inner = [one for one in carried if one is not None]
        if inner:
            return all(map(is_public, inner))
        if ip.is_site_local or any(ip in network for network in NOT_PUBLIC):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def _refuse_internal(host: str, ip: IPv4Address | IPv6Address) -> None:
    if not is_public(ip):
        raise FetchError(f"{host} is not on the public internet ({ip}): addresses inside a network are not fetched")


def _judge(url: str, rules: Rules) -> tuple[SplitResult, str, int, bool]:
    """The parts of an address, its host, its port, and whether it is allowed though it may not be public."""
    parts, host, port = _read(url)
    is_allowed = f"{host}:{port}" in rules.internal
    if not is_allowed and port not in rules.ports:
        allowed = " and ".join(map(str, rules.ports))
        raise FetchError(f"port {port} is not fetched from, only {allowed}")
    if _is_odd_number(host):
        raise FetchError(f"{host} is a number and no name: write an IP address in its usual form")
    return parts, host, port, is_allowed


def _read(url: str) -> tuple[SplitResult, str, int]:
    if len(url) > LONGEST or _CONTROLS.search(url) or "\\" in url:
        raise FetchError("it is too long, or has blanks, backslashes or control characters in it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError("it is not an address") from error
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise FetchError(f"only http: and https: are fetched, not {scheme[:20] or 'an address without either'}")
    if "@" in parts.netloc:
        raise FetchError("it has a user name or a password in it")
    try:
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise FetchError("its host cannot be") from error
    if not host or "%" in host:
        raise FetchError("its host cannot be")
    return parts, host, DEFAULT_PORTS[scheme] if port is None else port


def _is_odd_number(host: str) -> bool:
    """Whether a host is an IPv4 address in another form than four decimal numbers: 2130706433, 0177.0.0.1, 0x7f.1."""
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def _look_up(host: str, port: int, seconds: float) -> list[IPv4Address | IPv6Address]:
    try:
        return [ip_address(host)]
    except ValueError:
        pass
    try:
        found = _asked_within(seconds, host, port)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host} is not found") from error
    ips = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    if not ips:
        raise FetchError(f"{host} is not found")
    return ips


def _asked_within(seconds: float, host: str, port: int) -> list[Any]:
    """What the name servers say. The system's own look-up knows no limit: it goes on in a thread that nobody waits for.

    Of those there are at most `MOST_WAITING`. Raises what the look-up does, and `FetchError`.
    """
    if not _waiting.acquire(timeout=seconds):
        raise FetchError(f"{host} cannot be looked up: the name servers do not answer")
    said: Queue[list[Any] | Exception] = Queue()

    def look_up() -> None:
        try:
            said.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except Exception as error:
            said.put(error)
        finally:
            _waiting.release()

    Thread(target=look_up, daemon=True, name="look-up").start()
    try:
        found = said.get(timeout=seconds)
    except Empty:
        raise FetchError(f"{host} is not found: its name servers do not answer in {seconds:.0f} seconds") from None
    if isinstance(found, Exception):
        raise found
    return found
