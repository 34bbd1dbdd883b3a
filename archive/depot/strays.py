"""Files of the storage that no row refers to: left by a transaction that did not end, or by a move to the database."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from archive.depot import store
from archive.depot.folder import BEGUN
from archive.models import CaptureBytes, CustodyEvent
from archive.terms import CustodyAct

DIGEST = re.compile(r"[0-9a-f]{64}")


class SharedStorageError(Exception):
    """Others may keep files of such names in the storage, so none is removed."""


def find(*, before: datetime) -> Iterator[str]:
    """Yield the paths of strays that were written before a moment, and whose bytes were not moved since.

    What has not the name of a capture, or of one that is being written, is no stray but somebody else's. Raises
    `AwayError`.
    """
    with store.answering():
        incoming = store.storage().incoming
        for name in _listed(incoming)[1] if incoming else ():
            if name.startswith(BEGUN) and _is_older(f"{incoming}/{name}", before):
                yield f"{incoming}/{name}"
        for first in _listed(store.ROOT)[0]:
            inner = (f"{store.ROOT}/{first}/{second}" for second in _listed(f"{store.ROOT}/{first}")[0])
            names = {name: folder for folder in inner for name in _listed(folder)[1] if DIGEST.fullmatch(name)}
            kept = set(CaptureBytes.objects.filter(pk__in=names, data=None).values_list("pk", flat=True))
            for name in sorted(names.keys() - kept):
                path = f"{names[name]}/{name}"
                if path == store.path_of(name) and _is_older(path, before) and not _was_moved(name, before):
                    yield path


def remove(path: str, *, before: datetime) -> bool:
    """Remove a stray that `find` gave; False if it is none any more. Whoever writes captures waits meanwhile.

    Raises `SharedStorageError` where the storage is not ours alone.
    """
    if not store.storage().is_ours_alone:
        raise SharedStorageError
    digest = path.rpartition("/")[2]
    with transaction.atomic(), store.answering():
        store.wait(alone=True)
        is_kept = CaptureBytes.objects.filter(pk=digest, data=None).exists()
        if is_kept or _was_moved(digest, before) or not _is_older(path, before):
            return False
        store.storage().delete(path)
    return True


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = store.storage().listdir(folder)
    except FileNotFoundError:
        return [], []
    return sorted(folders), sorted(files)


def _is_older(path: str, before: datetime) -> bool:
    try:
        return bool(store.storage().get_modified_time(path) < before)
    except FileNotFoundError:
        return False


def _was_moved(digest: str, before: datetime) -> bool:
    return CustodyEvent.objects.filter(event=CustodyAct.MOVED, capture__bytes=digest, at__gte=before).exists()
