"""Addresses of incidents: formats for machines, the same in every language."""

from django.urls import URLPattern, URLResolver, include, path

from incidents.views import feeds, lists, records, sitemaps

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("incidents.api.urls")),
    path("incidents.csv", lists.incidents_csv, name="incidents_csv"),
    path("incidents.json", lists.incidents_json, name="incidents_json"),
    path("incidents.jsonl", lists.incidents_jsonl, name="incidents_jsonl"),
    path("incidents.geojson", feeds.incidents_geojson, name="incidents_geojson"),
    path("incidents.atom", feeds.incidents_atom, name="incidents_atom"),
    path("incidents/<slug:code>.json", records.incident_json, name="incident_json"),
    path("incidents/<slug:code>/v<int:number>.json", records.edition_json, name="edition_json"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>-<int:block>.xml", sitemaps.sitemap, name="sitemap"),
]
