"""Addresses of archive: formats for machines, the same in every language."""

from django.urls import URLPattern, path

from archive.views import passages

urlpatterns: list[URLPattern] = [
    path("passages/<slug:public_id>.jsonld", passages.passage_jsonld, name="passage_jsonld"),
]
