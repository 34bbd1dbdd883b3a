"""The entry of STORAGES for the bytes of captures, from the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from archive.secret_values import secret

FOLDER = "archive.depot.folder.CapturesFolder"
BUCKET = "archive.depot.bucket.CapturesBucket"
LOCKS = ("GOVERNANCE", "COMPLIANCE")


def configuration(environment: Mapping[str, str], *, folder: Path) -> dict[str, Any]:
    """Return the entry: a bucket where CAPTURES_S3_BUCKET names one, else CAPTURES_DIR, else ``folder``.

    Raises `ImproperlyConfigured`, with what to do. Touches nothing.
    """

    def value(name: str) -> str:
        return environment.get(name, "").strip()

    if not value("CAPTURES_S3_BUCKET"):
        given = value("CAPTURES_DIR")
        if given and not Path(given).is_absolute():
            raise ImproperlyConfigured("CAPTURES_DIR must be a whole path, beginning with /.")
        return {"BACKEND": FOLDER, "OPTIONS": {"location": given or str(folder)}}
    if value("CAPTURES_DIR"):
        raise ImproperlyConfigured("Give CAPTURES_DIR or CAPTURES_S3_BUCKET, not both: captures lie in one place.")
    lock, days = value("CAPTURES_S3_LOCK").upper(), value("CAPTURES_S3_LOCK_DAYS")
    if bool(lock) != bool(days) or (lock and (lock not in LOCKS or not days.isdecimal() or int(days) < 1)):
        raise ImproperlyConfigured(
            "CAPTURES_S3_LOCK is governance or compliance, CAPTURES_S3_LOCK_DAYS a number of days: both or neither."
        )
    options = {
        "bucket_name": value("CAPTURES_S3_BUCKET"),
        "location": value("CAPTURES_S3_PREFIX"),
        "endpoint_url": value("CAPTURES_S3_ENDPOINT") or None,
        "region_name": value("CAPTURES_S3_REGION") or None,
        "access_key": secret(environment, "CAPTURES_S3_KEY"),
        "secret_key": secret(environment, "CAPTURES_S3_SECRET"),
        "lock": lock,
        "lock_days": int(days or 0),
    }
    return {"BACKEND": BUCKET, "OPTIONS": options}
