"""Actions on an incident that readers will see: each has a page that says what it does, and what stands in its way."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from archive.admin.guarding import SeenForm
from archive.admin.locked_admin import conflict_context
from archive.locking import StaleRowError
from archive.models import User
from incidents.errors import CurationError, InvalidError, NotReadyError
from incidents.models import Incident

FORM_ID = "action-form"


class ActionForm(SeenForm, forms.Form):
    """Something that is done with an incident as it was shown."""

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        self.incident = incident
        super().__init__(*args, **kwargs)

    @property
    def guarded(self) -> Incident:
        return self.incident


class ReasonForm(ActionForm):
    """What readers are told."""

    reason = forms.CharField(
        label=_("Public reason"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Readers see it."),
    )


class ConfirmView(FormView):
    """GET shows what will happen, POST does it. Subclasses say how in `act`, and what blocks it in `obstacles`."""

    template_name = "admin/incident_action.html"
    form_class: type[forms.Form] = ReasonForm
    admin_site: AdminSite | None = None
    permission: ClassVar[str] = settings.PERMISSION_TO_PUBLISH
    heading: ClassVar[Any]
    verb: ClassVar[Any]
    explanation: ClassVar[Any]
    is_grave: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        found = Incident.objects.select_related("merged_into", "row", "submission__by", "sent_back__by")
        self.incident: Incident = get_object_or_404(found, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def editor(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    @property
    def obstacles(self) -> list[str]:
        """What must be mended first; the page then has no button."""
        return []

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "incident": self.incident}

    def act(self, form: Any) -> str:
        """Do it and return what to tell the editor; raises the errors of the services."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            done = self.act(form)
        except StaleRowError:
            form.full_clean()  # somebody was faster between the check and the lock: check again
            return self.form_invalid(form)
        except CurationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return HttpResponseRedirect(reverse("admin:incidents_incident_change", args=[self.incident.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.admin_site is not None
        context = super().get_context_data(**kwargs)
        conflict = context["form"].conflict
        return {
            **self.admin_site.each_context(self.request),
            **conflict_context([conflict] if conflict else [], form_id=FORM_ID, verb=self.verb),
            "form_id": FORM_ID,
            "title": f"{self.heading}: {self.incident}",
            "incident": self.incident,
            "verb": self.verb,
            "explanation": self.explanation,
            "is_grave": self.is_grave,
            "obstacles": self.obstacles,
            "opts": Incident._meta,
            **context,
        }


def show_refusal(form: forms.Form, refusal: CurationError) -> None:
    if isinstance(refusal, InvalidError):
        for name, message in refusal.errors.items():
            form.add_error(name if name in form.fields else None, message)
    elif isinstance(refusal, NotReadyError):
        for item in refusal.missing:
            form.add_error(None, item.message)
    else:
        form.add_error(None, str(refusal))
