"""Asking a time-stamp authority, and checking what it said."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.db import transaction
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client._rust import parse_timestamp_request  # it has no public name

from archive import custody
from archive.models import Manifest, TimeStamp
from archive.terms import CustodyAct

SHA256 = "2.16.840.1.101.3.4.2.1"
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
    asked = request.as_bytes()
    with transaction.atomic():
        kept = TimeStamp.objects.create(
            manifest=manifest, authority=authority.url, request=asked, reply=raw, at=reply.tst_info.gen_time
        )
        told: dict[str, Any] = {"request": sha256(asked).hexdigest(), "reply": sha256(raw).hexdigest()}
        custody.append([custody.event(CustodyAct.STAMPED, by=None, manifest=manifest.number, **told)])
    return kept


def check(message: bytes, reply: bytes, root: Path, *, nonce: int | None = None) -> TimeStampResponse:
    """Return the reply, read, if it is a time-stamp of the message by an authority that one of the roots vouches for.

    The file ``root`` may hold several: those of authorities that were asked before stand beside that of today.
    """
    try:
        certificates = x509.load_pem_x509_certificates(root.read_bytes())
        read = decode_timestamp_response(reply)
        builder = VerifierBuilder(roots=certificates, nonce=nonce)
        builder.build().verify_message(read, message)
    except (VerificationError, ValueError, OSError) as error:
        raise StampError(f"The reply is no time-stamp of the manifest that holds: {error}") from error
    return read


def compare(stamp: TimeStamp, message: bytes) -> None:
    """Raise `StampError` unless request, reply and time of a stamp are of each other and of the message.

    No certificate is needed for that, so it says nothing of who made the reply: `check` does.
    """
    try:
        request = parse_timestamp_request(bytes(stamp.request))
        token = decode_timestamp_response(bytes(stamp.reply)).tst_info
    except ValueError as error:
        raise StampError(f"Its time-stamp cannot be read: {error}.") from error
    digest = sha256(message).digest()
    for name, imprint in (("request", request.message_imprint), ("reply", token.message_imprint)):
        if (imprint.hash_algorithm.dotted_string, imprint.message) != (SHA256, digest):
            raise StampError(f"The {name} of its time-stamp is of something else.")
    is_ours = request.as_bytes() == bytes(stamp.request) and request.version == 1 and request.cert_req
    if not is_ours or request.nonce != token.nonce:
        raise StampError("The request of its time-stamp is not the one that was answered.")
    if token.gen_time != stamp.at:
        raise StampError(f"Its time-stamp is of {token.gen_time:%Y-%m-%d %H:%M:%S} UTC, not of what is said of it.")


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
