"""Incidents as GeoJSON (RFC 7946): the same rows as in CSV, as properties of a point or of nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse

from archive.exports import as_file, as_json, joined


def geojson_file(name: str, records: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """Stream a FeatureCollection; a record without a point has the geometry null."""
    response = StreamingHttpResponse(joined(collection(records)), content_type="application/geo+json")
    return as_file(response, name)


def collection(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    for index, record in enumerate(records):
        yield f"{',' if index else ''}\n{as_json(feature(record))}"
    yield "\n]}\n"


def feature(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record as a feature. Its point is the one that reports give, with ``within_m`` among its properties;
    without one the reference point of the town.
    """
    lat, lon = record.get("point_lat"), record.get("point_lon")
    if lat is None or lon is None:
        lat, lon = record.get("lat"), record.get("lon")
    point = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": record["code"], "geometry": point, "properties": record}
