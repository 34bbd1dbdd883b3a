"""E-mail addresses at rest: encrypted under the archive's key, found again by a keyed digest, never in clear."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken
from django.core.mail.message import sanitize_address
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "archive.alerts"
END_LENGTH = 32  # characters of the signature of a word that ends an alert


class UnsealableError(Exception):
    """What is sealed was sealed under another key."""


def written(address: str) -> str:
    """Return an address as it is compared: in small letters, a name of a host in any script as mail servers have it."""
    return sanitize_address(address.strip(), "utf-8").lower()


def seal(address: str) -> str:
    return _box().encrypt(address.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises `UnsealableError`."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnsealableError from error


def digest_of(address: str) -> str:
    """A digest under the archive's key: the same for the same address, and nobody without the key finds it out."""
    return salted_hmac(f"{SALT}.digest", written(address), algorithm="sha256").hexdigest()


def mailbox_of(address: str) -> str:
    """Return what addresses of one mailbox have in common, as far as can be told: `a.b+c@x` is `ab@x` there."""
    name, _at, host = written(address).rpartition("@")
    return f"{name.partition('+')[0].replace('.', '') or name}@{host}"


def new_word() -> str:
    """A word that confirms an alert, once; only its `digest_of_word` is kept."""
    return secrets.token_urlsafe(32)


def digest_of_word(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def word_of_end(reference: str) -> str:
    """The word that ends an alert, at any time; it stands in each mail and nowhere else."""
    return f"{reference}-{_signature(reference)}"


def read_end(word: str) -> str:
    """Return the reference of the alert that a word ends; empty where it was not made here."""
    reference, _dash, signature = word.rpartition("-")
    return reference if reference and constant_time_compare(signature, _signature(reference)) else ""


def _signature(reference: str) -> str:
    return salted_hmac(f"{SALT}.end", reference, algorithm="sha256").hexdigest()[:END_LENGTH]


def _box() -> Fernet:
    key = salted_hmac(f"{SALT}.address", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
