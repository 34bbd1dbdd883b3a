"""Addresses are pasted here, looked at, and put into the queue; below stands what became of those asked for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from archive.intake import fetch_requests
from archive.localisation import grouped
from archive.models import FetchRequest, User
from archive.reading_back.fetching import read_back
from archive.typed_numbers import typed_number

SHOWN = 50


class FetchForm(forms.Form):
    """``addresses`` is cleaned to the list of addresses, each once."""

    addresses = forms.CharField(
        strip=False,
        max_length=200_000,
        label=_("Addresses"),
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField", "dir": "ltr", "spellcheck": "false"}),
        help_text=format_lazy(
            _("One a line, at most {most}. They are looked at before anything is fetched."), most=fetch_requests.MOST
        ),
    )

    def clean_addresses(self) -> list[str]:
        lines = [(n, line) for n, line in enumerate(self.cleaned_data["addresses"].splitlines(), 1) if line.strip()]
        if not lines:
            raise forms.ValidationError(gettext("Paste at least one address."))
        if len(lines) > fetch_requests.MOST:
            told = gettext("These are %(number)s addresses. Fetch at most %(most)s at once.")
            raise forms.ValidationError(told % {"number": grouped(len(lines)), "most": fetch_requests.MOST})
        found, refused = [], []
        for number, line in lines:
            try:
                found.append(fetch_requests.read_address(line))
            except fetch_requests.UnfetchableError as error:
                wrong = {"number": number, "address": line.strip()[:200], "error": read_back(str(error))}
                refused.append(gettext("Line %(number)s, %(address)s: %(error)s.") % wrong)
        if refused:
            raise forms.ValidationError(refused)
        return list(dict.fromkeys(found))


class FetchView(FormView):
    """GET shows form and requests; POST looks at addresses, fetches those that were looked at, or tries one again."""

    template_name = "admin/fetch.html"
    form_class = FetchForm
    admin_site: AdminSite | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("archive.add_article"):
            raise PermissionDenied
        self.looked_at: list[dict[str, Any]] = []
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "retry" not in request.POST:
            return super().post(request, *args, **kwargs)
        said = typed_number(request.POST["retry"])
        if said is not None and fetch_requests.try_again(said):
            messages.info(request, gettext("It is tried again."))
        else:
            messages.warning(request, gettext("It is being fetched, or is in already. Nothing was changed."))
        return self.back()

    def form_valid(self, form: Any) -> HttpResponse:
        assert isinstance(self.request.user, User)
        addresses = form.cleaned_data["addresses"]
        if self.request.POST.get("looked_at", "").splitlines() == addresses:
            made = fetch_requests.ask_for(addresses, by=self.request.user)
            count = len(made)
            told = ngettext("%(number)s address will be fetched.", "%(number)s addresses will be fetched.", count)
            messages.success(self.request, told % {"number": count})
            return self.back()
        known, pending = fetch_requests.articles_of(addresses), fetch_requests.pending_of(addresses)
        self.looked_at = [
            {"address": address, "article": known.get(address), "is_pending": address in pending}
            for address in addresses
        ]
        return self.render_to_response(self.get_context_data(form=form))

    def back(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:archive_article_fetch"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.admin_site is not None
        requests = list(FetchRequest.objects.select_related("article", "asked_by")[:SHOWN])
        retryable = set(
            fetch_requests.retryable().filter(pk__in=[one.pk for one in requests]).values_list("pk", flat=True)
        )
        return {
            **super().get_context_data(**kwargs),
            **self.admin_site.each_context(self.request),
            "title": gettext("Fetch from the web"),
            "is_fetch_page": True,
            "looked_at": self.looked_at,
            "looked_at_value": "\n".join(one["address"] for one in self.looked_at),
            "requests": requests,
            "retryable": retryable,
            "is_pending": any(one.is_pending for one in requests),
        }
