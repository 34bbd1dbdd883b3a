"""The second factor: a code of an authenticator app, or one of ten recovery codes (docs/adr/0015-second-factor.md).

Who has one must give it at each sign-in. Who has none must set one up first where that is demanded: by the environment
(`OTP_REQUIRED`, which no page can switch off) or by an administrator (`AccessSettings`).
"""

import base64
import io
import re
from binascii import unhexlify
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.qr import write_qrcode_image

from archive.models import AccessSettings, User

CODES = 10
MOST_FAILURES = 10  # each doubles the wait: 512 s after the tenth
DIGITS = 6
TOLERANCE = 1  # steps of 30 seconds that a phone's clock may be early or late


class Standing(Enum):
    """How far somebody is who has given the password."""

    IN = "in"
    TOKEN = "a token is to be given"  # noqa: S105 (words)
    ENROL = "a second factor is to be set up"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a token: the device that accepted it, or how many seconds no other is looked at."""

    device: Device | None = None
    wait: int = 0


def is_required() -> bool:
    """Whether everybody needs a second factor; the environment wins over what administrators chose."""
    return settings.OTP_REQUIRED or AccessSettings.objects.filter(requires_second_factor=True).exists()


def standing(user: Any) -> Standing:
    """How far a signed-in user is; asks the database once a request."""
    if getattr(user, "otp_device", None) is not None:
        return Standing.IN
    if not hasattr(user, "second_step"):
        user.second_step = step_of(user)
    found: Standing = user.second_step
    return found


def step_of(user: User) -> Standing:
    if has_device(user):
        return Standing.TOKEN
    return Standing.ENROL if is_required() else Standing.IN


def has_device(user: User) -> bool:
    apps = TOTPDevice.objects.filter(user=user.pk, confirmed=True)
    return apps.exists() or StaticToken.objects.filter(device__user=user.pk, device__confirmed=True).exists()


def codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user.pk, device__confirmed=True).count()


@transaction.atomic
def verify(user: User, token: str) -> Verdict:
    """Look at a token: six digits of the app, or a recovery code, each good for one time, whatever comes at once."""
    token = re.sub(r"[\s-]", "", token).lower()
    is_of_app = token.isdecimal() and len(token) == DIGITS
    kind: Any = TOTPDevice if is_of_app else StaticDevice
    for device in kind.objects.filter(user=user.pk, confirmed=True).select_for_update().order_by("pk"):
        is_allowed, why = device.verify_is_allowed()
        if not is_allowed:
            return Verdict(wait=max(1, ceil((why["locked_until"] - timezone.now()).total_seconds())))
        if device.verify_token(token[:16].replace("\0", "")):
            return Verdict(device)
        bound_wait(device)
    return Verdict()


def bound_wait(device: Any) -> None:
    """Let no number of wrong tokens, whoever gave them, shut a device for longer than 2^9 s: its owner must get in."""
    if device.throttling_failure_count > MOST_FAILURES:
        device.throttling_failure_count = MOST_FAILURES
        device.save(update_fields=["throttling_failure_count"])


def new_key() -> str:
    """Return a new secret (hexadecimal, 160 bits as RFC 4226 asks for); it is kept once a token of it was given."""
    return str(TOTPDevice._meta.get_field("key").get_default())


def secret_text(key: str) -> str:
    """The secret as apps take it when it is typed: base 32, in groups of four."""
    text = base64.b32encode(unhexlify(key)).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def qr_code(user: User, key: str) -> str:
    """The secret as an image for an app to read, as an address that holds the image itself: nothing is fetched."""
    image = io.BytesIO()
    write_qrcode_image(TOTPDevice(user=user, key=key).config_url, image)
    return f"data:image/svg+xml;base64,{base64.b64encode(image.getvalue()).decode()}"


@transaction.atomic
def enrol(user: User, key: str, token: str) -> tuple[Device, list[str]] | None:
    """Keep a secret of which a token was given, in place of any before, with new recovery codes; None if it is wrong.

    The token is used up: it opens nothing any more.
    """
    token = re.sub(r"[\s-]", "", token)
    generator = TOTP(unhexlify(key), digits=DIGITS)
    if not (token.isdecimal() and len(token) == DIGITS and generator.verify(int(token), TOLERANCE)):
        return None
    User.objects.select_for_update().get(pk=user.pk)
    forget(user)
    device = TOTPDevice.objects.create(
        user=user, key=key, name="Authenticator app", last_t=generator.t(), drift=generator.drift, tolerance=TOLERANCE
    )
    return device, new_codes(user)


@transaction.atomic
def new_codes(user: User) -> list[str]:
    """Make ten recovery codes; those before are worth nothing any more."""
    User.objects.select_for_update().get(pk=user.pk)
    device, _made = StaticDevice.objects.get_or_create(user=user, name="Recovery codes", defaults={"confirmed": True})
    StaticToken.objects.filter(device__user=user.pk).delete()
    codes = [StaticToken.random_token() for _ in range(CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


@transaction.atomic
def forget(user: User) -> int:
    """Remove all devices of a user; sessions that they opened must go on without. Return how many there were."""
    removed = TOTPDevice.objects.filter(user=user.pk).count() + StaticDevice.objects.filter(user=user.pk).count()
    TOTPDevice.objects.filter(user=user.pk).delete()
    StaticDevice.objects.filter(user=user.pk).delete()
    return removed


@transaction.atomic
def reset(user: User) -> int:
    """Remove all devices of a user whose phone is lost, and end every session, since one may be somebody else's."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    return forget(user)


def forget_throttling(username: str) -> None:
    """Let the next token of a user be looked at without a wait."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user__username=username).update(
            throttling_failure_count=0, throttling_failure_timestamp=None
        )
