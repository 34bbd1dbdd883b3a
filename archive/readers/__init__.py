"""Files of many formats to one kind of record: `read_path` is the way in."""

from archive.readers.mapping import ColumnMap, MappingError, read_map
from archive.readers.record import Record, Refusal
from archive.readers.registry import LATER, READERS, count_files, read_path

__all__ = [
    "LATER",
    "READERS",
    "ColumnMap",
    "MappingError",
    "Record",
    "Refusal",
    "count_files",
    "read_map",
    "read_path",
]
