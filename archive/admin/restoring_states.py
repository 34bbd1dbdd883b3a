"""The page that shows what restoring an earlier state would change, asks why, and does it as a new change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from archive.admin.locked_admin import conflict_context
from archive.admin.shown_form import ShownForm
from archive.history import Entry, ToldChange
from archive.locking import StaleRowError
from archive.models import Editable, User

FORM_ID = "restore-form"


class RestoreForm(ShownForm):
    reason = forms.CharField(
        label=_("Why it is restored"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The history keeps it. Readers never see it."),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One row that would say something else: ``told`` from what it says now to what it said then."""

    told: Entry
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Restoring:
    """``at`` is when the change was made after which it was so, ``digest`` stands for all that would be done."""

    at: datetime
    parts: list[Part]
    obstacles: list[str]
    digest: str


class RestoreStateView(FormView):
    """GET shows what would change, POST does it. Subclasses say which rows, and by which service."""

    template_name = "admin/restore_state.html"
    form_class = RestoreForm
    admin_site: AdminSite | None = None
    permission: ClassVar[str]
    refusals: ClassVar[tuple[type[Exception], ...]]  # `StaleRowError` among them
    row: Editable

    def find(self, pk: int) -> Editable:
        raise NotImplementedError

    def plan(self, *, to: str, only: str) -> Restoring | None:
        """What would be done now; None where the history has no such state."""
        raise NotImplementedError

    def restore(self, *, reason: str, seen: str) -> None:
        """Do it; raises `refusals` and `PermissionDenied`."""
        raise NotImplementedError

    def done_since(self, moment: datetime) -> list[ToldChange]:
        raise NotImplementedError

    def is_changed(self, error: Exception) -> bool:
        """Whether a refusal says that something else would be done by now."""
        return isinstance(error, StaleRowError)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.row = self.find(kwargs["pk"])
        self.to, self.only = (request.GET.get(name, "").replace("\0", "") for name in ("to", "only"))
        return super().dispatch(request, *args, **kwargs)

    @property
    def editor(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    @cached_property
    def restoring(self) -> Restoring:
        found = self.plan(to=self.to, only=self.only)
        if found is None:
            raise Http404
        return found

    @property
    def history_url(self) -> str:
        opts = self.row._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[self.row.pk])

    def get_initial(self) -> dict[str, Any]:
        return {"shown": self.restoring.digest, "began": timezone.now().isoformat()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form.is_valid() and form.cleaned_data["shown"] == self.restoring.digest and not self.restoring.obstacles:
            return self.form_valid(form)
        return self.form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.restore(reason=form.cleaned_data["reason"], seen=form.cleaned_data["shown"])
        except self.refusals as refusal:
            del self.restoring
            if not self.is_changed(refusal):
                form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, gettext("Restored, as a new change. The history has what it said before."))
        return HttpResponseRedirect(self.history_url)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say also that something else would be done by now: what is wrong may come of that."""
        if form["shown"].value() != self.restoring.digest:
            form.is_valid()
            began = form.began_at()
            form.refuse(self.restoring.digest, row=self.row, done=self.done_since(began) if began else [])
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.admin_site is not None
        context = super().get_context_data(**kwargs)
        conflict = context["form"].conflict
        verb = gettext("Restore it so")
        return {
            **self.admin_site.each_context(self.request),
            **conflict_context([conflict] if conflict else [], form_id=FORM_ID, verb=verb),
            "form_id": FORM_ID,
            "title": gettext("Restore an earlier state"),
            "row": self.row,
            "restoring": self.restoring,
            "obstacles": self.restoring.obstacles,
            "is_whole": not self.only,
            "verb": verb,
            "history_url": self.history_url,
            "opts": self.row._meta,
            **context,
        }


def masked(parts: list[Part], mask: Callable[[str], str]) -> list[Part]:
    return [Part(part.told.masked(mask), mask(part.obstacle)) for part in parts]
