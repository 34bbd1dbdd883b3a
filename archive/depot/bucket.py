"""Captures in a bucket of an S3-compatible object store; needs the extra `s3`."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

try:
    from boto3.exceptions import Boto3Error
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError
    from storages.backends.s3 import S3Storage
except ImportError as error:
    raise ImproperlyConfigured("CAPTURES_S3_BUCKET needs EXTRAS=s3, and `deploy/upgrade` after that.") from error

IN_MEMORY = 4_000_000  # bytes of an object that is read; a larger one lies in a temporary file meanwhile
CONNECT, READ, ATTEMPTS = 5, 30, 3  # seconds, seconds, times


class CapturesBucket(S3Storage):
    """Objects without a public right or an address, written under a retention lock where one is set."""

    faults: tuple[type[Exception], ...] = (OSError, BotoCoreError, ClientError, Boto3Error)
    incoming = ""  # objects appear whole

    def __init__(self, *, lock: str = "", lock_days: int = 0, endpoint_url: str | None = None, **options: Any) -> None:
        self.lock, self.lock_days = lock, lock_days
        client = Config(
            connect_timeout=CONNECT,
            read_timeout=READ,
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            signature_version="s3v4",
            s3={"addressing_style": "path" if endpoint_url else "auto"},  # stores of one's own have no host a bucket
        )
        super().__init__(
            endpoint_url=endpoint_url,
            client_config=client,
            default_acl=None,
            querystring_auth=False,
            custom_domain=None,
            file_overwrite=True,
            gzip=False,
            max_memory_size=IN_MEMORY,
            **options,
        )

    @property
    def is_ours_alone(self) -> bool:
        """Whether a prefix sets captures apart from what others may keep in the bucket."""
        return bool(self.location)

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {"ContentType": "application/octet-stream"}
        if self.lock:
            until = timezone.now() + timedelta(days=self.lock_days)
            found |= {"ObjectLockMode": self.lock, "ObjectLockRetainUntilDate": until}
        return found

    def url(self, name: str | None, *args: Any, **options: Any) -> str:
        raise ValueError("Captures have no address of their own.")

    def is_begun(self) -> bool:
        """Whether the bucket answers; one that does not exist answers nothing."""
        try:
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
        except ClientError:
            return False
        return True
