"""What a W3C Web Annotation must be, as far as it concerns ours: a rule in our own words, and whether it holds.

Of the Web Annotation Data Model (https://www.w3.org/TR/annotation-model/): §3.1 annotations, §3.2 bodies and targets,
§3.3.1 times, §3.3.5 motivations, §4 specific resources, §4.2.4 quotes, §4.2.5 positions, §4.3 states.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

Node = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
UTC_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
# What JSON-LD of the annotation context knows, of what ours may have.
KEYS = {
    "": {"@context", "@included", "id", "type", "motivation", "created", "body", "target"},
    "target": {"source", "selector", "state"},
    "TextQuoteSelector": {"type", "exact", "prefix", "suffix"},
    "TextPositionSelector": {"type", "start", "end"},
    "TimeState": {"type", "sourceDate", "cached"},
}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_iri(value: Any) -> bool:
    """Whether it is one whole address, with nothing in it that an address cannot have."""
    parts = urlsplit(value) if isinstance(value, str) else None
    return parts is not None and bool(parts.scheme and parts.netloc) and not re.search(r'[\s<>"{}|\\^`]', value)


def is_utc(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(UTC_TIME.fullmatch(value)) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def selectors(one: Node, kind: str) -> list[Node]:
    return [selector for selector in listed(one["target"].get("selector", [])) if selector.get("type") == kind]


def quote_of(one: Node) -> Node:
    return next(iter(selectors(one, "TextQuoteSelector")), {})


def position_of(one: Node) -> Node:
    return next(iter(selectors(one, "TextPositionSelector")), {})


def states(one: Node) -> list[Node]:
    return listed(one["target"].get("state", []))


# A rule takes an annotation and the text that it is of.
Rule = Callable[[Node, str], bool]
RULES: dict[str, Rule] = {
    "it has one id, an address": lambda one, _text: is_iri(one.get("id")),
    "Annotation is among its types": lambda one, _text: "Annotation" in listed(one.get("type")),
    "it has a target": lambda one, _text: bool(one.get("target")),
    "each body is an address": lambda one, _text: all(is_iri(body) for body in listed(one.get("body", []))),
    "it has one body, no list": lambda one, _text: isinstance(one.get("body"), str),
    "bodyValue does not stand beside a body": lambda one, _text: not ({"body", "bodyValue"} <= one.keys()),
    "it was created once, at a time in UTC": lambda one, _text: is_utc(one.get("created", "2024-01-01T00:00:00Z")),
    "its motivations are known": lambda one, _text: set(listed(one.get("motivation", "linking"))) <= MOTIVATIONS,
    "its target has one source, an address": lambda one, _text: is_iri(one["target"].get("source")),
    "each selector has one known type": lambda one, _text: all(
        isinstance(selector.get("type"), str) and selector["type"] in KEYS
        for selector in listed(one["target"].get("selector", []))
    ),
    "a quote has its words once": lambda one, _text: all(
        isinstance(quote.get("exact"), str) and quote["exact"] for quote in selectors(one, "TextQuoteSelector")
    ),
    "a quote has at most one prefix and one suffix, each a text": lambda one, _text: all(
        isinstance(quote.get(name, ""), str)
        for quote in selectors(one, "TextQuoteSelector")
        for name in ("prefix", "suffix")
    ),
    "a position has one start and one end, whole numbers from 0": lambda one, _text: all(
        type(position.get(name)) is int and position[name] >= 0
        for position in selectors(one, "TextPositionSelector")
        for name in ("start", "end")
    ),
    "a position ends after it starts": lambda one, _text: (
        not position_of(one) or position_of(one)["start"] < position_of(one)["end"]
    ),
    "a position counts characters of Unicode, from 0, without the last": lambda one, text: (
        not (position_of(one) and quote_of(one))
        or text[position_of(one)["start"] : position_of(one)["end"]] == quote_of(one)["exact"]
    ),
    "a prefix stands before the words, a suffix behind them": lambda one, text: (
        not (position_of(one) and quote_of(one))
        or (
            text[: position_of(one)["start"]].endswith(str(quote_of(one).get("prefix", "")))
            and text[position_of(one)["end"] :].startswith(str(quote_of(one).get("suffix", "")))
        )
    ),
    "words do not begin in the middle of a character": lambda one, _text: (
        not any(map(unicodedata.combining, str(quote_of(one).get("exact", ""))[:1]))
    ),
    "text is normalised as it is recorded": lambda one, _text: all(
        unicodedata.is_normalized("NFC", value) and "\r" not in value
        for value in quote_of(one).values()
        if isinstance(value, str)
    ),
    "each state has one type": lambda one, _text: all(state.get("type") == "TimeState" for state in states(one)),
    "a state says when or which copy": lambda one, _text: all(
        "sourceDate" in state or "cached" in state for state in states(one)
    ),
    "the times of a state are in UTC": lambda one, _text: all(
        is_utc(date) for state in states(one) for date in listed(state.get("sourceDate", []))
    ),
    "a state has no span of time beside a time": lambda one, _text: (
        not any({"sourceDateStart", "sourceDateEnd"} & state.keys() for state in states(one))
    ),
    "copies of a state are addresses": lambda one, _text: all(
        is_iri(copy) for state in states(one) for copy in listed(state.get("cached", []))
    ),
    "it says nothing that its context does not know": lambda one, _text: (
        one.keys() <= KEYS[""]
        and one["target"].keys() <= KEYS["target"]
        and all(part.keys() <= KEYS.get(str(part.get("type")), set()) for part in parts_of(one))
    ),
}


def parts_of(one: Node) -> Iterator[Node]:
    yield from listed(one["target"].get("selector", []))
    yield from states(one)


def all_in(document: Node) -> list[Node]:
    """The annotation of a document, and those beside it."""
    return [document, *document.get("@included", [])]


def broken(document: Node, text: str) -> list[str]:
    """The rules that a document breaks, each annotation in it for itself; none where all is as it must be."""
    found = [] if document.get("@context") == CONTEXT else ["its context is that of annotations"]
    ids = [one.get("id") for one in all_in(document)]
    found += [] if len(set(ids)) == len(ids) else ["no two annotations have one id"]
    return found + [name for one in all_in(document) for name, rule in RULES.items() if not holds(rule, one, text)]


def holds(rule: Rule, one: Node, text: str) -> bool:
    """Whether a rule holds; of what is not even of the right type none does."""
    try:
        return rule(one, text)
    except TypeError:
        return False
