"""Addresses of archive: readers' pages, once in each language."""

from django.urls import URLPattern, path

from archive.views import articles, lists, passages, places

urlpatterns: list[URLPattern] = [
    path("articles/", lists.articles, name="articles"),
    path("articles/<slug:public_id>/", articles.article, name="article"),
    path("articles/<slug:public_id>/text/<int:number>/", articles.article_text, name="article_text"),
    path("passages/<slug:public_id>/", passages.passage, name="passage"),
    path("places.json", places.places, name="places"),
]
