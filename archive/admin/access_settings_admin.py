"""What administrators decide about signing in. Second factors themselves are on no list: each is its owner's."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_otp.plugins.otp_static import admin as static_admin
from django_otp.plugins.otp_totp import admin as totp_admin

from archive.models import AccessSettings

# Their pages show secrets to whoever may see the list, and answer 500 for one that does not exist.
admin.site.unregister([static_admin.StaticDevice, totp_admin.TOTPDevice])


@admin.register(AccessSettings)
class AccessSettingsAdmin(admin.ModelAdmin):
    """One page, no list."""

    fields = ["requires_second_factor"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        AccessSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:archive_accesssettings_change", args=[1]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AccessSettings | None = None) -> bool:
        return False
