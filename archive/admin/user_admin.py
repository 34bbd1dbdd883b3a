"""People and their roles; for administrators."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest

from archive.models import User


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Administrators give roles by groups; only a superuser makes superusers, or touches one."""

    list_display = ["username", "first_name", "last_name", "email", "is_staff", "is_superuser", "last_login"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        readonly = list(super().get_readonly_fields(request, obj))
        return readonly if is_superuser(request) else [*readonly, "is_superuser", "user_permissions"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or is_superuser(request))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # what somebody did stays theirs: take away "active" instead


def is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
