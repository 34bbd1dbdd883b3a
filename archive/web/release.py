"""Which state of the software answers: pages change with it, so what caches compare must too."""

import hashlib
from functools import cache
from pathlib import Path

import django
from django.conf import settings

FOLDERS = ("archive", "incidents", "templates", "static", "locale")
SHOWN = ("SITE_NAME", "SITE_URL", "CONTACT_EMAIL", "ONE_PERSON_ARCHIVE", "LANGUAGE_CODE")  # settings that pages print


@cache
def release() -> str:
    """Return a digest of the code, templates, styles and catalogues that this process started with.

    By content, so that all servers of a release say the same; once a process, in some tens of milliseconds.
    """
    digest = hashlib.sha256(django.__version__.encode())
    for name in SHOWN:
        digest.update(str(getattr(settings, name)).encode())
    for folder in FOLDERS:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
