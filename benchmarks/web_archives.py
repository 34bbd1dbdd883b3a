"""Write a large synthetic web archive, or measure how fast and in how much memory one is read.

    python -m benchmarks.web_archives write FILE.warc --megabytes 1000
    python -m benchmarks.web_archives read FILE.warc

Nothing in it is anybody's text: words are made of a seeded sequence. A third of the bytes are pages, the rest pictures; every
tenth page is a revisit of the one before, every tenth is reached by a redirect.
"""

import argparse
import random
import time
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import Path

from archive.readers.building import Around
from archive.readers.page import Page
from archive.readers.warc import pages

PAGE_WORDS, PICTURE = 3_000, 40_000  # words of a page, bytes of a picture
LETTERS = "abcdefghiklmnoprstuvw"


def write(path: Path, size: int, *, seed: int = 1) -> int:
    """Write at least `size` bytes of records; return how many pages it has, revisits included."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(5_000)]
    count = written = 0
    with path.open("wb") as file:
        while written < size:
            address = f"https://synthetic.example/page/{count}"
            moment = (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=count)).isoformat().replace("+00:00", "Z")
            text = "</p>\n<p>".join(" ".join(chance.choices(words, k=100)) for _ in range(PAGE_WORDS // 100))
            body = f"<!doctype html><title>Synthetic {count}</title><article><p>{text}</p></article>".encode()
            digest = f"sha1:{b32encode(sha1(body).digest()).decode()}"
            parts = [_record("response", address, moment, _answer(body), digest)]
            parts += [
                _record("response", f"{address}.png", moment, _answer(chance.randbytes(PICTURE), "image/png"), "")
            ]
            if count % 10 == 0:
                location = f"HTTP/1.1 301 Moved\r\nLocation: {address}\r\n\r\n".encode()
                parts.insert(0, _record("response", f"{address}/old", moment, location, ""))
            if count % 10 == 9:
                parts.append(_record("revisit", address, moment.replace("2024", "2025"), _answer(b""), digest))
                count += 1
            count += 1
            written += sum(map(len, parts))
            file.writelines(parts)
    return count


def read(path: Path) -> tuple[int, float, float]:
    """How many pages were read, in how many seconds, and the most memory that the process had (MB)."""
    start = time.monotonic()
    found = sum(isinstance(one, Page) for one in pages(path.resolve(), Around(file_name=path.name, shown=path.name)))
    return found, time.monotonic() - start, _most_memory()


def _most_memory() -> float:
    """The most memory that this process had, in MB; `getrusage` counts what the process had that started it, too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1.024e-3


def _answer(body: bytes, media_type: str = "text/html; charset=utf-8") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _record(kind: str, address: str, moment: str, block: bytes, digest: str) -> bytes:
    stated = f"WARC-Payload-Digest: {digest}\r\n" if digest else ""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {moment}\r\n"
        f"WARC-Record-ID: <urn:test:{kind}:{address}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"{stated}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["write", "read"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--megabytes", type=int, default=1_000)
    given = parser.parse_args()
    if given.what == "write":
        print(f"{write(given.path, given.megabytes * 1_000_000):,} pages in {given.path}")
        return
    found, seconds, memory = read(given.path)
    size = given.path.stat().st_size / 1e6
    print(
        f"{found:,} pages of {size:,.0f} MB in {seconds:.1f} s ({size / seconds:,.0f} MB/s), at most {memory:,.0f} MB of memory"
    )


if __name__ == "__main__":
    main()
