"""The editors' side: Django's admin under the archive's name, with a second factor (`archive.access`)."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from archive.web.faults import ask_database


class ArchiveAdminSite(AdminSite):
    site_header = _("Archive of attack reports: editors")
    site_title = _("Archive editors")
    index_title = _("My work")
    empty_value_display = "–"
    logout_template = "admin/signed_out.html"
    enable_nav_sidebar = False  # the sections are in the header: lists and the desk need the width

    def has_permission(self, request: HttpRequest) -> bool:
        """A password alone opens nothing but the second step, where there is one."""
        from archive.access.second_factor import Standing, standing  # noqa: PLC0415 (models are not there before)

        return super().has_permission(request) and standing(request.user) is Standing.IN

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send who has given the password on to the second step, instead of asking for the password again.

        Nobody is asked for one while there is no database to compare it with.
        """
        from archive.access import second_factor, views  # noqa: PLC0415

        if request.method != "POST":
            ask_database()
        if request.method == "GET" and super().has_permission(request):
            found = second_factor.standing(request.user)
            if found is not second_factor.Standing.IN:
                return HttpResponseRedirect(views.page_for(request, found))
        return super().login(request, extra_context)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Give each page of somebody who is in the keys to what they typed; nobody else gets any."""
        from archive.access import keeping  # noqa: PLC0415

        context = super().each_context(request)
        is_in = context["has_permission"]
        keys = keeping.keys_of(cast(Any, request.user)) if is_in else None
        return {
            **context,
            "keeping": keys,
            "keeping_days": keeping.KEPT_DAYS,
            "sent_as": keeping.sent_as(request) if is_in else "",
        }

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """My work; and when the archive was verified last: what differs is for administrators."""
        from archive import verifying  # noqa: PLC0415
        from archive.admin import my_work  # noqa: PLC0415

        kept = {"verified": verifying.last_with_findings(), "whole": verifying.last_whole()}
        return super().index(request, {**(extra_context or {}), **kept, **my_work.shown_to(request)})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from archive.access import views  # noqa: PLC0415
        from archive.admin.alerts_page import AlertsView  # noqa: PLC0415
        from archive.web import editors_language  # noqa: PLC0415

        own: list[URLPattern | URLResolver] = [
            path("second-factor/", views.manage, name="second_factor"),
            path("second-factor/enter/", views.enter, name="second_factor_enter"),
            path("second-factor/set-up/", views.enrol, name="second_factor_enrol"),
            path("alerts/", self.admin_view(AlertsView.as_view(admin_site=self)), name="alerts"),
            path("language/", editors_language.choose, name="language"),  # also for who is not signed in
            path("logout/", self.logout, name="logout"),  # also for who has given the password alone
        ]
        return own + super().get_urls()
