"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from archive import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("admin/", admin.site.urls),
]
