"""Lists as files: whole sets, one consistent state of the database, in constant memory."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from archive import addresses
from archive.exports.csv_options import MARK, CsvOptions
from archive.exports.snapshots import batches, snapshot
from archive.lists import paging
from archive.lists.filters import ListFilters
from archive.web.linking import Link, header

BATCH = 500  # rows fetched at a time
FIRST = 50  # rows of the first batch
WRITTEN = 200  # rows sent at a time
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Record = Mapping[str, Any]
Response = TypeVar("Response", bound=HttpResponseBase)


def ordered_set(filters: ListFilters) -> QuerySet:
    """The whole set in the order asked for, from the cursor on if one was given. Everything is ranked by relevance."""
    rows = filters.qs
    if filters.is_ranked:
        ranked = paging.ordered(rows, filters.order).annotate(rank=filters.query.rank())
        return ranked.order_by("-rank", "-sort_key", "-pk")[filters.position or 0 :]
    in_order = paging.ordered(rows, filters.order)
    if filters.position and not filters.position.is_backwards:
        return paging.after(in_order, filters.order, filters.position)
    return in_order


def streamed(rows: QuerySet, read: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield what `read`, a `values_list` of the same model that begins with the primary key, has of the rows.

    In the order of `rows`, from one state of the database, however long the reader takes. Only the keys are sorted and
    kept by a server-side cursor; the wide columns are fetched a batch at a time, the first one small, so that whatever
    the order the first rows come soon.
    """
    with snapshot():
        keys = rows.values_list("pk", flat=True).iterator(chunk_size=BATCH)
        yield from in_order(list(islice(keys, FIRST)), read)
        for batch in batches(keys, BATCH):
            yield from in_order(batch, read)


def in_order(keys: Sequence[int], read: QuerySet) -> Iterator[tuple[Any, ...]]:
    found = {values[0]: values[1:] for values in read.filter(pk__in=keys)}
    return (found[key] for key in keys if key in found)


def csv_file(
    name: str, columns: Sequence[str], records: Iterable[Record], *, is_marked: bool = False
) -> StreamingHttpResponse:
    """A CSV of these columns (RFC 4180, UTF-8); lists are joined by "; ". ``is_marked``: with a byte order mark."""
    written = joined(chain([MARK] if is_marked else [], csv_rows(columns, records)))
    return as_file(StreamingHttpResponse(written, content_type="text/csv; charset=utf-8; header=present"), name)


def csv_rows(columns: Sequence[str], records: Iterable[Record]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for record in records:
        yield taken(buffer)
        writer.writerow([cell(record.get(column)) for column in columns])
    yield taken(buffer)


def cell(value: Any) -> Any:
    """Return a value as a cell. A text that a spreadsheet would take for a formula is led by an apostrophe."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case list() | tuple():
            return cell("; ".join(str(one) for one in value))
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(FORMULA) else text


def jsonl_file(name: str, records: Iterable[Record]) -> StreamingHttpResponse:
    """One JSON object a line."""
    lines = (f"{as_json(record)}\n" for record in records)
    return as_file(StreamingHttpResponse(joined(lines), content_type="application/x-ndjson; charset=utf-8"), name)


def json_file(records: Iterable[Record], *, count: int, following: str | None) -> StreamingHttpResponse:
    """A document `{"count", "next", "results"}`; `count` is of the whole set, `next` the address of what follows."""

    def pieces() -> Iterator[str]:
        yield f'{{"count":{count},"next":{as_json(following)},"results":['
        for index, record in enumerate(records):
            yield f"{',' if index else ''}\n{as_json(record)}"
        yield "\n]}\n"

    return StreamingHttpResponse(joined(pieces()), content_type="application/json")


def refusal(filters: ListFilters, options: CsvOptions | None = None) -> JsonResponse | None:
    """What machines are told of parameters that cannot be read or do not exist: 400; None when all is well."""
    errors = {**filters.problems, **(options.problems if options else {})}
    errors |= {name: ["There is no such parameter."] for name in filters.unknown}
    return refused(errors) if errors else None


def refused(errors: Mapping[str, list[str]]) -> JsonResponse:
    return JsonResponse({"errors": errors}, status=400, json_dumps_params={"ensure_ascii": False})


def file_of(
    filters: ListFilters, write: Callable[[QuerySet], HttpResponseBase], options: CsvOptions | None = None
) -> HttpResponseBase:
    """Return what ``write`` makes of the whole set, or what is wrong with the parameters."""
    return refusal(filters, options) or with_readings(write(ordered_set(filters)), filters)


def with_readings(response: Response, filters: ListFilters) -> Response:
    """Name in `Link` headers (rel `about`) the places that ambiguous names were read as."""
    if readings := getattr(filters.form.fields["town"], "readings", ()):
        targets = (Link(addresses.whole("town", reading.place.pcode), "about") for reading in readings)
        response.headers["Link"] = header(targets)
    return response


def as_file(response: Response, name: str) -> Response:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def joined(lines: Iterable[str]) -> Iterator[str]:
    """Lines put together into fewer, larger pieces."""
    remaining = iter(lines)
    while piece := "".join(islice(remaining, WRITTEN)):
        yield piece


def taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
