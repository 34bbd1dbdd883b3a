"""Files of many formats to one kind of record: `read_path` is the way in."""

from archive.readers.mapping import ColumnMap, MappingError, read_map
from archive.readers.progress import Progress
from archive.readers.record import Record, Refusal
from archive.readers.registry import READERS, STREAMED_SUFFIXES, list_files, read_path

__all__ = [
    "READERS",
    "STREAMED_SUFFIXES",
    "ColumnMap",
    "MappingError",
    "Progress",
    "Record",
    "Refusal",
    "list_files",
    "read_map",
    "read_path",
]
