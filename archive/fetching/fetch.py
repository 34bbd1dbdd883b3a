"""Fetch a page and what redirects to it, each hop checked like the first."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from archive.fetching.asking import Exchange, ask
from archive.fetching.hosts import find_target
from archive.fetching.rules import FetchError, Rules
from archive.fetching.writing import head_of_file, records_of

REDIRECTS = (301, 302, 303, 307, 308)
_last_asked: dict[str, float] = {}  # per host, by the monotonic clock, in this process


class Fetched(NamedTuple):
    """`warc` is a WARC file of all requests and answers; `final_url` answered with `status`."""

    warc: bytes
    final_url: str
    status: int


def fetch(url: str, rules: Rules | None = None, *, say: Callable[[str], None] = lambda _: None) -> Fetched:
    """Fetch `url`, follow its redirects, and keep everything. `say` is told each step.

    Raises `FetchError` with the reason, the address that is at fault named where it is a redirect's.
    """
    rules = rules or Rules()
    until = time.monotonic() + rules.seconds
    warc = head_of_file(rules.agent)
    address, seen = urldefrag(url.strip()).url, set[str]()
    while True:
        if address in seen:
            raise FetchError(f"it redirects in a circle ({address})")
        if len(seen) > rules.redirects:
            raise FetchError(f"it redirects more than {rules.redirects} times")
        try:
            say(f"asking {address}")
            exchange, moment = _ask_politely(address, rules, until)
        except FetchError as error:
            raise (FetchError(f"it redirects to {address}: {error}") if seen else error) from error
        seen.add(address)
        warc += records_of(address, exchange, moment)
        status, location = _head(exchange.answer)
        if status not in REDIRECTS or not location:
            return Fetched(warc, address, status)
        try:
            address = urldefrag(urljoin(address, location)).url
        except ValueError as error:
            raise FetchError("it redirects to what is no address") from error


def _ask_politely(address: str, rules: Rules, until: float) -> tuple[Exchange, datetime]:
    target = find_target(address, rules)
    if rules.heeds_robots and not _is_welcome(address, rules, until):
        raise FetchError("the site asks robots not to fetch it (robots.txt)")
    wait = _last_asked.get(target.host_header, -rules.delay) + rules.delay - time.monotonic()
    if wait > 0:
        time.sleep(min(wait, max(until - time.monotonic(), 0)))
    moment = datetime.now(UTC)
    exchange = ask(target, rules, until)
    _last_asked[target.host_header] = time.monotonic()
    return exchange, moment


def _is_welcome(address: str, rules: Rules, until: float) -> bool:
    """What the site's robots.txt says to our agent; a site that has none, or none that can be read, welcomes all."""
    parts = urlsplit(address)
    try:
        exchange = ask(find_target(f"{parts.scheme}://{parts.netloc}/robots.txt", rules), rules, until)
    except FetchError:
        return True
    if _head(exchange.answer)[0] != 200:
        return True
    robots = RobotFileParser()
    robots.parse(exchange.answer.partition(b"\r\n\r\n")[2].decode("utf-8", "replace").splitlines())
    return robots.can_fetch(rules.agent, address)


def _head(answer: bytes) -> tuple[int, str]:
    """Status and Location of an answer."""
    first, *lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    words = first.split()
    if len(words) < 2 or not (words[1].isascii() and words[1].isdigit()):
        raise FetchError("the answer is none of a web server")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(words[1]), headers.get("location", "")
