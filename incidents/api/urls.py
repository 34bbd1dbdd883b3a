"""Addresses of the API."""

from django.urls import URLPattern, path

from incidents.api import views, vocabulary_endpoints
from incidents.api.schema_view import schema
from incidents.formats.vocabulary_rows import VOCABULARIES

urlpatterns: list[URLPattern] = [
    path("", views.index, name="api"),
    path("schema/", schema, name="api_schema"),
    path("incidents/", views.incidents, name="api_incidents"),
    path("incidents/<slug:code>/", views.incident, name="api_incident"),
    path("articles/", views.articles, name="api_articles"),
    path("articles/<slug:public_id>/", views.article, name="api_article"),
    *(path(f"{one.path}/", vocabulary_endpoints.endpoint(one), name=f"api_{one.path}") for one in VOCABULARIES),
]
