"""Every address of the site: readers' pages in each language, machines' formats once, the editors' side."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from archive.web import status

urlpatterns = [
    path("healthz", status.health, name="health"),
    path("readyz", status.readiness, name="readiness"),
    path("metrics", status.figures, name="metrics"),
    path("admin/desk/", include("incidents.desk.urls")),
    path("admin/", admin.site.urls),
    path("", include("archive.machine_urls")),
    path("", include("incidents.machine_urls")),
    *i18n_patterns(
        path("", include("archive.public_urls")),
        path("", include("incidents.public_urls")),
        prefix_default_language=False,
    ),
]

handler400 = "archive.views.error_pages.bad_request"
handler403 = "archive.views.error_pages.forbidden"
handler404 = "archive.views.error_pages.not_found"
handler500 = "archive.web.faults.server_error"
