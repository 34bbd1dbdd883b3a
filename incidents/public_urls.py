"""Addresses of incidents: readers' pages, once in each language."""

from django.urls import URLPattern, path

from incidents.views import records

urlpatterns: list[URLPattern] = [
    path("incidents/<slug:code>/", records.incident, name="incident"),
    path("incidents/<slug:code>/v<int:number>/", records.edition, name="edition"),
    path("incidents/<slug:code>/changes/", records.changes, name="changes"),
]
