"""Web archives made record by record, to be broken at will."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

from archive.readers.building import Around
from archive.readers.page import Page
from archive.readers.record import Refusal
from archive.readers.warc import pages

PAGE = b"<!doctype html><title>Demonstration</title><article><p>A demonstration page, written for a test.</p></article>"
ADDRESS = "https://news.example/report"


def record(kind: str, address: str, block: bytes, *, date: str = "2024-05-01T10:00:00Z", **headers: str) -> bytes:
    """A WARC record; an underscore in the name of a header is a hyphen."""
    said = {
        "WARC-Type": kind,
        "WARC-Target-URI": address,
        "WARC-Date": date,
        "WARC-Record-ID": f"<urn:test:{hashlib.md5(block + date.encode() + address.encode()).hexdigest()}>",
        "Content-Type": "application/http; msgtype=response",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    said.setdefault("Content-Length", str(len(block)))
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes = PAGE, *, status: int = 200, **headers: str) -> bytes:
    """An HTTP answer, of HTML unless it says otherwise."""
    said = {"Content-Type": "text/html; charset=utf-8", **{name.replace("_", "-"): v for name, v in headers.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode() + body


def response(address: str = ADDRESS, body: bytes = PAGE, **headers: str) -> bytes:
    """A response record of a page; `headers` are those of the record."""
    return record("response", address, answer(body), **headers)


def redirect(address: str, target: str, *, status: int = 301, date: str = "2024-05-01T09:59:59Z") -> bytes:
    return record("response", address, answer(b"", status=status, Location=target), date=date)


def chunked(body: bytes, size: int = 7) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def sha1_of(data: bytes) -> str:
    """A digest as web archives write it."""
    return f"sha1:{base64.b32encode(hashlib.sha1(data).digest()).decode()}"


def gzipped(*records: bytes) -> bytes:
    """One gzip member a record."""
    return b"".join(gzip.compress(one) for one in records)


def wacz(archive: bytes, *, signed: dict | None = None, name: str = "archive/data.warc", lie: bool = False) -> bytes:
    """A WACZ of one web archive; `signed` makes its data of the digest; `lie` changes what is listed."""
    digest = f"sha256:{hashlib.sha256(archive).hexdigest()}"
    listed = {"resources": [{"path": name, "hash": digest, "bytes": len(archive)}]}
    described = json.dumps(listed).encode()
    whole = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
    if signed is not None:
        whole["signedData"] = signed(whole["hash"]) if callable(signed) else signed
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(name, archive.replace(b"demonstration", b"demonstratiom") if lie else archive)
        package.writestr("datapackage.json", described)
        package.writestr("datapackage-digest.json", json.dumps(whole))
    return made.getvalue()


def read_all(path: Path, data: bytes) -> list[Page | Refusal]:
    """What the reader makes of a file with these bytes."""
    path.write_bytes(data)
    return list(pages(path, Around(file_name=path.name, shown=path.name)))
