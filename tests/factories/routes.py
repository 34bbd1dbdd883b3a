"""Every address of the site, from the resolver, so that the next one cannot be forgotten."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from django.urls import URLPattern, URLResolver, get_resolver

from archive.alerts import sealing
from archive.models import Alert, Article, Capture, Manifest, Passage, Place, ReportedError, Source
from incidents.models import Actor, Facility, FacilityType, Incident, Release, Weapon
from tests.factories.archive import CONFIRMING

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")

# What an address says only of something: of which page it is asked.
ASKED = {"/oembed": "?url=http://127.0.0.1:8000/incidents/<code>/"}


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
    route += ASKED.get(route, "")
    for chosen in itertools.product(*(known[name] for name in PARAMETER.findall(route))):
        path = route
        for value in chosen:
            path = PARAMETER.sub(value, path, count=1)
        yield path


def values() -> dict[str, list[str]]:
    """What may stand for each parameter of an address, the secret ones among them."""
    ids = [*Article.objects.values_list("public_id", flat=True), *Passage.objects.values_list("public_id", flat=True)]
    models = (Source, Actor, FacilityType, Weapon)
    vocabulary = [slug for model in models for slug in model.objects.values_list("slug", flat=True)]
    return {
        "code": list(Incident.objects.values_list("code", flat=True)),
        "public_id": [*ids, *Facility.objects.values_list("public_id", flat=True)],
        "sha256": list(Capture.objects.values_list("bytes_id", flat=True)),
        "number": ["1", "2", *map(str, Manifest.objects.values_list("pk", flat=True))],
        "pcode": list(Place.objects.values_list("pcode", flat=True)),
        "slug": vocabulary,
        "form": ["bib", "csl.json"],
        "name": list(Release.objects.values_list("name", flat=True)) or ["2024-05-03"],
        "file": ["incidents.csv", "claims.csv", "datapackage.json"],
        "section": ["pages", "incidents", "editions", "articles", "towns", "facilities", "actors", "sources"],
        "block": ["0"],
        "kind": ["incident", "article"],
        "key": [*Incident.objects.values_list("code", flat=True), *ids],
        "followed": ["incidents", "articles"],
        "word": [CONFIRMING, *map(sealing.word_of_end, Alert.objects.values_list("reference", flat=True))],
        "reference": list(ReportedError.objects.values_list("reference", flat=True)),
        "url": [*filter(None, Article.objects.values_list("url", flat=True))],
    }
