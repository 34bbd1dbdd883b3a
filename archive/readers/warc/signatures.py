"""The signature of a WACZ, as far as it can be checked without the network (WACZ Signing and Verification 0.1.0).

Either a key signs that nobody vouches for, or the certificate of a domain does; the moment is then attested by a
time-stamp (RFC 3161) over the signature, by an authority that the package brings along: anybody could have made it,
so it proves nothing of a certificate that is out of date by now. A certificate says who signed only if it leads to an
authority that is known.
"""

import base64
import binascii
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import certifi
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

LONGEST_CHAIN = 10


class Verdict(NamedTuple):
    """`said` is a clause for people. Without `is_sound` it is a warning; `is_forged`: the signature does not fit."""

    said: str
    is_sound: bool
    is_forged: bool = False


def verify(signed: Mapping[str, Any]) -> Verdict:
    """Check the `signedData` of a package over the digest that it states; the caller has compared that digest."""
    try:
        signature = base64.b64decode(_text(signed, "signature"), validate=True)
        chain = _certificates(_text(signed, "domainCert"))
        key = chain[0].public_key() if chain else _key(_text(signed, "publicKey"))
        fits = _is_signed(key, signature, _text(signed, "hash").encode())
    except (ValueError, TypeError, binascii.Error, UnsupportedAlgorithm):
        return Verdict("its signature cannot be read", is_sound=False, is_forged=True)
    if not fits:
        return Verdict("its signature does not fit: the package or the signature was changed", False, is_forged=True)
    if not chain:
        return Verdict("signed by a key that nobody vouches for; the signature fits", is_sound=True)
    return _of_domain(signed, chain, signature)


def _of_domain(signed: Mapping[str, Any], chain: list[x509.Certificate], signature: bytes) -> Verdict:
    domain = _text(signed, "domain")[:100]
    try:
        moment, authority = _stamp(signed, signature)
    except (ValueError, VerificationError) as error:
        return Verdict(f"the signature is not valid: its time-stamp does not fit ({str(error)[:80]})", is_sound=False)
    if domain not in _domains(chain[0]):
        return Verdict(f"the signature is not valid: the certificate is not of {domain}", is_sound=False)
    if moment is None:
        return Verdict(f"the signature of {domain} has no time-stamp: when it was made is not known", is_sound=False)
    if not chain[0].not_valid_before_utc <= moment <= chain[0].not_valid_after_utc:
        return Verdict(f"the signature is not valid: the certificate of {domain} was out of date", is_sound=False)
    if not _is_known(chain, moment):
        issuer = chain[0].issuer.rfc4514_string()[:80]
        return Verdict(
            f"the signature is not valid: no known authority vouches for {domain} ({issuer})", is_sound=False
        )
    return _with_time(domain, chain[0], moment, authority)


def _with_time(domain: str, certificate: x509.Certificate, moment: datetime, authority: str) -> Verdict:
    """What a signature that fits proves: once its certificate is out of date, not when it was made."""
    if certificate.not_valid_before_utc <= datetime.now(UTC) <= certificate.not_valid_after_utc:
        return Verdict(
            f"signed by {domain}, {moment:%Y-%m-%d %H:%M} UTC by the time-stamp of {authority}", is_sound=True
        )
    said = f"its certificate is out of date, and only {authority} says {moment:%Y-%m-%d}"
    return Verdict(f"the signature of {domain} is valid, but the time of signing is not proven: {said}", is_sound=False)


def _text(signed: Mapping[str, Any], name: str) -> str:
    value = signed.get(name, "")
    return value if isinstance(value, str) else ""


def _key(spki: str) -> Any:
    return serialization.load_der_public_key(base64.b64decode(spki, validate=True))


def _is_signed(key: Any, signature: bytes, data: bytes) -> bool:
    """Whether the key signed the data: ECDSA (DER, or r and s side by side as browsers write it) or RSA."""
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
            return True
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        key.verify(_der(signature, key.curve.key_size), data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _der(signature: bytes, bits: int) -> bytes:
    half = (bits + 7) // 8
    if len(signature) != 2 * half:
        return signature
    return encode_dss_signature(int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big"))


def _certificates(pem: str) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(pem.encode())[:LONGEST_CHAIN] if pem.strip() else []


def _domains(certificate: x509.Certificate) -> list[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return names.get_values_for_type(x509.DNSName)


@cache
def _roots() -> dict[bytes, list[x509.Certificate]]:
    """The authorities that Mozilla trusts, by their names."""
    found: dict[bytes, list[x509.Certificate]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some old authorities have serial numbers that are none
        for root in x509.load_pem_x509_certificates(Path(certifi.where()).read_bytes()):
            found.setdefault(root.subject.public_bytes(), []).append(root)
    return found


def _is_known(chain: list[x509.Certificate], moment: datetime) -> bool:
    """Whether each certificate is issued by the next until one that a known authority issued, all valid then."""
    for certificate, following in zip(chain, [*chain[1:], None], strict=True):
        if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
            return False
        if any(_is_issued(certificate, root) for root in _roots().get(certificate.issuer.public_bytes(), [])):
            return True
        if following is None or not _may_issue(following) or not _is_issued(certificate, following):
            return False
    return False


def _is_issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _may_issue(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def _stamp(signed: Mapping[str, Any], signature: bytes) -> tuple[datetime | None, str]:
    """When the signature was there, and who attests it; None without a time-stamp.

    The authority is the one that the package brings along: the stamp proves no more than that this authority made it.
    Raises `ValueError`, `VerificationError`.
    """
    said = _text(signed, "timeSignature")
    if not said:
        return None, ""
    reply = decode_timestamp_response(base64.b64decode(said, validate=True))
    chain = _certificates(_text(signed, "timestampCert"))
    if not chain:
        raise ValueError("without the certificate of its authority")
    builder = VerifierBuilder().tsa_certificate(chain[0]).add_root_certificate(chain[-1])
    for certificate in chain[1:-1]:
        builder = builder.add_intermediate_certificate(certificate)
    text = _text(signed, "signature").encode()
    try:
        builder.build().verify_message(reply, text)
    except VerificationError:
        builder.build().verify_message(reply, signature)
    names = chain[0].subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    name = str(names[0].value) if names else "an unnamed authority"
    return reply.tst_info.gen_time, f"{name} (not a known authority)"
