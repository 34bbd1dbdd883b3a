"""Addresses of the reading desk, below the admin's."""

from django.urls import URLPattern

app_name = "desk"
urlpatterns: list[URLPattern] = []
