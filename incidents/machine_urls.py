"""Addresses of incidents: formats for machines, the same in every language."""

from django.urls import URLPattern, URLResolver, include, path

from archive.web import converters  # noqa: F401 (registers `citation`)
from incidents.views import incident_list, oembed, record_files, record_package, releases, sitemap_files

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("incidents.api.urls")),
    path("incidents.csv", incident_list.incidents_csv, name="incidents_csv"),
    path("incidents.json", incident_list.incidents_json, name="incidents_json"),
    path("incidents.jsonl", incident_list.incidents_jsonl, name="incidents_jsonl"),
    path("incidents.geojson", incident_list.incidents_geojson, name="incidents_geojson"),
    path("incidents.parquet", incident_list.incidents_parquet, name="incidents_parquet"),
    path("incidents.ftm.json", incident_list.incidents_ftm, name="incidents_ftm"),
    path("incidents.atom", incident_list.incidents_atom, name="incidents_atom"),
    path("incidents.jsonld", record_files.incidents_jsonld, name="incidents_jsonld"),
    path("incidents/<slug:code>.json", record_files.incident_json, name="incident_json"),
    path("incidents/<slug:code>.jsonld", record_files.incident_jsonld, name="incident_jsonld"),
    path("incidents/<slug:code>.<citation:form>", record_files.incident_citation, name="incident_citation"),
    path("incidents/<slug:code>/package.zip", record_package.incident_package, name="incident_package"),
    path("incidents/<slug:code>/v<int:number>.json", record_files.edition_json, name="edition_json"),
    path("incidents/<slug:code>/v<int:number>.jsonld", record_files.edition_jsonld, name="edition_jsonld"),
    path("incidents/<slug:code>/v<int:number>.<citation:form>", record_files.edition_citation, name="edition_citation"),
    path("oembed", oembed.oembed, name="oembed"),
    path("data/current.zip", releases.current, name="current_data"),
    path("data/releases/<slug:name>/<str:file>", releases.release_file, name="release_file"),
    path("sitemap.xml", sitemap_files.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>-<int:block>.xml", sitemap_files.sitemap, name="sitemap"),
]
