"""What a safe installation needs of its environment: each requirement, whether it holds, and how to mend it.

Production refuses to start while one does not hold; `manage.py check_archive` explains all of them.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from archive.secret_values import secret, unreadable

SHORTEST_KEY = 50  # characters: what Django's own check (security.W009) asks for
FEWEST_DIFFERENT = 10  # of them
NEW_KEY = "python -c 'from django.core.management.utils import get_random_secret_key as k; print(k())'"
URL_FORM = "It looks like postgresql://user:password@host:5432/name"
OFF = frozenset({"", "0", "false", "no", "off"})


class Requirement(NamedTuple):
    """``name`` says what must hold, ``mend`` how to make it so."""

    name: str
    holds: bool
    mend: str


def of_environment(environment: Mapping[str, str]) -> Iterator[Requirement]:
    """Yield what production needs of the variables of ``environment``; their values are never part of the words."""

    def value(name: str) -> str:
        return environment.get(name, "").strip()

    def hidden(name: str) -> str:
        try:
            return secret(environment, name) or ""
        except ImproperlyConfigured:
            return ""  # which `unreadable` tells

    key = hidden("SECRET_KEY")
    yield Requirement("DEBUG is off", value("DEBUG").lower() in OFF, "DEBUG must be off in production: unset it.")
    faults = unreadable(environment)
    yield Requirement("Secrets that stand in files can be read", not faults, " ".join(faults))
    yield Requirement("SECRET_KEY is given", bool(key), f"SECRET_KEY is missing. Make one with: {NEW_KEY}")
    yield Requirement(
        "SECRET_KEY cannot be guessed",
        len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_DIFFERENT,
        f"SECRET_KEY must have {SHORTEST_KEY} characters or more, {FEWEST_DIFFERENT} of them different. "
        f"Make one with: {NEW_KEY}",
    )
    yield Requirement("DATABASE_URL is given", bool(hidden("DATABASE_URL")), f"DATABASE_URL is missing. {URL_FORM}")
    yield from of_addresses(value("SITE_URL"), value("ALLOWED_HOSTS"))


def of_addresses(site: str, hosts: str) -> Iterator[Requirement]:
    """Yield what the public address must be, and which hosts the site may answer for."""
    host = host_of(site)
    allowed = [name.strip() for name in hosts.split(",") if name.strip()]
    yield Requirement(
        "SITE_URL begins with https://",
        bool(host),
        "SITE_URL must be the public address, such as https://archive.example: permalinks begin with it, "
        "and cookies of editors travel over https alone.",
    )
    yield Requirement(
        "ALLOWED_HOSTS names the hosts, without a wildcard",
        bool(allowed) and not any("*" in name for name in allowed),
        "ALLOWED_HOSTS must name the hosts that the site answers for, such as archive.example; * lets anybody forge "
        "links in its name.",
    )
    yield Requirement(
        "ALLOWED_HOSTS has the host of SITE_URL",
        not host or any(host == name or (name.startswith(".") and f".{host}".endswith(name)) for name in allowed),
        "ALLOWED_HOSTS must have the host of SITE_URL, or every page answers 400.",
    )


def host_of(site: str) -> str:
    """Return the host of an https address that is nothing but an origin; else an empty string."""
    try:
        parts = urlsplit(site.rstrip("/"))
        is_origin = parts.scheme == "https" and not (parts.path or parts.query or parts.fragment or parts.username)
        return (parts.hostname or "") if is_origin and parts.port != 0 else ""
    except ValueError:
        return ""


def unmet(environment: Mapping[str, str]) -> list[str]:
    """Return how to mend each requirement that does not hold, in their order."""
    return [one.mend for one in of_environment(environment) if not one.holds]


def lines(requirements: list[Requirement]) -> Iterator[str]:
    """Yield a line for each, and below one that does not hold how to mend it."""
    for one in requirements:
        yield f"{'holds' if one.holds else 'MEND '}  {one.name}"
        if not one.holds:
            yield f"       {one.mend}"
