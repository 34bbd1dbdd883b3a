"""Fetch a page and what redirects to it, each hop checked like the first."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from archive.fetching.asking import Exchange, ask
from archive.fetching.hosts import Target, find_target
from archive.fetching.rules import FetchError, Rules
from archive.fetching.writing import head_of_file, records_of
from archive.readers.warc.archive_limits import LimitError
from archive.readers.warc.http import REDIRECTS, Answer, UndecodableError, decode_body, read_answer

OK, SERVER_FAILS = 200, 500
ROBOTS_REDIRECTS = 5
ROBOTS_KEPT, MOST_ROBOTS = 600.0, 500  # seconds, sites
_SAYS_NOTHING = "Crawl-delay: 0"  # a line of a group of rules that forbids and allows nothing
_last_asked: dict[str, float] = {}  # per host, by the monotonic clock, in this process
_robots: dict[str, tuple[RobotFileParser, float]] = {}  # per site, with when it is to be asked for again


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
        answer = _head(exchange.answer)
        location = answer.header("location")
        if answer.status not in REDIRECTS or not location:
            return Fetched(warc, address, answer.status)
        try:
            address = urldefrag(urljoin(address, location)).url
        except ValueError as error:
            raise FetchError("it redirects to what is no address") from error


def _ask_politely(address: str, rules: Rules, until: float) -> tuple[Exchange, datetime]:
    target = find_target(address, rules)
    if rules.heeds_robots and not _is_welcome(address, rules, until):
        raise FetchError("the site asks robots not to fetch it (robots.txt)")
    return _ask_after_a_pause(target, rules, until)


def _ask_after_a_pause(target: Target, rules: Rules, until: float) -> tuple[Exchange, datetime]:
    """Ask, and say when; two requests to one host are apart."""
    wait = _last_asked.get(target.host_header, -rules.delay) + rules.delay - time.monotonic()
    if wait > 0:
        time.sleep(min(wait, max(until - time.monotonic(), 0)))
    moment = datetime.now(UTC)
    try:
        return ask(target, rules, until), moment
    finally:
        _last_asked[target.host_header] = time.monotonic()


def _is_welcome(address: str, rules: Rules, until: float) -> bool:
    """What the site's robots.txt says to our agent (RFC 9309): none welcomes all, one that they fail to give nobody."""
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    robots, until_then = _robots.get(origin, (None, 0.0))
    if robots is None or until_then < time.monotonic():
        robots = _read_robots(f"{origin}/robots.txt", rules, until)
        _robots[origin] = (robots, time.monotonic() + ROBOTS_KEPT)
        while len(_robots) > MOST_ROBOTS:
            del _robots[next(iter(_robots))]
    return robots.can_fetch(rules.agent, address)


def _read_robots(address: str, rules: Rules, until: float) -> RobotFileParser:
    robots = RobotFileParser()
    robots.parse([])
    for _hop in range(ROBOTS_REDIRECTS + 1):
        try:
            exchange, _moment = _ask_after_a_pause(find_target(address, rules), rules, until)
            answer = _head(exchange.answer)
        except FetchError:
            return robots
        if answer.status in REDIRECTS and (location := answer.header("location")):
            try:
                address = urljoin(address, location)
            except ValueError:
                return robots
            continue
        if answer.status >= SERVER_FAILS:
            robots.parse(["User-agent: *", "Disallow: /"])
        if answer.status == OK:
            with suppress(UndecodableError, LimitError):
                body = decode_body(exchange.answer[answer.body_start :], answer).payload
                lines = body.decode("utf-8-sig", "replace").splitlines()
                robots.parse([line if _is_readable(line) else _SAYS_NOTHING for line in lines])
        return robots
    return robots


def _is_readable(line: str) -> bool:
    """Whether the parser takes a line; at some it raises: ``Crawl-delay: ²``, ``Disallow: //[``."""
    try:
        RobotFileParser().parse(["User-agent: *", line])
    except ValueError:
        return False
    return True


def _head(answer: bytes) -> Answer:
    read = read_answer(answer)
    if read is None:
        raise FetchError("the answer is none of a web server")
    return read
