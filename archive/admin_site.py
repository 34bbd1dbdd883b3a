"""The editors' side: Django's admin under the archive's name, with a second factor where it is demanded."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest


class ArchiveAdminSite(AdminSite):
    site_header = "Archive of attack reports: editors"
    site_title = "Archive editors"
    index_title = "Work"
    empty_value_display = "–"
    enable_nav_sidebar = False  # the sections are in the header: lists and the desk need the width

    def has_permission(self, request: HttpRequest) -> bool:
        """With OTP_REQUIRED on, a password alone opens nothing but the sign-in page."""
        if not super().has_permission(request):
            return False
        return not settings.OTP_REQUIRED or bool(getattr(request.user, "is_verified", bool)())
