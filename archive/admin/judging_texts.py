"""A text beside all that its page shows: an editor says that it is an article or none, or goes back to it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from archive import intake
from archive.admin.conflicts import mutable
from archive.intake.text_judgements import ARTICLE, LONGEST_REASON
from archive.models import Article, TextChoice, TextJudgement, TextVersion, User
from archive.models.choices import NOT_ARTICLES
from archive.text_standing import judgements_of, standing
from archive.texts_in_time import current_text

JUDGE, CHOOSE = "judge", "choose"


class Word(NamedTuple):
    """What somebody said of a text, as the page tells it."""

    said: str
    row: TextJudgement | TextChoice


class JudgementForm(forms.Form):
    """``seen`` is the last judgement that was shown, ``current`` the number of the text that was the current one."""

    kind = forms.ChoiceField(
        choices=[(ARTICLE, gettext_lazy("An article")), *NOT_ARTICLES], label=gettext_lazy("What the page is")
    )
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("For editors. Readers never see it."),
    )
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    current = forms.IntegerField(widget=forms.HiddenInput)


class JudgeTextView(FormView):
    """GET shows a text and what was said of it; POST says what its page is, or makes it the current text again."""

    template_name = "admin/judge_text.html"
    form_class = JudgementForm
    admin_site: AdminSite | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("archive.change_article"):
            raise PermissionDenied
        texts = TextVersion.objects.select_related("article", "capture")
        self.text = get_object_or_404(texts, article=kwargs["pk"], number=kwargs["number"])
        self.now = standing(self.text)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.now.flag or ARTICLE, "seen": self.now.last, "current": self.current.number}

    @property
    def current(self) -> TextVersion:
        found = current_text(self.text.article)
        assert found is not None
        return found

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            message = self.chosen(form) if self.request.POST.get("act") == CHOOSE else self.judged(form)
        except intake.StaleTextError as error:
            return self.looked_at_again(form, "current", str(error.current.number), str(error))
        except intake.StaleJudgementError as error:
            return self.looked_at_again(form, "seen", str(error.last.pk), str(error))
        except intake.TextJudgementError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, message)
        return HttpResponseRedirect(self.request.path)

    def judged(self, form: Any) -> str:
        assert isinstance(self.request.user, User)
        said = form.cleaned_data
        flag = "" if said["kind"] == ARTICLE else said["kind"]
        intake.judge_text(self.text, flag=flag, reason=said["reason"], by=self.request.user, seen=said["seen"])
        if flag:
            return _("Text %(number)s is said to be no article.") % {"number": self.text.number}
        return _("Text %(number)s is said to be an article.") % {"number": self.text.number}

    def chosen(self, form: Any) -> str:
        assert isinstance(self.request.user, User)
        said = form.cleaned_data
        intake.choose_text(self.text, reason=said["reason"], by=self.request.user, seen=said["current"])
        return _("Text %(number)s is the current text again.") % {"number": self.text.number}

    def looked_at_again(self, form: Any, name: str, value: str, message: str) -> HttpResponse:
        """Say what somebody else did meanwhile, with all that was typed; what was shown is now up to date."""
        form.data = mutable(form)
        form.data[name] = value
        form.add_error(None, message)
        self.now = standing(self.text)
        return self.form_invalid(form)

    def words(self) -> Iterator[Word]:
        """All that was said of the text, the last first."""
        judgements = judgements_of(self.text)
        choices = self.text.choices.select_related("created_by")
        rows: list[TextJudgement | TextChoice] = [*judgements, *choices]
        for row in sorted(rows, key=lambda one: one.created_at, reverse=True):
            if isinstance(row, TextChoice):
                yield Word(_("The current text again"), row)
            else:
                yield Word(row.get_flag_display() if row.flag else _("An article"), row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.admin_site is not None
        return {
            **super().get_context_data(**kwargs),
            **self.admin_site.each_context(self.request),
            "title": _("Text %(number)s: is it an article?") % {"number": self.text.number},
            "article": self.text.article,
            "opts": Article._meta,
            "text": self.text,
            "standing": self.now,
            "current": self.current,
            "words": list(self.words()),
            "whole": intake.whole_text(self.text.capture),
        }
