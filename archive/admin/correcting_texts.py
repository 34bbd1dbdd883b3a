"""The text that was drawn from a copy, beside all that the copy shows: an editor puts it right in a new text."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from archive import intake
from archive.admin.conflicts import mutable
from archive.intake.text_corrections import LONGEST
from archive.models import Article, TextVersion, User
from archive.text_standing import standing
from archive.texts_in_time import current_text
from archive.typed_numbers import typed_number

SETTINGS_SHOWN = 20


class CorrectionForm(forms.Form):
    """``seen`` is the number of the text that was shown; the box of the flag is there only under a flag."""

    text = forms.CharField(
        strip=False,
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 30, "dir": "auto", "spellcheck": "false"}),
        help_text=_(
            "An empty line parts paragraphs. Passages on the earlier text stay there, and are looked for here."
        ),
    )
    is_article = forms.BooleanField(required=False, label=_("It is an article all the same"))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class CorrectTextView(FormView):
    """GET shows the proposal and the whole page; POST stores what was written as a new text of the same copy."""

    template_name = "admin/correct_text.html"
    form_class = CorrectionForm
    admin_site: AdminSite | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("archive.change_article"):
            raise PermissionDenied
        self.article = get_object_or_404(Article, pk=kwargs["pk"])
        self.text = self._shown() or current_text(self.article)
        if self.text is None:
            raise PermissionDenied
        self.stale: intake.StaleTextError | None = None
        return super().dispatch(request, *args, **kwargs)

    def _shown(self) -> TextVersion | None:
        """The text that the editor was shown and put right."""
        seen = typed_number(self.request.POST.get("seen", ""))
        if seen is None:
            return None
        return self.article.texts.select_related("capture").filter(number=seen).first()

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.text.text, "seen": self.text.number} if self.text else {}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.text is not None and not standing(self.text).flag:
            del form.fields["is_article"]
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        assert isinstance(self.request.user, User) and self.text is not None  # noqa: PT018 - for the types
        said = form.cleaned_data
        try:
            made = intake.correct_text(
                self.text,
                said["text"],
                by=self.request.user,
                is_article=said.get("is_article", False),
            )
        except intake.TextCorrectionError as error:
            form.add_error("text", str(error))
            return self.form_invalid(form)
        except intake.StaleTextError as error:
            self.stale = error
            form.data = mutable(form)
            form.data["seen"] = str(error.current.number)
            form.add_error(
                None,
                gettext(
                    "Text %(number)s came in meanwhile and stands below. Nothing of yours was saved yet, "
                    "and all of it is still in the form. Save again to put yours over it."
                )
                % {"number": error.current.number},
            )
            return self.form_invalid(form)
        told = gettext("Text %(number)s is stored. Text %(before)s stays as it was.")
        messages.success(self.request, told % {"number": made.number, "before": self.text.number})
        return HttpResponseRedirect(reverse("admin:archive_article_change", args=[self.article.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.text is not None and self.admin_site is not None  # noqa: PT018 - for the types
        text = self.text
        return {
            **super().get_context_data(**kwargs),
            **self.admin_site.each_context(self.request),
            "title": gettext("Correct the text"),
            "article": self.article,
            "opts": Article._meta,
            "text": text,
            "standing": standing(text),
            "captions": [text.text[start:end] for start, end in text.captions],
            "settings": list(text.settings.items())[:SETTINGS_SHOWN],
            "whole": intake.whole_text(text.capture),
            "stale": self.stale,
            "most": LONGEST,
            "is_too_long": text.length > LONGEST,
        }
