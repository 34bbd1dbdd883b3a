"""What was asked and answered as a WARC file (WARC 1.1): the bytes of the wire, with their digests."""

import uuid
from base64 import b32encode
from datetime import UTC, datetime
from hashlib import sha256

from archive.fetching.asking import Exchange
from archive.readers.warc.http import read_answer


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
    if (body := _plain_body(exchange.answer)) is not None:
        answered["WARC-Payload-Digest"] = _digest(body)
    return _record("response", exchange.answer, moment, response_id, of_address | answered) + _record(
        "request", exchange.request, moment, _new_id(), of_address | asked
    )


def _plain_body(answer: bytes) -> bytes | None:
    """The body of an answer; None where it is in chunks, of which tools disagree whether they are undone before the
    payload is hashed (the digest of the block says it all).
    """
    read = read_answer(answer)
    if read is None or "chunked" in read.header("transfer-encoding").lower():
        return None
    return answer[read.body_start :]


def _digest(data: bytes) -> str:
    return f"sha256:{b32encode(sha256(data).digest()).decode()}"


def _new_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _record(kind: str, block: bytes, moment: datetime, record_id: str, headers: dict[str, str]) -> bytes:
    said = {
        "WARC-Type": kind,
        "WARC-Record-ID": record_id,
        "WARC-Date": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        **headers,
        "WARC-Block-Digest": _digest(block),
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"
