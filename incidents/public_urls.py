"""Addresses of incidents: readers' pages, once in each language."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
