"""Opaque cursors of pages: a short list of values as letters, checked when it comes back."""

import base64
import binascii
import json
from datetime import UTC, date, datetime
from typing import Any

MAX_ID = 2**63 - 1


class CursorError(ValueError):
    """A cursor that this list did not give out."""


def pack(value: list[Any]) -> str:
    """A short list as letters that need no escaping in an address."""
    raw = json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unpack(packed: str) -> Any:
    """What `pack` was given; CursorError for anything else."""
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        return json.loads(raw)
    except (ValueError, binascii.Error, RecursionError) as error:
        raise CursorError(packed) from error


def read_day(value: Any) -> date:
    return date.fromisoformat(value)


def read_moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_number(value: Any) -> int:
    if type(value) is not int or abs(value) > MAX_ID:
        raise CursorError(value)
    return value
