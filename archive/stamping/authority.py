"""Asking a time-stamp authority, and checking what it said."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from archive.models import Manifest, TimeStamp

SECONDS = 30
LARGEST = 100_000  # bytes of a reply; a usual one has 5,000


class StampError(Exception):
    """The authority gave no time-stamp, or none that holds; the message says which."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Where it is asked, and the certificate (PEM) that its own must lead back to."""

    url: str
    root: Path

    @classmethod
    def configured(cls) -> "Authority | None":
        """Return the one of the settings, None without one. Raises `StampError` where they cannot be meant."""
        if not settings.TSA_URL:
            return None
        if urlsplit(settings.TSA_URL).scheme not in ("http", "https"):
            raise StampError("TSA_URL must begin with http:// or https://.")
        if not settings.TSA_ROOT or not Path(settings.TSA_ROOT).is_file():
            raise StampError("TSA_ROOT must name the file with the root certificate of the authority (PEM).")
        return cls(settings.TSA_URL, Path(settings.TSA_ROOT))


def stamp(manifest: Manifest, authority: Authority) -> TimeStamp:
    """Have a manifest stamped, check the reply and keep it. Raises `StampError`; nothing is kept then."""
    message = manifest.content.encode()
    request = (
        TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True)
    ).build()
    raw = _ask(authority.url, request.as_bytes())
    reply = check(message, raw, authority.root, nonce=request.nonce)
    return TimeStamp.objects.create(
        manifest=manifest,
        authority=authority.url,
        request=request.as_bytes(),
        reply=raw,
        at=reply.tst_info.gen_time,
    )


def check(message: bytes, reply: bytes, root: Path, *, nonce: int | None = None) -> TimeStampResponse:
    """Return the reply, read, if it is a time-stamp of the message by an authority that the root vouches for."""
    try:
        certificate = x509.load_pem_x509_certificate(root.read_bytes())
        read = decode_timestamp_response(reply)
        builder = VerifierBuilder(roots=[certificate], nonce=nonce)
        builder.build().verify_message(read, message)
    except (VerificationError, ValueError, OSError) as error:
        raise StampError(f"The reply is no time-stamp of the manifest that holds: {error}") from error
    return read


def _ask(url: str, request: bytes) -> bytes:
    query = urllib.request.Request(  # noqa: S310 (the scheme was looked at; the address is the operator's)
        url, data=request, headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(query, timeout=SECONDS) as answer:  # noqa: S310
            raw: bytes = answer.read(LARGEST + 1)
    except (urllib.error.URLError, HTTPException, OSError) as error:
        raise StampError(f"{url} does not answer: {error}") from error
    if len(raw) > LARGEST:
        raise StampError(f"{url} answers with more than {LARGEST:,} bytes, which is no time-stamp.")
    return raw
