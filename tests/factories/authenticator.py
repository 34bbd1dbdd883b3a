"""Codes of an authenticator app, as its owner would read them off the phone."""

import base64
import re
import time

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.access import second_factor
from archive.models import User


def code(key: str, *, ahead: int = 0) -> str:
    """The six digits of a secret (hexadecimal), now or some steps of half a minute ahead."""
    generator = TOTP(bytes.fromhex(key))
    generator.time = time.time() + 30 * ahead
    return f"{generator.token():06}"


def secret_on(page: str) -> str:
    """The secret that a page shows as text, in hexadecimal."""
    shown = re.search(r'id="secret">([A-Z2-7 ]+)<', page)
    assert shown
    return base64.b32decode(shown[1].replace(" ", "")).hex()


def codes_on(page: str) -> list[str]:
    """The recovery codes that a page shows."""
    return re.findall(r"<li><code>([a-z2-7]{8})</code></li>", page)


def with_device(user: User) -> TOTPDevice:
    """A user who has set an app up, and recovery codes with it."""
    second_factor.new_codes(user)
    device: TOTPDevice = TOTPDevice.objects.create(user=user, name="Authenticator app")
    return device
