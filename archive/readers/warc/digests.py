"""The digests that a web archive states of its records, compared with what it holds."""

import base64
import binascii
import hashlib

from archive.readers.warc.http import Body

ALGORITHMS = ("md5", "sha1", "sha256", "sha512")


def fits(stated: str, data: bytes) -> bool | None:
    """Whether a digest as files write it (`sha1:` and base 32, base 64 or hexadecimal) is of `data`.

    None if it cannot be read, or its algorithm is not known.
    """
    name, _, value = stated.partition(":")
    algorithm = name.strip().lower().replace("-", "")
    if algorithm not in ALGORITHMS:
        return None
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return digest in _readings(value.strip(), len(digest)) if _readings(value.strip(), len(digest)) else None


def _readings(value: str, size: int) -> list[bytes]:
    """The bytes that a digest of that size may stand for: a value may be read in more than one base."""
    found = []
    padded = value + "=" * (-len(value) % 8)
    attempts = (
        lambda: bytes.fromhex(value),
        lambda: base64.b32decode(padded, casefold=True),
        lambda: base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_" if set(value) & set("-_") else None),
    )
    for attempt in attempts:
        try:
            found.append(attempt())
        except (ValueError, binascii.Error):
            continue
    return [digest for digest in found if len(digest) == size]


def block_warnings(stated: str, data: bytes) -> list[str]:
    """What to say of the digest of a whole block, if anything."""
    if stated and fits(stated, data) is False:
        return ["the block is not the one whose digest the file states: it was damaged or changed"]
    return []


def payload_warnings(stated: str, raw: bytes, body: Body) -> list[str]:
    """What to say of the digest of the payload; `raw` is the body as transferred. The rule is that of WARC 1.1: chunks
    are undone first, compression is not. Tools are known to hash otherwise.
    """
    fit = fits(stated, body.transferred) if stated else True
    if fit is None:
        return ["the digest that the file states of the payload cannot be read"]
    if fit:
        return []
    if raw != body.transferred and fits(stated, raw):
        return ["the digest that the file states of the payload is that of the chunked body, hashed undecoded"]
    if fits(stated, body.payload):
        return ["the digest that the file states of the payload is that of the decompressed body"]
    return [
        "the payload is not the one whose digest the file states: it was damaged or changed, or hashed by another rule"
    ]
