"""The same attack? Pairs that were noticed when rows of data sets came in: the list, and the page of one pair."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from incidents.admin.confirming import show_refusal
from incidents.desk.claim_pages import render_page
from incidents.desk.permission import editors_only
from incidents.desk.views import REFUSED, editor
from incidents.errors import CurationError
from incidents.likeness.pairs import say_apart
from incidents.models import LikelyPair
from incidents.presentation.beside import beside
from incidents.terms import CLOSED

PAGE = 50


class ApartForm(forms.Form):
    reason = forms.CharField(
        label=_("Why they are two attacks"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Colleagues read it; readers never do."),
    )


@require_GET
@editors_only("incidents.change_incident")
def work_list(request: HttpRequest) -> HttpResponse:
    """The pairs that nobody has decided on, the likeliest first, and what was decided last."""
    page = Paginator(LikelyPair.objects.to_decide().with_incidents(), PAGE).get_page(request.GET.get("page"))
    decided = LikelyPair.objects.exclude(verdict=None).with_incidents().order_by("-verdict__pk")[:PAGE]
    context = {"title": gettext("The same attack?"), "is_pairs_page": True, "page": page, "decided": decided}
    return render_page(request, "incidents/desk/pairs.html", context)


@require_http_methods(["GET", "POST"])
@editors_only("incidents.change_incident")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Both incidents side by side: they are one (the page that merges), or they are two, and why."""
    pair = get_object_or_404(LikelyPair.objects.with_incidents(), pk=pk)
    form = ApartForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid():
            try:
                say_apart(pair, by=editor(request), reason=form.cleaned_data["reason"])
            except CurationError as refusal:
                show_refusal(form, refusal)
            else:
                return to_next(request, pair)
    context = {
        "title": gettext("The same attack? %(later)s and %(earlier)s") % codes_of(pair),
        "is_pairs_page": True,
        "pair": pair,
        "form": form,
        "beside": beside(pair.later, pair.earlier),
        "may_merge": request.user.has_perm(settings.PERMISSION_TO_PUBLISH),
        "closed": [one for one in (pair.earlier, pair.later) if one.status in CLOSED],
    }
    return render_page(request, "incidents/desk/pair.html", context, status)


def to_next(request: HttpRequest, pair: LikelyPair) -> HttpResponse:
    """On to the likeliest pair that is left, or back to the list."""
    messages.success(request, gettext("%(later)s and %(earlier)s are two attacks.") % codes_of(pair))
    following = LikelyPair.objects.to_decide().first()
    address = reverse("desk:pair", args=[following.pk]) if following else reverse("desk:pairs")
    return HttpResponseRedirect(address)


def codes_of(pair: LikelyPair) -> dict[str, str]:
    return {"later": pair.later.code, "earlier": pair.earlier.code}
