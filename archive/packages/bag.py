"""A BagIt bag (RFC 8493) in a ZIP file, the same bytes for the same content. No Django.

Members are stored, not compressed: how a compressor packs differs from one machine to the next. Times and rights are
fixed, the order is that of writing.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can say
READABLE_BY_ALL = 0o100644
UNIX = 3


class Bag:
    """A bag that is being written to ``file`` (binary, seekable), all in a folder called ``name``.

    `add` takes payload, `tag` what stands beside it; `close` writes the manifests. Paths are ours, never a stranger's:
    ASCII, relative, with `/`.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.name = name
        self.archive = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self.payload: dict[str, str] = {}
        self.tags: dict[str, str] = {}
        self.size = 0

    def add(self, path: str, chunks: Iterable[bytes]) -> str:
        """Write a payload file below `data/` piece by piece; return its sha256 (hexadecimal)."""
        path = f"data/{path}"
        self.payload[path], size = self.write(path, chunks)
        self.size += size
        return self.payload[path]

    def tag(self, path: str, content: bytes) -> None:
        """Write a file beside the payload."""
        self.tags[path], _size = self.write(path, [content])

    def close(self, info: Mapping[str, str]) -> None:
        """Write the declaration, ``info`` as `bag-info.txt`, and both manifests."""
        self.tag("bagit.txt", DECLARATION)
        told = {**info, "Payload-Oxum": f"{self.size}.{len(self.payload)}"}
        self.tag("bag-info.txt", "".join(f"{key}: {' '.join(value.split())}\n" for key, value in told.items()).encode())
        self.tag("manifest-sha256.txt", manifest(self.payload))
        self.write("tagmanifest-sha256.txt", [manifest(self.tags)])
        self.archive.close()

    def abandon(self) -> None:
        """End a bag that could not be filled; what is in the file is of no use."""
        self.archive.close()

    def write(self, path: str, chunks: Iterable[bytes]) -> tuple[str, int]:
        if path in self.payload or path in self.tags:
            raise ValueError(f"{path} is in the bag already")
        made = zipfile.ZipInfo(f"{self.name}/{path}", NO_TIME)
        made.create_system, made.external_attr = UNIX, READABLE_BY_ALL << 16
        digest, size = hashlib.sha256(), 0
        with self.archive.open(made, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return digest.hexdigest(), size


def manifest(digests: Mapping[str, str]) -> bytes:
    """Return the lines that `sha256sum -c` reads, in the order of the paths."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()
