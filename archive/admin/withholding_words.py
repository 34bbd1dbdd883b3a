"""Words of a report that readers may not see: chosen in its text, looked at wherever they stand, withheld, released."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from archive import intake
from archive.intake import withholding
from archive.marks import render_highlights
from archive.models import Article, User, WithheldWords
from archive.models.choices import WITHHELD_KINDS
from archive.text.withheld import MOST
from archive.texts_in_time import current_text
from archive.withheld import spans_of

LOOK, WITHHOLD = "look", "withhold"


class WithholdForm(forms.Form):
    """``others`` are other reports that have the words, by primary key: offered once the words have been looked at."""

    words = forms.CharField(
        max_length=MOST,
        label=_("Words"),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "data-takes-selection": "report-text"}),
        help_text=_(
            "Select them in the text, or write them. Case, vowel marks, hyphens and spaces make no difference. "
            "Name all of it: of “Abu Example al-Namely” the first word alone may be in many others."
        ),
    )
    kind = forms.ChoiceField(choices=[("", _("Choose")), *WITHHELD_KINDS], label=_("What readers are told of them"))
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("For editors. Readers never see it."),
    )
    others = forms.ModelMultipleChoiceField(
        Article.objects.all(), required=False, label=_("Withhold them there too"), widget=forms.CheckboxSelectMultiple
    )


class WithholdView(FormView):
    """GET shows the text; POST shows where the words stand, and with ``act`` withhold keeps them from readers."""

    template_name = "admin/withhold_words.html"
    form_class = WithholdForm
    admin_site: AdminSite | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(withholding.PERMISSION):
            raise PermissionDenied
        self.article = get_object_or_404(Article.objects.select_related("source"), pk=kwargs["pk"])
        self.found: list[withholding.Occurrence] | None = None
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"words": self.request.GET.get("words", "")[:MOST].replace("\0", "")}

    def form_valid(self, form: Any) -> HttpResponse:
        assert isinstance(self.request.user, User)
        said = form.cleaned_data
        try:
            withholding.refuse_wrong(said["words"], said["kind"], said["reason"])
            if self.request.POST.get("act") != WITHHOLD:
                return self.looked_at(form)
            articles = [self.article, *said["others"]]
            rows = intake.withhold(
                articles, words=said["words"], kind=said["kind"], reason=said["reason"], by=self.request.user
            )
        except intake.WithholdingError as error:
            form.add_error("words", str(error))
            return self.form_invalid(form)
        told = ngettext(
            "Withheld in %(number)s of %(all)s reports, from now on everywhere.",
            "Withheld in %(number)s of %(all)s reports, from now on everywhere.",
            len(rows),
        )
        messages.success(self.request, told % {"number": len(rows), "all": len(articles)})
        return HttpResponseRedirect(self.request.path)

    def looked_at(self, form: Any) -> HttpResponse:
        """Show every place that has the words, and other reports that do, before anything is done."""
        words = form.cleaned_data["words"]
        self.found = withholding.occurrences(self.article, words)
        others = withholding.others_with(self.article, words)
        form.fields["others"].queryset = Article.objects.filter(pk__in=[one.pk for one in others])
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.admin_site is not None
        text = current_text(self.article)
        rows = WithheldWords.objects.filter(article=self.article).select_related("created_by", "release__created_by")
        return {
            **super().get_context_data(**kwargs),
            **self.admin_site.each_context(self.request),
            "title": gettext("Withhold words"),
            "article": self.article,
            "opts": Article._meta,
            "text": render_highlights(text.text, [span[:2] for span in spans_of(text.text, self.article.withheld)])
            if text
            else "",
            "found": self.found,
            "rows": rows,
            "may_release": self.request.user.has_perm(withholding.PERMISSION_TO_RELEASE),
        }


class ReleaseView(View):
    """POST shows withheld words to readers again, with a reason."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(withholding.PERMISSION_TO_RELEASE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        assert isinstance(request.user, User)
        row = get_object_or_404(WithheldWords, pk=pk)
        try:
            intake.release(row, reason=request.POST.get("reason", ""), by=request.user)
        except intake.WithholdingError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, gettext("Readers see the words again."))
        return HttpResponseRedirect(reverse("admin:archive_article_withhold", args=[row.article_id]))
