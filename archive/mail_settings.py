"""Where mail goes, from the environment: EMAIL_URL, and EMAIL_FROM. Without both the archive sends none."""

import re
from collections.abc import Mapping
from typing import TypedDict
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from archive.secret_values import secret

BACKENDS = "django.core.mail.backends"
PORTS = {"smtp": 587, "smtps": 465}
TIMEOUT = 20  # seconds
ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+", re.ASCII)
HERE = ("localhost", "127.0.0.1", "::1")
FORM = "It looks like smtps://user:password@mail.example:465 or smtp://user:password@mail.example:587."


Mail = TypedDict(
    "Mail",
    {
        "from": str,
        "backend": str,
        "folder": str,
        "host": str,
        "port": int,
        "user": str,
        "password": str,
        "is_tls": bool,
        "is_starttls": bool,
    },
)
OFF: Mail = {
    "from": "",
    "backend": f"{BACKENDS}.dummy.EmailBackend",
    "folder": "",
    "host": "localhost",
    "port": 25,
    "user": "",
    "password": "",
    "is_tls": False,
    "is_starttls": False,
}


def configuration(environment: Mapping[str, str]) -> Mail:
    """Return where mail goes; ``from`` is empty where none is sent.

    ``smtps`` is encrypted from the first byte, ``smtp`` from STARTTLS on; ``?tls=no`` leaves that out, on the same
    machine alone. ``file:///folder`` writes mails into a folder, to be looked at. Raises `ImproperlyConfigured`; no
    value is part of its words.
    """
    url, sender = secret(environment, "EMAIL_URL") or "", environment.get("EMAIL_FROM", "").strip()
    if not url and not sender:
        return OFF
    if not (url and sender):
        raise ImproperlyConfigured("EMAIL_URL and EMAIL_FROM are given together: give both, or neither.")
    if not ADDRESS.fullmatch(sender):
        raise ImproperlyConfigured("EMAIL_FROM must be one e-mail address, such as alerts@archive.example.")
    return {**server(url), "from": sender}


def server(url: str) -> Mail:
    try:
        parts = urlsplit(url)
        port, query = parts.port, parse_qs(parts.query)
    except ValueError as error:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read. {FORM}") from error
    if parts.scheme == "file" and parts.path.startswith("/"):
        return {**OFF, "backend": f"{BACKENDS}.filebased.EmailBackend", "folder": unquote(parts.path)}
    if parts.scheme not in PORTS or not parts.hostname or query not in ({}, {"tls": ["no"]}):
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read. {FORM}")
    if query and (parts.scheme == "smtps" or parts.hostname not in HERE):
        raise ImproperlyConfigured("EMAIL_URL: tls=no is for a mail server on this machine, with smtp://.")
    return {
        **OFF,
        "backend": f"{BACKENDS}.smtp.EmailBackend",
        "host": parts.hostname,
        "port": port or PORTS[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "is_tls": parts.scheme == "smtps",
        "is_starttls": parts.scheme == "smtp" and not query,
    }
