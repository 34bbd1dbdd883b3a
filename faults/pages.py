"""What readers are told: permalinks by their digest, and whether a word is seen that nobody may see.

All of it is asked in the process of a trial, on its database.
"""

from collections.abc import Iterator
from hashlib import sha256

SECRETS = ("zyzzyvaquagga", "okapiquokka", "numbatnarwhal")  # an embargoed report, a withheld one, a draft
SEEN = (
    "/",
    "/articles/",
    "/incidents/",
    "/articles.csv",
    "/incidents.csv",
    "/articles.atom",
    "/sitemap-articles-0.xml",
)
MOST = 40  # permalinks


def permalinks() -> dict[str, list[str]]:
    """Return what pinned pages answer: {address: [status, SHA-256]}; none where nothing is published."""
    from django.test import Client  # noqa: PLC0415 (after the settings)

    from incidents.models import Edition  # noqa: PLC0415

    client, found = Client(HTTP_HOST="127.0.0.1"), {}
    rows = Edition.objects.order_by("incident__code", "number").values_list("incident__code", "number")
    for code, number in rows[: MOST // 2]:
        for address in (f"/incidents/{code}/v{number}/", f"/ar/incidents/{code}/v{number}/"):
            answer = client.get(address)
            found[address] = [str(answer.status_code), sha256(answer.content).hexdigest()]
    return found


def leaks() -> list[str]:
    """Name the addresses that show a secret word."""
    from django.test import Client  # noqa: PLC0415

    client = Client(HTTP_HOST="127.0.0.1")
    found = []
    for address in [*SEEN, *(f"/articles/?q={word}" for word in SECRETS)]:
        answer = client.get(address)
        body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8", "replace")
        found += [address for word in told(body) if f"q={word}" not in address]
    return found


def told(body: str) -> Iterator[str]:
    return (word for word in SECRETS if word in body.casefold())


def findings() -> list[str]:
    """What `verify --all` would print."""
    from archive.verifying import Run  # noqa: PLC0415

    return [f"{name}: {problem}" for differing in Run(seconds=None).look() for name, problem in differing]
