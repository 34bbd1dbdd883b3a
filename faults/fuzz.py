"""Requests that nobody would make by hand: each gets an answer below 500, and none shows a secret word."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from faults import pages
from faults.result import Result
from faults.sites import FULL, Site

METHODS = ["GET"] * 12 + ["POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"]
NAMES = [
    "q", "page", "per_page", "order", "scope", "town", "district", "governorate", "actor", "facility",
    "source", "since", "until", "updated_since", "language", "layout", "by", "split", "url", "format",
    "embargo", "visibility", "status", "note", "count", "bom", "lang", "next", "id", "csrfmiddlewaretoken",
]  # fmt: skip
VALUES = [
    "", "0", "-1", "1", "9" * 30, "NaN", "1e309", "2019-02-30", "2019-07-05", "0000-00-00", "any", "embargoed",
    "withheld", "draft", "%", "'", '"',
    "' OR 1=1 --", "../../etc/passwd", "\\x00", "\\u2028", "\\u202e", "كفرنبل", "clinic -",
    "(((", "a" * 2_000, "C4068", "published", "null", "[]", "{}", *pages.SECRETS,
]  # fmt: skip
HEADERS = {
    "HTTP_ACCEPT": ["*/*", "text/html;q=x", "application/json", "\x7f", ""],
    "HTTP_ACCEPT_LANGUAGE": ["ar", "en;q=9", "x" * 500, "*"],
    "HTTP_IF_NONE_MATCH": ["*", '"', 'W/"x"'],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"],
    "HTTP_RANGE": ["bytes=0-", "bytes=9-1", "bytes=-0"],
    "HTTP_COOKIE": ["sessionid=x", "=;;=", "csrftoken=" + "y" * 64],
    "CONTENT_TYPE": ["application/json", "multipart/form-data", "text/\x01"],
}


def ask(site: Site, requests: int, seed: int) -> Result:
    result = Result("requests that are made up")
    with site.trial(FULL) as name:
        running = site.begin(name, work(requests, seed))
        told, status = running.end()
        if status:
            raise RuntimeError(site.told())
        for kind, what in told[:-1]:
            result.count(kind, [what])
        statuses = told[-1][1]
        result.tries = sum(statuses.values())
        result.count("wrong", site.ask(name, pages.findings))
    shares = ", ".join(f"{status} {count:,}" for status, count in sorted(statuses.items()))
    result.note = f"answered inside one process: {shares}; seed {seed}"
    return result


def work(requests: int, seed: int) -> Callable[[Callable[[Any], None]], None]:
    def run(tell: Callable[[Any], None]) -> None:
        from django.test import Client  # noqa: PLC0415 (after the settings)

        client, statuses = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False), Counter[str]()
        for method, address, body, headers in made_up(addresses(), requests, random.Random(seed)):
            answer = client.generic(method, address, body, **headers)
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            statuses[str(answer.status_code)] += 1
            if answer.status_code >= 500 and not is_meant(address, answer.status_code):
                tell(["wrong", f"{answer.status_code} {method} {address[:200]!r} {headers!r}"])
            # A page repeats what was asked: words that were sent are told by nobody.
            sent = f"{address} {body!r}"
            for word in pages.told(text.decode("utf-8", "replace")):
                if word not in sent:
                    tell(["leaked", f"{method} {address[:200]!r}"])
        tell(["statuses", statuses])

    return run


def is_meant(address: str, status: int) -> bool:
    """Whether a standard asks for it: oEmbed (2.3.2) answers 501 to a format that it does not have."""
    return status == HTTPStatus.NOT_IMPLEMENTED and "/oembed" in address


def addresses() -> list[str]:
    """Public addresses of every kind, and some others."""
    from tests.factories import routes  # noqa: PLC0415

    known, found = routes.values(), []
    for route in routes.public_routes():
        found += [address for _, address in zip(range(8), routes.addresses(route, known), strict=False)]
    return [*found, "/admin/", "/admin/login/", "/ar/admin/", "/nowhere/", "//", "/static/../x"]


def made_up(
    known: Sequence[str], requests: int, chance: random.Random
) -> Iterator[tuple[str, str, bytes, dict[str, str]]]:
    """Yield method, address, body and headers."""
    for _ in range(requests):
        address = chance.choice(known)
        if chance.random() < 0.15:
            at = chance.randrange(len(address) + 1)
            address = address[:at] + quote(chance.choice(VALUES)) + address[at:]
        if chance.random() < 0.7:
            pairs = (f"{chance.choice(NAMES)}={quote(chance.choice(VALUES))}" for _ in range(chance.randrange(1, 5)))
            address += ("&" if "?" in address else "?") + "&".join(pairs)
        names = [name for name in HEADERS if chance.random() < 0.15]
        body = chance.randbytes(chance.randrange(200)) if chance.random() < 0.3 else b""
        yield chance.choice(METHODS), address, body, {name: chance.choice(HEADERS[name]) for name in names}
