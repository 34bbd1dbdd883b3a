"""Every address of the site, from the resolver, so that the next one cannot be forgotten."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def routes(patterns: Sequence[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern).lstrip("^"))
        else:
            yield prefix + str(pattern.pattern)


def all_routes() -> list[str]:
    """Every address with its parameters in angle brackets."""
    found = routes(get_resolver().url_patterns)
    named = (re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route) for route in found)
    return sorted({route.strip("$").replace("^", "").replace("\\Z", "") for route in named})


def public_routes() -> list[str]:
    return [route for route in all_routes() if not route.startswith("/admin/")]


def addresses(route: str, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The addresses that a route stands for, with every combination of the values that its parameters may have."""
    for chosen in itertools.product(*(known[name] for name in PARAMETER.findall(route))):
        path = route
        for value in chosen:
            path = PARAMETER.sub(value, path, count=1)
        yield path
