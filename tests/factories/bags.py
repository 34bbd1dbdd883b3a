"""Evidence packages as who receives them opens them: with `unzip`, `bagit` and sha256, never with our code."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import bagit
from django.test import Client


def download(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Cache-Control"] == "no-store"
    return response.getvalue()


def unpack(data: bytes, folder: Path) -> Path:
    """Unpack into a folder; return the bag in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    [bag] = folder.iterdir()
    return bag


def check(bag: Path) -> None:
    """Validate as `bagit.py --validate` does, then as `sha256sum -c` does."""
    bagit.Bag(str(bag)).validate()
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in (bag / name).read_text().splitlines():
            digest, path = line.split("  ", 1)
            assert hashlib.sha256((bag / path).read_bytes()).hexdigest() == digest, path


def files(bag: Path) -> set[str]:
    return {str(path.relative_to(bag / "data")) for path in (bag / "data").rglob("*") if path.is_file()}


def read(bag: Path, path: str) -> Any:
    return json.loads((bag / "data" / path).read_bytes())


def everything(bag: Path) -> str:
    return "\n".join(path.read_bytes().decode() for path in bag.rglob("*") if path.is_file())
