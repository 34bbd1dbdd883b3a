"""What was asked and answered as a WARC file (WARC 1.1): the bytes of the wire, with their digests."""

import uuid
from base64 import b32encode
from datetime import UTC, datetime
from hashlib import sha256

from archive.fetching.asking import Exchange


def head_of_file(agent: str) -> bytes:
    """The record that says who wrote the file."""
    block = f"software: {agent}\r\nformat: WARC File Format 1.1\r\n".encode()
    return _record("warcinfo", block, datetime.now(UTC), _new_id(), {"Content-Type": "application/warc-fields"})


def records_of(url: str, exchange: Exchange, moment: datetime) -> bytes:
    """The records of a request and its answer."""
    response_id = _new_id()
    of_address = {"WARC-Target-URI": url, "WARC-IP-Address": exchange.ip}
    asked = {"Content-Type": "application/http; msgtype=request", "WARC-Concurrent-To": response_id}
    answered = {"Content-Type": "application/http; msgtype=response"}
    return _record("response", exchange.answer, moment, response_id, of_address | answered) + _record(
        "request", exchange.request, moment, _new_id(), of_address | asked
    )


def _new_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _record(kind: str, block: bytes, moment: datetime, record_id: str, headers: dict[str, str]) -> bytes:
    said = {
        "WARC-Type": kind,
        "WARC-Record-ID": record_id,
        "WARC-Date": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        **headers,
        "WARC-Block-Digest": f"sha256:{b32encode(sha256(block).digest()).decode()}",
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"
