"""Addresses of incidents: formats for machines, the same in every language."""

from django.urls import URLPattern, path

from incidents.views import records, sitemaps

urlpatterns: list[URLPattern] = [
    path("incidents/<slug:code>.json", records.incident_json, name="incident_json"),
    path("incidents/<slug:code>/v<int:number>.json", records.edition_json, name="edition_json"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>-<int:block>.xml", sitemaps.sitemap, name="sitemap"),
]
