"""What the head of a page and its `Link` header say, read by code that shares nothing with what writes them."""

import json
import re
from html.parser import HTMLParser
from typing import Any


class Head(HTMLParser):
    """``metas`` maps name or property to all its contents; ``links`` are attributes; ``data`` is the JSON-LD."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self.anchors: list[dict[str, str]] = []
        self.classes: set[str] = set()
        self.language = ""
        self.data: Any = None
        self.script = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.classes.update(values.get("class", "").split())
        self.script = values.get("type", "") if tag == "script" else ""
        if tag == "html":
            self.language = values["lang"]
        if tag == "meta" and (name := values.get("name") or values.get("property")):
            self.metas.setdefault(name, []).append(values["content"])
        if tag == "link":
            self.links.append(values)
        if tag == "a":
            self.anchors.append(values)

    def handle_data(self, data: str) -> None:
        if self.script == "application/ld+json" and data.strip():
            self.data = json.loads(data)

    def handle_endtag(self, tag: str) -> None:
        self.script = ""

    def one(self, name: str) -> str:
        [content] = self.metas[name]
        return content

    def rel(self, rel: str) -> list[dict[str, str]]:
        return [link for link in self.links if link["rel"] == rel]


def web_links(header: str) -> list[tuple[str, dict[str, str]]]:
    """Read a `Link` header (RFC 8288, §3): targets with their parameters; fails on anything that is left over."""
    found = []
    rest = header.strip()
    while rest:
        target = re.match(r"<([^<>\"\s]*)>\s*", rest)
        assert target, rest
        rest = rest[target.end() :]
        parameters: dict[str, str] = {}
        while parameter := re.match(r";\s*([!#$&+\-.^_`|~\w]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;,\"]+))\s*", rest):
            parameters.setdefault(parameter[1].lower(), parameter[2] if parameter[2] is not None else parameter[3])
            rest = rest[parameter.end() :]
        found.append((target[1], parameters))
        assert not rest or rest.startswith(","), rest
        rest = rest[1:].lstrip()
    return found


def by_rel(header: str) -> dict[str, list[tuple[str, str]]]:
    """The targets with their types, by relation."""
    found: dict[str, list[tuple[str, str]]] = {}
    for target, parameters in web_links(header):
        found.setdefault(parameters["rel"], []).append((target, parameters.get("type", "")))
    return found
