"""Addresses of incidents: formats for machines, the same in every language."""

from django.urls import URLPattern, URLResolver, include, path

from archive.web import converters  # noqa: F401 (registers `citation`)
from incidents.views import documents, feeds, lists, sitemaps

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("incidents.api.urls")),
    path("incidents.csv", lists.incidents_csv, name="incidents_csv"),
    path("incidents.json", lists.incidents_json, name="incidents_json"),
    path("incidents.jsonl", lists.incidents_jsonl, name="incidents_jsonl"),
    path("incidents.geojson", feeds.incidents_geojson, name="incidents_geojson"),
    path("incidents.atom", feeds.incidents_atom, name="incidents_atom"),
    path("incidents.jsonld", documents.incidents_jsonld, name="incidents_jsonld"),
    path("incidents/<slug:code>.json", documents.incident_json, name="incident_json"),
    path("incidents/<slug:code>.jsonld", documents.incident_jsonld, name="incident_jsonld"),
    path("incidents/<slug:code>.<citation:form>", documents.incident_citation, name="incident_citation"),
    path("incidents/<slug:code>/v<int:number>.json", documents.edition_json, name="edition_json"),
    path("incidents/<slug:code>/v<int:number>.jsonld", documents.edition_jsonld, name="edition_jsonld"),
    path("incidents/<slug:code>/v<int:number>.<citation:form>", documents.edition_citation, name="edition_citation"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>-<int:block>.xml", sitemaps.sitemap, name="sitemap"),
]
