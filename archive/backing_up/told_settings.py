"""Which variables of the environment a backup tells of, without what is secret in them."""

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

# Those of docs/running.md. What is not here is not told.
TOLD = (
    "ARCHIVE_ENV", "SITE_URL", "ALLOWED_HOSTS", "BEHIND_PROXY", "TRUSTED_PROXIES", "OTP_REQUIRED", "ONE_PERSON_ARCHIVE",
    "SECURITY_CONTACT", "SITE_NAME", "CONTACT_EMAIL", "EMAIL_FROM", "STATIC_ROOT", "CONN_MAX_AGE", "TSA_ROOT",
    "FETCH_MEGABYTES", "FETCH_SECONDS", "FETCH_PORTS", "FETCH_HEEDS_ROBOTS", "FETCH_DELAY", "FETCH_INTERNAL",
    "CAPTURES_DIR", "CAPTURES_INSIDE_BYTES", "CAPTURES_S3_BUCKET", "CAPTURES_S3_PREFIX", "CAPTURES_S3_REGION",
    "CAPTURES_S3_LOCK", "CAPTURES_S3_LOCK_DAYS", "MAP_OUTLINES", "PICTURE_FONTS", "PICTURE_FONT_FAMILY", "LOG_LEVEL",
    "LOG_REQUESTS", "MONITORS", "METRICS", "PROMETHEUS_MULTIPROC_DIR", "WEB_CONCURRENCY", "DOI_PREFIX", "EXTRAS",
    "REPLICA_LAG_SECONDS", "REPLICA_ALONE_SECONDS", "CACHE_PURGE_URLS",
)  # fmt: skip
CUT = ("DATABASE_URL", "DATABASE_OWNER_URL", "EMAIL_URL", "TSA_URL", "CAPTURES_S3_ENDPOINT")
# Never told, not even in part.
SECRET = ("SECRET_KEY", "REPLICA_URLS", "CAPTURES_S3_KEY", "CAPTURES_S3_SECRET")


def of_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that are set: addresses without password and parameters, secrets not at all."""
    plain = {name: environment[name] for name in TOLD if environment.get(name)}
    return plain | {name: without_password(environment[name]) for name in CUT if environment.get(name)}


def without_password(url: str) -> str:
    """Return an address without password, parameters and fragment; nothing of one that cannot be read."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if not parts.scheme:
        return ""
    user = f"{parts.username}@" if parts.username and parts.scheme.startswith("postgres") else ""
    return urlunsplit((parts.scheme, f"{user}{host}{port}", parts.path, "", ""))
