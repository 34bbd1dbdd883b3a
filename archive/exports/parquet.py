"""Lists as Parquet: typed columns, one row group after the other, sent as they are written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse

from archive.exports.files import Record, as_file
from archive.exports.sinks import Sink
from archive.exports.snapshots import batches
from archive.fields import Field

if TYPE_CHECKING:
    import pyarrow as pa

TYPE = "application/vnd.apache.parquet"
GROUP = 10_000  # rows that are held, and compressed together


def parquet_file(
    name: str, fields: Sequence[Field], records: Iterable[Record], about: Mapping[str, str]
) -> StreamingHttpResponse:
    """A Parquet file of these fields; ``about`` is said of the whole file, each column says what it means."""
    return as_file(StreamingHttpResponse(pieces(fields, records, about), content_type=TYPE), name)


def pieces(fields: Sequence[Field], records: Iterable[Record], about: Mapping[str, str]) -> Iterator[bytes]:
    import pyarrow as pa  # noqa: PLC0415 (40 MB that only who asks for this costs)
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema = schema_of(fields, about)
    kinds = list(zip(fields, schema.types, strict=True))
    sink = Sink()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for group in batches(records, GROUP):
            columns = [pa.array([typed(field, one[field.name]) for one in group], kind) for field, kind in kinds]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema), row_group_size=GROUP)
            yield sink.taken()
    yield sink.taken()


def schema_of(fields: Sequence[Field], about: Mapping[str, str]) -> "pa.Schema":
    import pyarrow as pa  # noqa: PLC0415

    columns = [pa.field(one.name, column_type(one), metadata={"description": str(one.description)}) for one in fields]
    return pa.schema(columns, metadata=dict(about))


def column_type(field: Field) -> "pa.DataType":
    import pyarrow as pa  # noqa: PLC0415

    types = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us", tz="UTC"),
        "list": pa.list_(pa.string()),
    }
    return types.get(field.kind, pa.string())


def typed(field: Field, value: Any) -> Any:
    """Return a value of a record as its column takes it; days and moments may be written (ISO 8601)."""
    if value is None:
        return None
    match field.kind:
        case "date":
            return value if isinstance(value, date) else date.fromisoformat(value)
        case "datetime":
            return value if isinstance(value, datetime) else datetime.fromisoformat(value).astimezone(UTC)
        case "list":
            return [str(one) for one in value]
        case "string":
            return str(value)
    return value
