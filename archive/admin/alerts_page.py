"""Alerts by e-mail for administrators: how many there are, and ending what goes to an address that they were given.

No page lists addresses: whoever gets at an administrator's account learns of nobody.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from archive import alerts
from archive.localisation import grouped
from archive.models import Alert
from archive.models.choices import FOLLOWED, RHYTHMS

PERMISSION = "archive.delete_alert"


class EndForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off", "class": "vTextField"}),
        help_text=_(
            "Of somebody who asked for it. All alerts to it end, and it is deleted; nothing of it is written down."
        ),
    )


@method_decorator(sensitive_post_parameters("email"), name="dispatch")
class AlertsView(FormView):
    """GET shows counts; POST ends the alerts to an address."""

    template_name = "admin/alerts.html"
    form_class = EndForm
    admin_site: AdminSite | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        ended = alerts.end_all(form.cleaned_data["email"])
        said = ngettext("%(number)s alert has ended.", "%(number)s alerts have ended.", ended)
        messages.success(self.request, said % {"number": grouped(ended)})
        return HttpResponseRedirect(reverse("admin:alerts"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.admin_site is not None
        return {
            **super().get_context_data(**kwargs),
            **self.admin_site.each_context(self.request),
            "title": gettext("Alerts by e-mail"),
            "is_alerts_page": True,
            "is_on": alerts.is_on(),
            "counts": counts(),
        }


def counts() -> list[tuple[Any, int]]:
    """How many alerts there are, of what and how often, and how many wait or are refused."""
    followed = Q(confirmed_at__isnull=False)
    wanted = {
        "followed": (_("confirmed"), followed),
        **{f"kind_{kind}": (label, followed & Q(kind=kind)) for kind, label in FOLLOWED},
        **{f"rhythm_{rhythm}": (label, followed & Q(rhythm=rhythm)) for rhythm, label in RHYTHMS},
        "waiting": (_("not confirmed yet"), ~followed),
        "refused": (_("refused by the reader's mail server the last time"), Q(refusals__gt=0)),
    }
    found = Alert.objects.aggregate(**{name: Count("pk", filter=which) for name, (_label, which) in wanted.items()})
    return [(label, found[name]) for name, (label, _which) in wanted.items()]
