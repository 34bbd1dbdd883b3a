"""The application of what was published, and the admin site with the archive's own heading."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Archive"
    default = True

    def ready(self) -> None:
        from archive import column_names  # noqa: PLC0415 (models are not there before)
        from archive.articles import article_alerts  # noqa: PLC0415
        from archive.reported_errors import of_archive  # noqa: PLC0415

        column_names.put()
        of_archive.register()
        article_alerts.register()


class AdminSite(admin.AdminConfig):
    default_site = "archive.admin_site.ArchiveAdminSite"
    default = False
