"""Addresses of archive: formats for machines, the same in every language."""

from django.urls import URLPattern, path

from archive.views import discovery, feeds, lists, passages

urlpatterns: list[URLPattern] = [
    path("articles.csv", lists.articles_csv, name="articles_csv"),
    path("articles.jsonl", lists.articles_jsonl, name="articles_jsonl"),
    path("articles.atom", feeds.articles_atom, name="articles_atom"),
    path("passages/<slug:public_id>.jsonld", passages.passage_jsonld, name="passage_jsonld"),
    path("robots.txt", discovery.robots, name="robots"),
    path(".well-known/security.txt", discovery.security, name="security"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
]
