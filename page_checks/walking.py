"""One page of each kind: found by following links from the first page, in both languages."""

import html
import re
import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

OF_A_KIND = 1  # of one language
LONGEST_QUERY = 1  # parameters: lists link to every narrowing of themselves
LINK = re.compile(r'<(?:a|link|iframe)\b[^>]*?\b(?:href|src)="([^"#]+)')
NAMED = re.compile(r"(?<=/)(?:[a-z0-9]*[0-9][a-z0-9]*|[A-Z]+[0-9]+|(?<=actors/)[^/?]+|(?<=sources/)[^/?]+)(?=[/.]|$)")
LEFT_OUT = ("/admin", "/static")


def kind(path: str) -> str:
    """Return the shape of an address: names of records left out, parameters by name."""
    shape = NAMED.sub("*", urlsplit(path).path)
    names = sorted({name for name, _value in parse_qsl(urlsplit(path).query)})
    return f"{shape}?{','.join(names)}" if names else shape


def walk(site: str) -> Iterator[tuple[str, str]]:
    """Yield address (without the host) and HTML of pages of each kind that can be reached from the first page."""
    waiting, asked, kinds = deque(["/", "/ar/"]), set[str](), Counter[str]()
    while waiting:
        path = waiting.popleft()
        if path in asked or kinds[kind(path)] >= OF_A_KIND or len(parse_qsl(urlsplit(path).query)) > LONGEST_QUERY:
            continue
        asked.add(path)
        kinds[kind(path)] += 1
        address, page = read(site + path)
        if not page:
            continue
        yield path, page
        links = (urljoin(address, html.unescape(link)) for link in LINK.findall(page))
        inside = (link.removeprefix(site) for link in links if link.startswith(f"{site}/"))
        waiting.extend(link for link in inside if not link.startswith(LEFT_OUT))


def read(address: str) -> tuple[str, str]:
    """Return the address that was reached and its HTML, of an error too; no HTML where it is none."""
    try:
        answer = urllib.request.urlopen(address, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        if answer.headers.get_content_type() != "text/html":
            return address, ""
        return answer.url, answer.read().decode("utf-8")
