"""The comments on an incident and its claims: read, answered and resolved on one page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from archive.typed_numbers import typed_number
from incidents import curation
from incidents.curation import Thread
from incidents.desk.claim_pages import incident_page, render_page
from incidents.desk.permission import editors_only
from incidents.desk.refusals import show_refusal
from incidents.desk.views import REFUSED, editor
from incidents.errors import CurationError, InvalidError
from incidents.models import Claim, Comment, Incident

WRITTEN = forms.Textarea(attrs={"rows": 3, "dir": "auto"})


class ClaimChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.public_id})"


class CommentForm(forms.Form):
    """A new thread, about the incident or one of its claims."""

    text = forms.CharField(label=_("Your comment"), widget=WRITTEN, required=False)
    claim = ClaimChoice(
        label=_("About"),
        queryset=Claim.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("all of it"),
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim"].queryset = incident.claims.with_evidence()  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """An answer to a thread; ``seen`` is the key of its last comment as it was shown."""

    text = forms.CharField(label=_("Answer"), widget=WRITTEN, required=False)
    thread = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, thread: Thread, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"answer-{thread.first.pk}_%s", **kwargs})


@require_http_methods(["GET", "POST"])
@editors_only("incidents.change_incident")
def comments(request: HttpRequest, code: str) -> HttpResponse:
    """The threads of an incident, those about ``?claim=`` first; takes a comment, an answer, or a resolution."""
    incident = get_object_or_404(Incident.objects.select_related("row"), code=code)
    form = CommentForm(initial={"claim": request.GET.get("claim", "").replace("\0", "")}, incident=incident)
    answers: dict[int, AnswerForm] = {}
    status = 200
    if request.method == "POST":
        thread = thread_of(incident, request.POST.get("thread", ""))
        form, answers, done = answered(request, thread) if thread else commented(request, incident, form)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("desk:comments", args=[incident.code]))
        status = REFUSED
        form = form if form is not None else CommentForm(incident=incident)
    shown = [(thread, answers.get(thread.first.pk) or answer_to(thread)) for thread in curation.threads(incident)]
    context = {
        "title": gettext("Comments: %(incident)s") % {"incident": incident},
        "incident": incident,
        "threads": shown,
        "form": form,
        "incident_url": incident_page(incident),
    }
    return render_page(request, "incidents/desk/comments.html", context, status)


def thread_of(incident: Incident, key: str) -> Thread | None:
    """The thread that is answered; a 404 for one that is not the incident's."""
    if not key:
        return None
    first = get_object_or_404(Comment, incident=incident, thread=None, pk=typed_number(key))
    return next(thread for thread in curation.threads(incident) if thread.first.pk == first.pk)


def answer_to(thread: Thread) -> AnswerForm:
    return AnswerForm(initial={"thread": thread.first.pk, "seen": thread.last.pk}, thread=thread)


def commented(request: HttpRequest, incident: Incident, form: Any) -> tuple[Any, dict[int, AnswerForm], str]:
    form = CommentForm(request.POST, incident=incident)
    if form.is_valid():
        given = form.cleaned_data
        try:
            curation.comment(incident, by=editor(request), text=given["text"], claim=given["claim"])
            return form, {}, gettext("The comment is there.")
        except CurationError as refusal:
            show_refusal(form, refusal)
    return form, {}, ""


def answered(request: HttpRequest, thread: Thread) -> tuple[Any, dict[int, AnswerForm], str]:
    form = AnswerForm(request.POST, thread=thread)
    if form.is_valid():
        given = form.cleaned_data
        try:
            if request.POST.get("act") == "resolve":
                curation.resolve(thread.first, by=editor(request), seen=given["seen"], text=given["text"])
                return None, {}, gettext("Resolved.")
            curation.comment(thread.first.incident, by=editor(request), text=given["text"], thread=thread.first)
            return None, {}, gettext("Answered.")
        except InvalidError as refusal:
            form.add_error("text", refusal.errors["text"])
        except CurationError as refusal:
            form.add_error(None, str(refusal))
        form.data = {**request.POST.dict(), "seen": str(thread.last.pk)}  # shown now, so that the next press counts
    return None, {thread.first.pk: form}, ""
