"""Secrets of the environment: each given itself, or as the file that `<name>_FILE` names.

A file is what systemd (`LoadCredential=`), Docker and Kubernetes hand over: it stands in no list of processes and in no
dump of an environment.
"""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRETS = (
    "SECRET_KEY",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "EMAIL_URL",
    "CAPTURES_S3_KEY",
    "CAPTURES_S3_SECRET",
)


def secret(environment: Mapping[str, str], name: str) -> str | None:
    """Return what a variable says, or the file that ``<name>_FILE`` names; nothing where neither is given.

    Raises `ImproperlyConfigured` where both are, or the file is empty or cannot be read; no value is part of its words.
    """
    given, path = environment.get(name, "").strip(), environment.get(f"{name}_FILE", "").strip()
    if not path:
        return given or None
    if given:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both given: unset one of them.")
    try:
        said = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror} ({path}).") from error
    except UnicodeDecodeError as error:
        raise ImproperlyConfigured(f"{name}_FILE is not UTF-8 ({path}).") from error
    if not said:
        raise ImproperlyConfigured(f"{name}_FILE is empty ({path}).")
    return said


def unreadable(environment: Mapping[str, str]) -> list[str]:
    """Return what is wrong with each secret that cannot be read, in their order."""
    told = []
    for name in SECRETS:
        try:
            secret(environment, name)
        except ImproperlyConfigured as error:
            told.append(str(error))
    return told
