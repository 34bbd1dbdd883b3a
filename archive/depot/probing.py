"""Whether the storage of captures works and is nobody else's to read; for `check_archive`."""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile

from archive.depot import store
from archive.depot.folder import CapturesFolder

FOLDER = "probe"


def write_and_read() -> None:
    """Write a few bytes, read them again and remove them. Raises `AwayError`, or `ImproperlyConfigured`."""
    data = secrets.token_bytes(32)
    with store.answering():
        path = store.storage().save(f"{FOLDER}/{data.hex()}", ContentFile(data))
        with store.storage().open(path, "rb") as file:
            found = file.read()
        store.storage().delete(path)
    if found != data:
        raise store.AwayError("the storage of captures gives back other bytes than were written to it")


def is_served() -> bool:
    """Whether the folder is one that the site gives out, or has such a one in it."""
    storage = store.storage()
    if not isinstance(storage, CapturesFolder):
        return False
    ours = Path(storage.location).resolve()
    served = (Path(folder).resolve() for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS))
    return any(ours.is_relative_to(folder) or folder.is_relative_to(ours) for folder in served)
