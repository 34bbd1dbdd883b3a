"""The bytes of a copy for an editor, whatever readers may have of them; the log of custody tells of it."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.generic import View

from archive import capture_bytes
from archive.models import Article, Capture, User
from archive.packages.exporting import tell_of_copy
from archive.web.downloads import streamed


class DownloadCopyView(View):
    """GET says what it is; POST gives the bytes, as a file that cannot run, once a line of the log tells of it."""

    http_method_names = ["get", "post"]
    admin_site: AdminSite | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("archive.change_article"):
            raise PermissionDenied
        copies = Capture.objects.select_related("article")
        self.capture = get_object_or_404(copies, pk=kwargs["copy"], article=kwargs["pk"])
        self.is_private = bool(capture_bytes.private([self.capture.bytes_id]))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        assert self.admin_site is not None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Download a copy"),
            "article": self.capture.article,
            "opts": Article._meta,
            "copy": self.capture,
            "is_private": self.is_private,
        }
        return render(request, "admin/download_copy.html", context)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)
        if self.is_private:
            raise PermissionDenied
        sha256 = self.capture.bytes_id
        answer = streamed(request, capture_bytes.sound_pieces(sha256), f"{sha256}.bin", size=self.capture.size)
        tell_of_copy(sha256, by=request.user)  # bytes that cannot be had were said to be so above
        return answer
