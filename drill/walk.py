"""Ask for public addresses of every kind, and print what each answers as a digest: {address: [status, SHA-256]}."""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice

MOST_OF_A_KIND = 18
# They say how the site is today, and are no permalinks.
OF_TODAY = ("/healthz", "/readyz", "/metrics")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    import django  # noqa: PLC0415 (settings first)

    django.setup()
    from django.test import Client  # noqa: PLC0415

    client, found = Client(HTTP_HOST="127.0.0.1"), {}
    for address in chosen():
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = [str(answer.status_code), sha256(body).hexdigest()]
    sys.stdout.write(json.dumps(found))
    return 0


def chosen() -> Iterator[str]:
    """Yield addresses of each route, at most so many that answer with something."""
    from django.test import Client  # noqa: PLC0415 (after the settings)

    from tests.factories import routes  # noqa: PLC0415

    client, known = Client(HTTP_HOST="127.0.0.1"), routes.values()
    counts: Counter[str] = Counter()
    for route in routes.public_routes():
        if route.startswith(OF_TODAY):
            continue
        for address in islice(routes.addresses(route, known), 400):
            if counts[route] == MOST_OF_A_KIND:
                break
            if client.get(address).status_code in (200, 301, 302, 410):
                counts[route] += 1
                yield address


if __name__ == "__main__":
    sys.exit(main())
