"""Addresses of archive: formats for machines, the same in every language."""

from django.urls import URLPattern, path

from archive.views import (
    article_list,
    capture_page,
    citation_files,
    correction_pages,
    discovery,
    manifest_pages,
    memento,
    package,
    passage_page,
)
from archive.web import converters  # noqa: F401 (registers `citation`)

urlpatterns: list[URLPattern] = [
    path("articles.csv", article_list.articles_csv, name="articles_csv"),
    path("articles.jsonl", article_list.articles_jsonl, name="articles_jsonl"),
    path("articles.parquet", article_list.articles_parquet, name="articles_parquet"),
    path("articles.atom", article_list.articles_atom, name="articles_atom"),
    path("articles/<slug:public_id>.jsonld", citation_files.article_jsonld_file, name="article_jsonld"),
    path("articles/<slug:public_id>.<citation:form>", citation_files.article_citation, name="article_citation"),
    path(
        "articles/<slug:public_id>/text/<int:number>.<citation:form>",
        citation_files.text_citation,
        name="text_citation",
    ),
    path("articles/<slug:public_id>/package.zip", package.article_package_file, name="article_package"),
    path("passages/<slug:public_id>.jsonld", passage_page.passage_jsonld, name="passage_jsonld"),
    path("passages/<slug:public_id>.<citation:form>", citation_files.passage_citation, name="passage_citation"),
    path("timemap/link/<path:url>", memento.timemap, name="timemap"),
    path("timegate/<path:url>", memento.timegate, name="timegate"),
    path("captures/<slug:sha256>.bin", capture_page.capture_file, name="capture_file"),
    path("manifests/<int:number>.txt", manifest_pages.manifest_text, name="manifest_text"),
    path("manifests/<int:number>.tsq", manifest_pages.manifest_request, name="manifest_request"),
    path("manifests/<int:number>.tsr", manifest_pages.manifest_reply, name="manifest_reply"),
    path("corrections.atom", correction_pages.corrections_atom, name="corrections_atom"),
    path("robots.txt", discovery.robots, name="robots"),
    path(".well-known/security.txt", discovery.security, name="security"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
]
