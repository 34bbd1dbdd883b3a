"""Records and files as tests need them; every text here is made up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.readers import Record, Refusal, read_path
from archive.readers.record import FILE, METADATA, UNKNOWN
from archive.text import normalise

TEXT = (
    "Shells fell on the old mill at noon.\n\nNobody was inside, the miller said, and the fire was put out by evening."
)


def record(text: str = TEXT, **values: Any) -> Record:
    """A record of a plain text file, as its reader would make it but for `values`."""

    text = normalise(text)
    defaults: dict[str, Any] = {
        "title": "Mill shelled",
        "source": "",
        "published": "",
        "language": "en",
        "url": "",
        "authors": (),
        "raw": text.encode(),
        "media_type": "text/plain",
        "encoding": "utf-8",
        "extractor": "plain/1",
        "file_name": "mill.txt",
        "position": "",
        "locator": "mill.txt",
    }
    values = defaults | values
    origins = {name: FILE if values[name] else UNKNOWN for name in METADATA}
    values["derived"] = origins | values.get("derived", {})
    return Record(text=text, **values)


def reader_of(folder: Path) -> Callable[..., list[Record | Refusal]]:
    """A function that writes a file into `folder` and reads it."""

    def read(name: str, content: bytes | str, **options: Any) -> list[Record | Refusal]:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_path(path, **options))

    return read
