"""Write a large synthetic web archive, or measure how fast and in how much memory one is read or imported.

    python -m benchmarks.web_archives write FILE.warc --megabytes 1000 [--picture 1000000]
    python -m benchmarks.web_archives read FILE.warc
    python -m benchmarks.web_archives import FILE.warc

`import` runs `import_articles` on an empty database of the benchmark's own server (`ARCHIVE_BENCH_DIR`), dropped at the
end. It counts the memory of the command and of the process that it reads pages in, together.

Nothing in it is anybody's text: words are made of a seeded sequence. A third of the bytes are pages, the rest pictures
(fewer pages with larger ones); every tenth page is a revisit of the one before, every tenth is reached by a redirect.
"""

import argparse
import contextlib
import os
import random
import subprocess
import sys
import time
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import Path

import psutil

from archive.readers.building import Around
from archive.readers.page import Page
from archive.readers.warc import pages
from benchmarks.postgres import ROOT, Server, roles

DATABASE = "bench_web_archive"
PAGE_WORDS, PICTURE = 3_000, 40_000  # words of a page, bytes of a picture
LETTERS = "abcdefghiklmnoprstuvw"


def write(path: Path, size: int, *, picture: int = PICTURE, seed: int = 1) -> int:
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
                _record("response", f"{address}.png", moment, _answer(chance.randbytes(picture), "image/png"), "")
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


def import_(path: Path) -> tuple[str, float, float]:
    """What the command says at its end, in how many seconds, and the most memory (MB) of it and its process."""
    server = Server()
    environment = {**os.environ, **roles(server.url(DATABASE))}
    try:
        for prepare in (["migrate", "--verbosity=0"], ["load_gazetteer"]):
            _manage(prepare, environment, stdout=subprocess.DEVNULL).wait()
        start = time.monotonic()
        command = _manage(["import_articles", str(path.resolve())], environment, stdout=subprocess.PIPE)
        memory, last = _memory_until_end(command)
        return last, time.monotonic() - start, memory
    finally:
        server.drop(DATABASE)


def _manage(arguments: list[str], environment: dict[str, str], stdout: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stdout, text=True)


def _memory_until_end(command: "subprocess.Popen[str]") -> tuple[float, str]:
    """The most memory (MB), looked at with each line that the command writes, and its last line."""
    most, last = 0, ""
    process = psutil.Process(command.pid)
    assert command.stdout is not None
    for count, line in enumerate(command.stdout):
        last = line.strip()
        if count % 20 == 0:
            with contextlib.suppress(psutil.NoSuchProcess):
                parts = [process, *process.children(recursive=True)]
                most = max(most, sum(part.memory_full_info().pss for part in parts))
    command.wait()
    return most / 1e6, last


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
    parser.add_argument("what", choices=["write", "read", "import"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--megabytes", type=int, default=1_000)
    parser.add_argument("--picture", type=int, default=PICTURE, help="bytes of the picture that each page has")
    given = parser.parse_args()
    if given.what == "write":
        print(f"{write(given.path, given.megabytes * 1_000_000, picture=given.picture):,} pages in {given.path}")
        return
    if given.what == "read":
        count, seconds, memory = read(given.path)
        said = f"{count:,} pages"
    else:
        said, seconds, memory = import_(given.path)
    size = given.path.stat().st_size / 1e6
    speed = f"{size:,.0f} MB in {seconds:.1f} s ({size / seconds:,.1f} MB/s)"
    print(f"{said} of {speed}, at most {memory:,.0f} MB of memory")


if __name__ == "__main__":
    main()
